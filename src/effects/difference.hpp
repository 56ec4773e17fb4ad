// How much more of an attribute the sender has.  x_ij(t) = z_i(t) - z_j(t).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Difference : OfNumbers {
  static constexpr std::array arguments{numeric_attribute_argument, missing_argument};
  static constexpr EffectDoc doc{
      .name = "difference",
      .summary = "How much more of an attribute the sender has.",
      .words = "how much more {x} one has than the other",
      .formula = "x_ij(t) = z_i(t) - z_j(t)",
      .unit = "the attribute's own",
      .scope = "dyad",
      .source = "remstats difference(absolute = FALSE); goldfish diff(transformFun = identity)",
      .example = "difference(power)",
      .arguments = arguments};

  using OfNumbers::OfNumbers;

  double operator()(const Memory& memory, const Link& d) const { return sender(memory, d) - receiver(memory, d); }
};

}  // namespace detente
