// Residuals of a fit as CSV: a line for each modelled event, or for each tie that was at risk.
#pragma once

#include <string>
#include <vector>

#include "estimate/fit.hpp"

namespace detente {

// Of a hazard with an explanation; only the header where it has none.
[[nodiscard]] std::string residuals_csv(const HazardFit& fit, const Record& record);

// The file of each hazard: `path` itself for one, "residuals.NAME.csv" for each of several.  Throws Error when several
// would go to standard output.
[[nodiscard]] std::vector<std::string> residuals_paths(const std::string& path,
                                                       const std::vector<std::string>& hazards);

}  // namespace detente
