// --incidence and --folds: what a fit says of how ties end, beside its coefficients.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "io/endings_result.hpp"

namespace detente::cli {

struct EndingArguments {
  std::string incidence;  // a file; empty = none
  std::size_t folds = 0;  // 0 = no cross-validation
  std::size_t repeats = 5;
};

void add_ending_options(CLI::App& command, EndingArguments& arguments);

struct Endings {
  std::vector<HazardIncidence> incidence{};
  std::vector<HazardCrossValidation> validation{};
};

struct EndingSettings {
  double level;
  Time until;  // end of observation; `never`: the last moment recorded
  std::uint64_t seed;
  unsigned threads;
};

// What was asked for.
[[nodiscard]] Endings find_endings(const EndingArguments& arguments, const Record& record, const Model& model,
                                   const Fit& fit, const EndingSettings& settings);

void add_endings(Json& fit, const Endings& endings);
void print_endings(const Endings& endings, std::ostream& out);

}  // namespace detente::cli
