// Time as one number.  A calendar record counts days since 1970-01-01 (proleptic Gregorian, fractions allowed); a record
// of plain numbers keeps them as they are.  Text that names a day stands at the start of that day's number; text that
// names a month stands at the last day of that month, with its precision kept.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace detente {

using Time = double;

inline constexpr Time always = -std::numeric_limits<double>::infinity();
inline constexpr Time never = std::numeric_limits<double>::infinity();

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

// Reads "180d", "36h", "2w", "6m" (30.4375 days each), "1y" (365.25 days) as days; a bare number is in the clock's own
// unit.  Empty when it is not a positive finite duration.
[[nodiscard]] std::optional<double> parse_duration(std::string_view text);

}  // namespace detente
