// Results as JSON, schema detente/1 (docs/reference/result.schema.json).  Unknown values are null.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "estimate/fit.hpp"
#include "io/record_source.hpp"

namespace detente {

using Json = nlohmann::ordered_json;

struct Provenance {
  std::string command;
  std::string command_line;
  std::optional<std::uint64_t> seed{};
  std::optional<std::size_t> replicates{};
  std::string model_path{};
};

// {"schema", "command", "provenance"}: where every result begins.
[[nodiscard]] Json start_result(const Provenance& provenance, const LoadedRecord& loaded);

// {"status", "log_likelihood", "level", "hazards", "coefficients"}
[[nodiscard]] Json to_json(const Fit& fit, double level);

[[nodiscard]] Json number_or_null(double value);

// The text of a result, one value a line where that helps reading.
[[nodiscard]] std::string to_text(const Json& result);

}  // namespace detente
