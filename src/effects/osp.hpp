// Both act towards the same third actors.  x_ij(t) = sum_h f(w_ih(t), v_jh(t)), over third actors h with both legs above 0;
// f = min, sum, product or 1.  Butts (2008), eq. 4; osp of remstats, commonReceiver of goldfish.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct OutgoingSharedPartners : OfTwoPaths {
  static constexpr std::array arguments = two_path_arguments;
  static constexpr EffectDoc doc{
      .name = "osp",
      .summary = "Both act towards the same third actors.",
      .words = "third actors towards whom both have recorded {x}",
      .formula =
          "x_ij(t) = sum_h f(w_ih(t), v_jh(t)) over third actors h with both above 0; w = trace, v = second; f = "
          "min, sum, product or 1, as `combine` says",
      .unit = two_path_unit,
      .scope = "dyad",
      .source = "Butts (2008), eq. 4; osp of remstats, commonReceiver of goldfish",
      .example = "osp(grievance, combine=product)",
      .arguments = arguments};

  explicit OutgoingSharedPartners(const Arguments& given) : OfTwoPaths(given, Leg::forward, Leg::backward) {}
};

}  // namespace detente
