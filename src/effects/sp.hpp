// Third actors whom both have met, in either direction.  x_ij(t) = sum_h f(w_ih(t) + w_hi(t), v_hj(t) + v_jh(t)), over third
// actors h with both legs above 0; f = min, sum, product or 1.  remstats sp, for events without direction.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct SharedPartners : OfTwoPaths {
  static constexpr std::array arguments = two_path_arguments;
  static constexpr EffectDoc doc{.name = "sp",
                                 .summary = "Third actors whom both have met, in either direction.",
                                 .words = "third actors with whom both have recorded {x}",
                                 .formula =
                                     "x_ij(t) = sum_h f(w_ih(t) + w_hi(t), v_hj(t) + v_jh(t)) over third actors h with "
                                     "both above 0, without directions f(w_ih(t), v_hj(t)); w = trace, v = second; f = "
                                     "min, sum, product or 1, as `combine` says",
                                 .unit = two_path_unit,
                                 .scope = "dyad",
                                 .source = "remstats sp, for events without direction",
                                 .example = "sp(combine=sum)",
                                 .arguments = arguments};

  // Without directions a trace holds each event both ways.
  explicit SharedPartners(const Arguments& given)
      : OfTwoPaths(given, given.directed() ? Leg::both : Leg::forward, given.directed() ? Leg::both : Leg::forward) {}
};

}  // namespace detente
