// Diagnostics of fits as JSON: what diagnose() and compare() found, beside what to_json(Fit) says.
#pragma once

#include <span>

#include "estimate/compare.hpp"
#include "io/result.hpp"

namespace detente {

// Adds to `json`, the to_json() of `fit`: profiles and robust standard errors to the coefficients, residuals to the
// hazards, and with `steps` the steps of Newton.
void add_diagnostics(Json& json, const Fit& fit, const Record& record, bool steps);

// [{"hazard", "models": [...], "tests": [...]}]
[[nodiscard]] Json comparison_json(std::span<const HazardComparison> comparisons, std::span<const FittedModel> models);

}  // namespace detente
