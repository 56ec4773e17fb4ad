// Time as one number.  A calendar record counts days since 1970-01-01 (proleptic Gregorian, fractions allowed); a record
// of plain numbers keeps them as they are.  Text that names a day stands at the start of that day's number; text that
// names a month stands at the last day of that month, with its precision kept.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace detente {

using Time = double;

inline constexpr Time always = -std::numeric_limits<double>::infinity();
inline constexpr Time never = std::numeric_limits<double>::infinity();

// Sums and differences of times round: two that are this close to each other are one.  `size`: the largest time that went
// into them.
[[nodiscard]] inline double time_tolerance(double size) {
  return 16 * std::numeric_limits<double>::epsilon() * std::abs(size);
}
// Values that rounding alone tells apart, each kept once, in rising order; and the one that stands for a time among them.
[[nodiscard]] std::vector<double> distinct_times(std::vector<double> times, double tolerance);
[[nodiscard]] double stands_for(double time, const std::vector<double>& distinct);

enum class Clock : std::uint8_t { calendar, number };
enum class Precision : std::uint8_t { instant, day, month, number };

struct ParsedTime {
  Time time;
  Precision precision;
};

// Reads "2025-01-22", "2025-01", "2025-01-22T10:30:00Z" (also with a space, seconds and their fraction optional; a
// zone offset +hh:mm is applied) on the calendar clock, or a finite number on the number clock.  Empty when it is none.
[[nodiscard]] std::optional<ParsedTime> parse_time(std::string_view text, Clock clock);

// The clock that reads `text`: calendar when it looks like a date, number when it is a number, empty otherwise.
[[nodiscard]] std::optional<Clock> guess_clock(std::string_view text);

// Days since 1970-01-01 of a civil date, and back.
[[nodiscard]] std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day);
struct CivilDate {
  std::int64_t year;
  unsigned month;
  unsigned day;
};
[[nodiscard]] CivilDate civil_from_days(std::int64_t days);

// "2025-01-22" on the calendar clock (the day that holds `time`), the shortest exact number on the other.
[[nodiscard]] std::string format_time(Time time, Clock clock);

}  // namespace detente
