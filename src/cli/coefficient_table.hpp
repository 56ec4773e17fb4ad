#pragma once

#include <iosfwd>

#include "estimate/fit.hpp"

namespace detente::cli {

// The table of a fit to `record`, a block for each hazard, with its status and warnings.
void print_fit(const Fit& fit, const Record& record, double level, std::ostream& out);

}  // namespace detente::cli
