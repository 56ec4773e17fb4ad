#include "cli/format.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente::cli {

Time read_date(const std::string& text, const char* option, const Record& record) {
  if (text == "last") return std::floor(time_span(record).last);
  if (const auto time = parse_time(text, record.clock)) return time->time;
  throw Error({.what = fmt::format("cannot read the date '{}'", printable(text)),
               .where = {.file = option},
               .expected = record.clock == Clock::calendar
                               ? "a date such as 2025-01-22, a month such as 2025-01, or last"
                               : "a number, or last"});
}

double read_duration(const std::string& text, const char* option, double unit_days) {
  if (const auto length = duration_on(text, unit_days)) return *length;
  const DurationAdvice advice = duration_advice(text, unit_days);
  throw Error({.what = fmt::format("cannot read the duration '{}'", printable(text)),
               .where = {.file = option},
               .expected = advice.expected,
               .hint = advice.hint});
}

double read_horizon(const std::string& text, const char* option, const Record& record, Time as_of) {
  const auto last = record.clock == Clock::calendar ? parse_time(text, record.clock) : std::nullopt;
  if (!last) return read_duration(text, option, unit_of(record));
  const double days = std::floor(last->time) - std::floor(as_of);
  if (days > 0) return days;
  throw Error({.what = "the horizon ends before it begins",
               .where = {.file = option},
               .got = text,
               .expected = fmt::format("a day after {}, the as-of date", format_time(as_of, record.clock))});
}

namespace {

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::size_t name_width(const std::vector<std::string>& names, const NameColumn& column) {
  std::size_t needed = 0;
  for (const std::string& name : names) needed = std::max(needed, code_points(name) + 1);  // and a blank
  if (column.columns > 0) needed = std::min(needed, column.columns - std::min(column.columns, column.beside));
  return std::max(column.usual, needed);
}

std::string fitted(const std::string& text, std::size_t width) {
  std::size_t columns = 0;
  std::size_t bytes = 0;
  while (bytes < text.size() && columns + 1 < width) {
    do ++bytes;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80);
    ++columns;
  }
  std::string out = text.substr(0, bytes);
  if (bytes < text.size()) {
    out += "…";
    ++columns;
  }
  return out + std::string(width - columns, ' ');
}

}  // namespace detente::cli
