// Cells of the CSV files that commands write (RFC 4180).
#pragma once

#include <string>

namespace detente {

// The text, in quotes where it must be.
[[nodiscard]] std::string csv_cell(const std::string& text);

// Nine digits; an empty cell for what is no finite number.
[[nodiscard]] std::string csv_cell(double value);

}  // namespace detente
