// The larger of the two on an attribute.  x_ij(t) = max(z_i(t), z_j(t)), or its log.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Larger : OfExtremeNumber {
  static constexpr std::array arguments{numeric_attribute_argument, log_number_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "larger",
                                 .summary = "The larger of the two on an attribute.",
                                 .words = "the larger {x} of the two",
                                 .formula = "x_ij(t) = f(max(z_i(t), z_j(t))), f(z) = z, or log(z + log)",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "Morrow (1991) on major powers in alliances",
                                 .example = "larger(power, missing=0)",
                                 .arguments = arguments};

  using OfExtremeNumber::OfExtremeNumber;

  double operator()(const Memory& memory, const Link& d) const {
    return of_both(memory, d, [](double a, double b) { return std::max(a, b); });
  }
};

}  // namespace detente
