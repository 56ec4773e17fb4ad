// Dates, durations, shares and names as the command line reads and prints them.
#pragma once

#include <string>

#include "log/record.hpp"

namespace detente::cli {

// A date or number on the record's clock, or "last"; `option` is named in the Error that anything else throws.
[[nodiscard]] Time read_date(const std::string& text, const char* option, const Record& record);
// In units of a record's clock (unit_of()).
[[nodiscard]] double read_duration(const std::string& text, const char* option, double unit_days);

// Names as a terminal shows them: one column for each code point, cut with an ellipsis, filled up to `width`.
[[nodiscard]] std::string fitted(const std::string& text, std::size_t width);

}  // namespace detente::cli
