// --prior and --discount, and what a prior from a reference class did.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "estimate/fit.hpp"
#include "io/record_source.hpp"

namespace detente::cli {

struct PriorArguments {
  std::string prior;  // a number, or a file
  double discount = 0.2;
};

void add_prior(CLI::App& command, PriorArguments& arguments, const char* help);

// The standard deviation, where --prior is a number; else 0.
[[nodiscard]] double prior_scale(const PriorArguments& arguments);
// Read, where --prior is a file.
[[nodiscard]] std::optional<ReferencePrior> read_reference(const PriorArguments& arguments);
[[nodiscard]] std::vector<MatchedPrior> match(const std::optional<ReferencePrior>& prior, const ModelSpec& spec,
                                              Clock clock, double discount);

// The text of a prior file.  Throws Error when no hazard converged.
[[nodiscard]] std::string saved_prior(const Fit& fit, const ModelSpec& spec, const LoadedRecord& loaded,
                                      const std::string& command_line);

// For each hazard with such a prior: estimates without it, its means, estimates with it, its share.
void print_reference(const Fit& fit, std::ostream& out);

}  // namespace detente::cli
