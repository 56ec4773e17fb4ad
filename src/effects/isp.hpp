// The same third actors act towards both.  x_ij(t) = sum_h f(w_hi(t), v_hj(t)), over third actors h with both legs above 0;
// f = min, sum, product or 1.  Butts (2008), eq. 4; isp of remstats, commonSender of goldfish.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct IncomingSharedPartners : OfTwoPaths {
  static constexpr std::array arguments = two_path_arguments;
  static constexpr EffectDoc doc{
      .name = "isp",
      .summary = "The same third actors act towards both.",
      .words = "third actors from whom both have recorded {x}",
      .formula =
          "x_ij(t) = sum_h f(w_hi(t), v_hj(t)) over third actors h with both above 0; w = trace, v = second; f = "
          "min, sum, product or 1, as `combine` says",
      .unit = two_path_unit,
      .scope = "dyad",
      .source = "Butts (2008), eq. 4; isp of remstats, commonSender of goldfish",
      .example = "isp(goodwill, grievance)",
      .arguments = arguments};

  explicit IncomingSharedPartners(const Arguments& given) : OfTwoPaths(given, Leg::backward, Leg::forward) {}
};

}  // namespace detente
