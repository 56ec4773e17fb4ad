#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "estimate/compare.hpp"

namespace detente::cli {

// The steps of Newton, a line each.
void print_steps(const Fit& fit, std::ostream& out);

// What each effect brings, how high the dyads that acted ranked, and what was least expected.
void print_explanation(const Fit& fit, const Record& record, const std::string& events_file, std::ostream& out);

// The models side by side, and the likelihood-ratio tests of those that are nested.
void print_comparison(std::span<const HazardComparison> comparisons, std::span<const FittedModel> models,
                      std::ostream& out);

}  // namespace detente::cli
