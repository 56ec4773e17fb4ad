#include "cli/format.hpp"

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
