// What may stand in the place of an argument, by its kind: names that the model and the record know, and numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "effects/arguments.hpp"

namespace detente {

inline constexpr std::string_view cooperative = "cooperative";  // any kind of tie that is cooperation

// Has it no default, so that a call must give it?
[[nodiscard]] bool must_be_given(const ArgumentDoc& doc);
[[nodiscard]] FormulaProblem not_given(const ArgumentDoc& argument, const EffectDoc& effect, std::size_t position);

[[nodiscard]] bool is_known(const ArgumentDoc& doc, const std::string& value, const BindContext& context);
// What is wrong with a value that is not.
[[nodiscard]] FormulaProblem bad_value(const ArgumentDoc& doc, const CallArgument& argument,
                                       const BindContext& context);

[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] bool contains(const std::vector<std::string>& list, std::string_view word);
[[nodiscard]] std::vector<std::string> trace_names(const BindContext& context);
[[nodiscard]] std::vector<std::string> tie_attributes(const Record& record);
[[nodiscard]] std::vector<std::string> pair_attributes(const Record& record);
[[nodiscard]] std::vector<std::string> series_names(const Record& record);
// A month is no moment.
[[nodiscard]] std::optional<Time> moment_in(const std::string& text, Clock clock);
[[nodiscard]] std::optional<double> number_in(const std::string& text);

}  // namespace detente
