// Closure of a cycle: what comes back through third actors is answered.  x_ij(t) = sum_h f(w_jh(t), v_hi(t)), over third
// actors h with both legs above 0; f = min, sum, product or 1.  Butts (2008), eq. 4; itp of remstats, cycle of goldfish.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct IncomingTwoPath : OfTwoPaths {
  static constexpr std::array arguments = two_path_arguments;
  static constexpr EffectDoc doc{
      .name = "itp",
      .summary = "Closure of a cycle: what comes back through third actors is answered.",
      .words = "paths of recorded {x} back through third actors",
      .formula =
          "x_ij(t) = sum_h f(w_jh(t), v_hi(t)) over third actors h with both above 0; w = trace, v = second; f = "
          "min, sum, product or 1, as `combine` says",
      .unit = two_path_unit,
      .scope = "dyad",
      .source = "Butts (2008), eq. 4; itp of remstats, cycle of goldfish",
      .example = "itp(goodwill)",
      .arguments = arguments};

  explicit IncomingTwoPath(const Arguments& given)
      : OfTwoPaths(given, {given.trace_or("second", "trace"), Leg::backward, given.trace("trace"), Leg::backward,
                           combine_of(given)}) {}
};

}  // namespace detente
