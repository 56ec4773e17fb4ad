// The mean of the two on an attribute.  x_ij(t) = (z_i(t) + z_j(t)) / 2.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Mean : OfNumbers {
  static constexpr std::array arguments{numeric_attribute_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "mean",
                                 .summary = "The mean of the two on an attribute.",
                                 .words = "the mean {x} of the two",
                                 .formula = "x_ij(t) = (z_i(t) + z_j(t)) / 2",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "remstats average",
                                 .example = "mean(power)",
                                 .arguments = arguments};

  using OfNumbers::OfNumbers;

  double operator()(const Memory& memory, const Link& d) const {
    return 0.5 * (sender(memory, d) + receiver(memory, d));
  }
};

}  // namespace detente
