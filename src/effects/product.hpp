// What both have of an attribute, multiplied.  x_ij(t) = z_i(t) z_j(t).
// Of two attributes: send(a):receive(b).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Product : OfNumbers {
  static constexpr std::array arguments{numeric_attribute_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "product",
                                 .summary = "What both have of an attribute, multiplied.",
                                 .words = "the {x} of the two, multiplied",
                                 .formula = "x_ij(t) = z_i(t) z_j(t)",
                                 .unit = "the attribute's own, squared",
                                 .scope = "dyad",
                                 .source = "goldfish egoAlterInt of one attribute",
                                 .example = "product(power)",
                                 .arguments = arguments};

  using OfNumbers::OfNumbers;

  double operator()(const Memory& memory, const Link& d) const { return sender(memory, d) * receiver(memory, d); }
};

}  // namespace detente
