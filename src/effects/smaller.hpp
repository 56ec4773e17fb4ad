// The smaller of the two on an attribute.  x_ij(t) = min(z_i(t), z_j(t)), or its log.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Smaller : OfExtremeNumber {
  static constexpr std::array arguments{numeric_attribute_argument, log_number_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "smaller",
                                 .summary = "The smaller of the two on an attribute.",
                                 .words = "the smaller {x} of the two",
                                 .formula = "x_ij(t) = f(min(z_i(t), z_j(t))), f(z) = z, or log(z + log)",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "remstats minimum; Oneal & Russett (1997) on the weaker link",
                                 .example = "smaller(polity2, missing=0)",
                                 .arguments = arguments};

  using OfExtremeNumber::OfExtremeNumber;

  double operator()(const Memory& memory, const Link& d) const {
    return of_both(memory, d, [](double a, double b) { return std::min(a, b); });
  }
};

}  // namespace detente
