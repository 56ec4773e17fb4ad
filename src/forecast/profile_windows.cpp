#include "forecast/profile_windows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente {
namespace {

constexpr double most_windows = 60;

Time day_of(const Record& record, Time time) { return record.clock == Clock::calendar ? std::floor(time) : time; }

}  // namespace

std::vector<ProfileWindow> windows_of_events(const Record& known, const std::vector<EventId>& counted,
                                             std::size_t windows, Time as_of) {
  std::vector<ProfileWindow> cut;
  if (windows == 0 || counted.empty()) return cut;
  Time from = day_of(known, known.events[counted.front()].time);
  for (std::size_t k = 1; k < windows; ++k) {
    const Time to = day_of(known, known.events[counted[k * counted.size() / windows]].time);
    if (to <= from) continue;
    cut.push_back({from, to});
    from = to;
  }
  cut.push_back({from, as_of});
  return cut;
}

std::vector<ProfileWindow> windows_of_length(const Record& known, double length, Time as_of) {
  const Time first = day_of(known, time_span(known).first);
  const double end = known.clock == Clock::calendar ? as_of + 1 : as_of;  // all of the as-of date
  const double count = std::ceil((end - first) / length);
  if (count > most_windows)
    throw Error({.what = "too many windows",
                 .where = {.file = "--windows"},
                 .got = fmt::format("{:.0f}", count),
                 .expected = fmt::format("at most {:.0f}", most_windows),
                 .hint = "longer windows have more events behind each estimate"});
  std::vector<ProfileWindow> cut;
  Time from = first;
  for (double left = count - 1; left >= 1; --left) {
    const Time to = day_of(known, end - left * length);
    if (to <= from) continue;
    cut.push_back({from, to});
    from = to;
  }
  cut.push_back({from, as_of});
  return cut;
}

bool within(const ProfileWindow& window, bool last, Time time) {
  return window.from <= time && (last || time < window.to);
}

}  // namespace detente
