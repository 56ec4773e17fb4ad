// A length of time as people write it: "90d", "5min", "2y", or a bare number in the unit of the record's own clock.
//
//   s  min  h  d  w        seconds, minutes, hours, days, weeks
//   mo                     months of 30.4375 days
//   y                      years of 365.25 days
//
// "5m" is refused: some read minutes in it, others months.  A calendar counts days.  A clock of plain numbers has a unit of
// its own, which only the user knows: until it is named ([clock] unit = "s"), "90d" has no length on such a clock.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace detente {

enum class TimeUnit : std::uint8_t { own, second, minute, hour, day, week, month, year };

[[nodiscard]] std::optional<TimeUnit> time_unit_named(std::string_view suffix);  // "s", "min", ...
[[nodiscard]] std::string_view to_string(TimeUnit unit);                         // the same; "" = own
[[nodiscard]] double days_in(TimeUnit unit);                                     // NaN = own

inline constexpr double mean_month = 30.4375;  // days
inline constexpr double unknown_unit = std::numeric_limits<double>::quiet_NaN();

struct Duration {
  double amount = 0;
  TimeUnit unit = TimeUnit::own;

  Duration() = default;
  Duration(double of_the_clock) : amount(of_the_clock) {}  // NOLINT(google-explicit-constructor): a bare number
  Duration(double how_many, TimeUnit of) : amount(how_many), unit(of) {}

  // In units of a clock whose unit lasts `unit_days` days: 1 on a calendar, unknown_unit where nobody has said.  Empty
  // when it has no finite positive length there.
  [[nodiscard]] std::optional<double> on(double unit_days) const;
  friend bool operator==(const Duration&, const Duration&) = default;
};

[[nodiscard]] std::string to_string(const Duration& duration);  // "90d", "0.5"

// Empty when the text is no positive finite duration.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

// Both in one: the length of `text` on a clock.
[[nodiscard]] std::optional<double> duration_on(std::string_view text, double unit_days);

// What to write instead of a text that has no length on a clock, and how: for the message that refuses it.
struct DurationAdvice {
  std::string expected;
  std::string hint;
};
[[nodiscard]] DurationAdvice duration_advice(std::string_view text, double unit_days);

// A length on a clock as a person would write it: "5min", "0.5" where the unit is not known.
[[nodiscard]] std::string describe_length(double length, double unit_days);

}  // namespace detente
