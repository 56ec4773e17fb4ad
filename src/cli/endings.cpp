#include "cli/endings.hpp"

#include "cli/common.hpp"

#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

namespace detente::cli {

void add_ending_options(CLI::App& command, EndingArguments& arguments) {
  command.add_option("--incidence", arguments.incidence,
                     "Write the cumulative incidence of each way ties end, by their age, to this CSV file (- for "
                     "standard output), and to --json");
  auto* folds = command
                    .add_option("--folds", arguments.folds,
                                "Cross-validate the concordance of hazards that end ties: so many folds of ties")
                    ->check(finite_range(2, 1000));
  command.add_option("--repeats", arguments.repeats, "With --folds: how often ties are dealt to folds anew")
      ->check(finite_range(1, 1000))
      ->capture_default_str()
      ->needs(folds);
}

Endings find_endings(const EndingArguments& arguments, const Record& record, const Model& model, const Fit& fit,
                     const EndingSettings& settings) {
  Endings found;
  if (!arguments.incidence.empty())
    found.incidence = incidence_of_ties(record, model, fit, settings.until, settings.level);
  if (arguments.folds > 0)
    found.validation = cross_validate(record, model, fit, settings.until,
                                      {arguments.folds, arguments.repeats, settings.seed, settings.threads});
  return found;
}

void add_endings(Json& fit, const Endings& endings) {
  add_incidence(fit, endings.incidence);
  add_cross_validation(fit, endings.validation);
}

void print_endings(const Endings& endings, std::ostream& out) {
  for (const auto& [hazard, result] : endings.validation) {
    const std::size_t repeats = result.concordance.size();
    const std::string spread =
        repeats == 1 ? "" : fmt::format(" (standard deviation {:.4f} over {} dealings)", result.deviation, repeats);
    fmt::print(out, "\n{}: {}-fold concordance {:.4f}{}{}\n", hazard, result.folds, result.mean, spread,
               result.not_converged == 0 ? "" : fmt::format("; {} fits did not converge", result.not_converged));
  }
}

}  // namespace detente::cli
