// A linear trend, the same for everybody.  x(t) = (t - since) / unit, t on the clock of fading, so that exp(theta) is the
// factor by which rates grow in a unit of time.
#pragma once

#include <array>
#include <cmath>

#include "effects/parts.hpp"

namespace detente {

struct TimeTrend : OfTime {
  static constexpr std::array arguments{
      ArgumentDoc{"unit", Argument::duration, "", "1y on the calendar, else 1 of the record's own unit of time"},
      ArgumentDoc{"since", Argument::moment, "", "where it is 0; without it the day of the record's first event"}};
  static constexpr EffectDoc doc{.name = "time",
                                 .summary = "Time goes on: rates grow or decline.",
                                 .words = "the passing of time",
                                 .formula = "x(t) = (t - since) / unit",
                                 .unit = "the unit given",
                                 .scope = "none",
                                 .source = "Kalbfleisch & Prentice (2002), section 6.3, on external covariates",
                                 .example = "time(unit=1y)",
                                 .arguments = arguments};

  explicit TimeTrend(const Arguments& given) : unit(given.duration("unit")), since(given.moment_or_first_day("since")) {
    if (std::isnan(unit)) unit = given.calendar() ? days_in(TimeUnit::year) : 1;
  }

  double operator()(const Memory& memory, const Link&) const { return (memory.fade_time() - since) / unit; }

  double unit;
  Time since;
};

}  // namespace detente
