// The month of the year, the same for everybody: seasons, sessions of parliament.  x(t) = 1 in that month, read where the
// tick of t begins.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Month : OfTime {
  static constexpr std::array arguments{
      ArgumentDoc{"month", Argument::choice, "", "1 is January", "1|2|3|4|5|6|7|8|9|10|11|12", true}};
  static constexpr EffectDoc doc{.name = "month",
                                 .summary = "It is a certain month of the year.",
                                 .words = "the month of the year",
                                 .formula = "x(t) = 1[t falls into the month]",
                                 .unit = "0 or 1",
                                 .scope = "none",
                                 .source = "Kalbfleisch & Prentice (2002), section 6.3, on external covariates",
                                 .example = "month(12)",
                                 .arguments = arguments};

  explicit Month(const Arguments& given) : month(static_cast<unsigned>(given.choice_index("month")) + 1) {
    given.require_calendar();
    given.require_ticks_of(31, "a month");
  }

  double operator()(const Memory& memory, const Link&) const {
    return civil_from_days(day_of(memory)).month == month ? 1 : 0;
  }

  unsigned month;
};

}  // namespace detente
