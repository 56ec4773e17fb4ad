// Coefficients by actor or pair as JSON, beside what to_json(Fit) says of the others.
#pragma once

#include "io/result.hpp"

namespace detente {

// Adds "random_effects", and the log-likelihood without them, to the hazards of `json`, the to_json() of `fit` to `record`.
void add_random_effects(Json& json, const Fit& fit, const Record& record);

}  // namespace detente
