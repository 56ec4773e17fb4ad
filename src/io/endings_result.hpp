// What a fit says of how ties end, beside its coefficients: cumulative incidence and cross-validated concordance, as JSON
// and CSV.
#pragma once

#include <span>
#include <string>

#include "estimate/cross_validation.hpp"
#include "estimate/cumulative_incidence.hpp"
#include "io/result.hpp"

namespace detente {

// Into the hazards of a fit's JSON.
void add_incidence(Json& fit, std::span<const HazardIncidence> incidence);
void add_cross_validation(Json& fit, std::span<const HazardCrossValidation> validation);

// A row for each hazard and age at which ties end so: hazard, age, at_risk, estimate, standard_error, low, high, model.
[[nodiscard]] std::string incidence_csv(std::span<const HazardIncidence> incidence);

}  // namespace detente
