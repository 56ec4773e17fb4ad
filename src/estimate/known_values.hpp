// A hazard can only be evaluated where the attributes it reads are known of everybody who is present, and the numbers of
// pairs of every pair at risk.
#pragma once

#include "hazard/model.hpp"
#include "log/record.hpp"

namespace detente {

// Throws Error naming the first term without a value, and of whom and when.
void require_known_values(const Record& record, const Model& model, Time until);

}  // namespace detente
