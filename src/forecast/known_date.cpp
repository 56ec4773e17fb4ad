#include "forecast/known_date.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente {

void require_known(const Record& record, Time date) {
  const Span span = time_span(record);
  if (date >= (record.clock == Clock::calendar ? std::floor(span.first) : span.first)) return;
  throw Error({.what = "nothing is known yet at the as-of date",
               .where = {.file = "--as-of"},
               .got = format_time(date, record.clock),
               .expected = fmt::format("{} or later: where the record begins", format_time(span.first, record.clock))});
}

}  // namespace detente
