// What `detente check` found, for other programs: all findings as CSV, or everything as JSON.
#pragma once

#include <cstddef>
#include <string>

#include "io/record_source.hpp"

namespace detente {

// Rows that could not be used.  (Self-loops are set aside too, but only warned of.)
[[nodiscard]] std::size_t unusable_rows(const Findings& findings);

// A header and one line for each finding: level, code, file, line, column, message, got, expected, hint.
[[nodiscard]] std::string findings_csv(const Findings& findings);

// {"kind": "check", "version": 1, "record", "clock", "first", "last", "counts", "tables", "findings", "fingerprints"}
[[nodiscard]] std::string check_json(const LoadedRecord& loaded);

}  // namespace detente
