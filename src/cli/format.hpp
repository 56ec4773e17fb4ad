// Dates, durations, shares and names as the command line reads and prints them.
#pragma once

#include <string>
#include <vector>

#include "log/record.hpp"

namespace detente::cli {

// A date or number on the record's clock, or "last"; `option` is named in the Error that anything else throws.
[[nodiscard]] Time read_date(const std::string& text, const char* option, const Record& record);
// In units of a record's clock (unit_of()).
[[nodiscard]] double read_duration(const std::string& text, const char* option, double unit_days);

// A duration ahead of an as-of date, or on the calendar the last day of one.
[[nodiscard]] double read_horizon(const std::string& text, const char* option, const Record& record, Time as_of);

// Names as a terminal shows them: one column for each code point, cut with an ellipsis, filled up to `width`.
[[nodiscard]] std::string fitted(const std::string& text, std::size_t width);

// How wide a column of names is: as wide as its longest name needs, so that none is cut; on a terminal of `columns` (0 = none)
// no wider than what the `beside` columns of the other cells leave, but at least as wide as `usual`.
struct NameColumn {
  std::size_t usual;
  std::size_t beside;
  std::size_t columns;
};
[[nodiscard]] std::size_t name_width(const std::vector<std::string>& names, const NameColumn& column);

}  // namespace detente::cli
