#pragma once

#include <iosfwd>

#include "estimate/fit.hpp"

namespace detente::cli {

// Of each by_actor(...) and by_pair(...) of a hazard: how far actors spread, and those who differ most.
void print_random_effects(const HazardFit& fit, const Record& record, double level, std::ostream& out);

}  // namespace detente::cli
