// A file of dyads at risk (CSV): columns sender, receiver and optionally from and until.
#pragma once

#include <string>

#include "hazard/model.hpp"

namespace detente {

// Reads the file that the hazard's risk set names, if it names one; `folder` is where a relative path begins.  Throws
// Error with file and line: no such file, a column that is missing or has no meaning, a row that is none, no rows.
void read_dyads_at_risk(HazardText& hazard, const std::string& folder);

}  // namespace detente
