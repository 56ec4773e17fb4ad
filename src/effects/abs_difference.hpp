// Distance between the two on an attribute.  x_ij(t) = |z_i(t) - z_j(t)|.
// goldfish's sim is -|z_i - z_j|: abs_difference(z) / -1.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct AbsDifference : OfNumbers {
  static constexpr std::array arguments{numeric_attribute_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "abs_difference",
                                 .summary = "Distance between the two on an attribute.",
                                 .words = "the distance between the two in {x}",
                                 .formula = "x_ij(t) = |z_i(t) - z_j(t)|",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "Butts (2008), section 2.2; McPherson et al. (2001)",
                                 .example = "abs_difference(polity)",
                                 .arguments = arguments};

  using OfNumbers::OfNumbers;

  double operator()(const Memory& memory, const Link& d) const {
    return std::abs(sender(memory, d) - receiver(memory, d));
  }
};

}  // namespace detente
