// Closure along outgoing two-paths: a friend of a friend.  x_ij(t) = sum_h f(w_ih(t), v_hj(t)), over third actors h with both
// legs above 0; f = min, sum, product or 1.  Butts (2008), eq. 4; otp of remstats, trans of goldfish.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct OutgoingTwoPath : OfTwoPaths {
  static constexpr std::array arguments = two_path_arguments;
  static constexpr EffectDoc doc{
      .name = "otp",
      .summary = "Closure along outgoing two-paths: a friend of a friend.",
      .words = "paths of recorded {x} through third actors",
      .formula =
          "x_ij(t) = sum_h f(w_ih(t), v_hj(t)) over third actors h with both above 0; w = trace, v = second; f = "
          "min, sum, product or 1, as `combine` says",
      .unit = two_path_unit,
      .scope = "dyad",
      .source = "Butts (2008), eq. 4; otp of remstats, trans of goldfish",
      .example = "otp(unique)",
      .arguments = arguments};

  explicit OutgoingTwoPath(const Arguments& given) : OfTwoPaths(given, Leg::forward, Leg::forward) {}
};

}  // namespace detente
