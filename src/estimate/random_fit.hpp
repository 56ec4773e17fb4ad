// Adds coefficients by actor or pair to the fit of a hazard that was fitted without them.
#pragma once

#include "estimate/fit.hpp"

namespace detente {

// `fit`: of the hazard's other terms, where it begins; left as it is, with a warning, where that did not converge.  Throws
// Error where too much is at risk.
void add_random_effects(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options,
                        HazardFit& fit);

}  // namespace detente
