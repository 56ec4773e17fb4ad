// Distance between the two on an attribute.  x_ij(t) = |z_i(t) - z_j(t)|.
#pragma once

#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct AbsDifference {
  static constexpr std::array arguments{ArgumentDoc{"attribute", Argument::attribute, "", "a numeric attribute"},
                                        missing_argument};
  static constexpr EffectDoc doc{.name = "abs_difference",
                                 .summary = "Distance between the two on an attribute.",
                                 .words = "the distance between the two in {x}",
                                 .formula = "x_ij(t) = |z_i(t) - z_j(t)|",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "Butts (2008), section 2.2; McPherson et al. (2001)",
                                 .example = "abs_difference(polity)",
                                 .arguments = arguments};

  explicit AbsDifference(const Arguments& given) : attribute(given.number("attribute")) {}

  double operator()(const Memory& memory, const Link& d) const {
    return std::abs(attribute.value(memory, d.sender) - attribute.value(memory, d.receiver));
  }
  Traits traits() const { return {.scope = Scope::dyad, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
};

}  // namespace detente
