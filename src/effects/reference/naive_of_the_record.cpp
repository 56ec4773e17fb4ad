#include "effects/reference/naive_given.hpp"

#include <array>

namespace detente::reference {
namespace {

std::int64_t day_of(const History& h) { return static_cast<std::int64_t>(std::floor(tick_of(h, h.now))); }

// Zeller's congruence.
std::string weekday_of(CivilDate date) {
  const std::int64_t year = date.month < 3 ? date.year - 1 : date.year;
  const std::int64_t month = date.month < 3 ? date.month + 12 : date.month;
  const std::int64_t terms = date.day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400;
  constexpr std::array<const char*, 7> from_saturday{"sat", "sun", "mon", "tue", "wed", "thu", "fri"};
  return from_saturday[static_cast<std::size_t>(terms % 7)];
}

}  // namespace

NaiveEffects naive_of_the_record() {
  return {
      {"of_pair",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::string name = g.text(0, "attribute", "");
         const double there = pair_value(h, name, i, j);
         const double back = pair_value(h, name, j, i);
         if (!g.flag("both") || std::isnan(back)) return g.known(there);
         return std::isnan(there) ? back : (there + back) / 2;
       }},
      {"series", [](const Given& g, const History& h, ActorId,
                    ActorId) { return g.known(series_value(h, g.text(0, "series", ""))); }},
      {"weekday",
       [](const Given& g, const History& h, ActorId, ActorId) {
         const std::string today = weekday_of(civil_from_days(day_of(h)));
         const std::string day = g.text(0, "day", "");
         return day == today || (day == "weekend" && (today == "sat" || today == "sun")) ? 1.0 : 0.0;
       }},
      {"month",
       [](const Given& g, const History& h, ActorId, ActorId) {
         return civil_from_days(day_of(h)).month == std::stoul(g.text(0, "month", "")) ? 1.0 : 0.0;
       }},
      {"time",
       [](const Given& g, const History& h, ActorId, ActorId) {
         const bool calendar = h.record->clock == Clock::calendar;
         const std::vector<Event>& events = h.record->events;
         const std::string since = g.text(1, "since", "");
         const double first = events.empty() ? 0 : calendar ? std::floor(events.front().time) : events.front().time;
         const double from = since.empty() ? first : parse_time(since, h.record->clock)->time;
         return (tick_of(h, h.now) - from) / *duration_on(g.text(0, "unit", calendar ? "1y" : "1"), 1);
       }},
  };
}

}  // namespace detente::reference
