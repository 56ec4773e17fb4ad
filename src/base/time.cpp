#include "base/time.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace detente {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads exactly `width` digits from the front of `text`.
std::optional<unsigned> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  unsigned value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : lengths[month - 1];
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// What follows the day: [T ]hh:mm[:ss[.fff]][Z|+hh:mm|-hh:mm], in seconds.
std::optional<double> parse_clock_time(std::string_view text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  double second = 0;
  if (take(text, ':')) {
    std::size_t length = 0;
    while (length < text.size() && (is_digit(text[length]) || text[length] == '.')) ++length;
    const auto value = parse_number(text.substr(0, length));
    if (length < 2 || !value || *value >= 61) return std::nullopt;
    second = *value;
    text.remove_prefix(length);
  }
  double offset = 0;
  if (!text.empty() && !take(text, 'Z')) {
    const double sign = text.front() == '-' ? -1 : 1;
    if (text.front() != '+' && text.front() != '-') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 14) return std::nullopt;
    take(text, ':');
    const auto minutes = text.empty() ? std::optional<unsigned>(0) : take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    offset = sign * (*hours * 60.0 + *minutes);
  }
  if (!text.empty()) return std::nullopt;
  return *hour * 3600.0 + (*minute - offset) * 60.0 + second;
}

// One moment is one number, whichever day and zone it was written in: whole seconds are divided once.
Time instant(Time day, double seconds) { return (day * 86400.0 + seconds) / 86400.0; }

std::optional<ParsedTime> parse_calendar(std::string_view text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (text.empty()) {
    const auto last = days_from_civil(*year, *month, days_in_month(*year, *month));
    return ParsedTime{static_cast<Time>(last), Precision::month};
  }
  if (!take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  const auto date = static_cast<Time>(days_from_civil(*year, *month, *day));
  if (text.empty()) return ParsedTime{date, Precision::day};
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto seconds = parse_clock_time(text);
  if (!seconds) return std::nullopt;
  return ParsedTime{instant(date, *seconds), Precision::instant};
}

}  // namespace

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

CivilDate civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::vector<double> distinct_times(std::vector<double> times, double tolerance) {
  std::sort(times.begin(), times.end());
  std::vector<double> kept;
  for (const double time : times)
    if (kept.empty() || time - kept.back() > tolerance) kept.push_back(time);
  return kept;
}

double stands_for(double time, const std::vector<double>& distinct) {
  const auto above = std::upper_bound(distinct.begin(), distinct.end(), time);
  return above == distinct.begin() ? time : *std::prev(above);
}

std::optional<ParsedTime> parse_time(std::string_view text, Clock clock) {
  if (clock == Clock::calendar) return parse_calendar(text);
  if (const auto value = parse_number(text)) return ParsedTime{*value, Precision::number};
  return std::nullopt;
}

std::optional<Clock> guess_clock(std::string_view text) {
  if (parse_calendar(text)) return Clock::calendar;
  if (parse_number(text)) return Clock::number;
  return std::nullopt;
}

std::string format_time(Time time, Clock clock) {
  if (time == always) return "always";
  if (time == never) return "never";
  if (clock == Clock::number) return fmt::format("{}", time);
  const CivilDate date = civil_from_days(static_cast<std::int64_t>(std::floor(time)));
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace detente
