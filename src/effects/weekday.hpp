// The day of the week, the same for everybody: news has its weekends.  x(t) = 1 on that day, read where the tick of t begins.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Weekday : OfTime {
  static constexpr std::array arguments{ArgumentDoc{"day", Argument::choice, "", "a day, or Saturday and Sunday",
                                                    "mon|tue|wed|thu|fri|sat|sun|weekend", true}};
  static constexpr EffectDoc doc{.name = "weekday",
                                 .summary = "It is a certain day of the week, or the weekend.",
                                 .words = "the day of the week",
                                 .formula = "x(t) = 1[t falls on the day]",
                                 .unit = "0 or 1",
                                 .scope = "none",
                                 .source = "Amati, Lomi & Mascia (2019), who control for the days of the week",
                                 .example = "weekday(weekend)",
                                 .arguments = arguments};

  explicit Weekday(const Arguments& given) : day(given.choice_index("day")) {
    given.require_calendar();
    given.require_ticks_of(1, "a day");
  }

  double operator()(const Memory& memory, const Link&) const {
    const std::int64_t since_monday = day_of(memory) + 3;  // 1970-01-01 was a Thursday
    const auto today = static_cast<std::size_t>((since_monday % 7 + 7) % 7);
    return today == day || (day == weekend && today >= 5) ? 1 : 0;
  }

  static constexpr std::size_t weekend = 7;
  std::size_t day;  // Monday = 0
};

}  // namespace detente
