// A number of the times, from series.csv: an interest rate, an election.  x(t) = z(t), the latest number known by t, the same
// for everybody.  It says when more happens, never between whom: it cancels out of the order of events and of choices.
#pragma once

#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct SeriesNow {
  static constexpr std::array arguments{ArgumentDoc{"series", Argument::series, "", "a series of series.csv"},
                                        missing_argument};
  static constexpr EffectDoc doc{.name = "series",
                                 .summary = "A number of the times, the same for everybody.",
                                 .words = "'{x}' at the time",
                                 .formula = "x(t) = z(t)",
                                 .unit = "the series' own",
                                 .scope = "none",
                                 .source = "Kalbfleisch & Prentice (2002), section 6.3, on external covariates",
                                 .example = "series(rate)",
                                 .arguments = arguments};

  explicit SeriesNow(const Arguments& given) : series(given.series("series")), missing(given.plain_number("missing")) {}

  double operator()(const Memory& memory, const Link&) const {
    const double now = memory.series().value(series);
    return std::isnan(now) ? missing : now;
  }
  Traits traits() const { return {.scope = Scope::sender, .gaps = std::isnan(missing)}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  SeriesId series;
  double missing;
};

}  // namespace detente
