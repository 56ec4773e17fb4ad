// Actors with more of an attribute draw more acts.  x_ij(t) = z_j(t).
#pragma once

#include <array>

#include "effects/arguments.hpp"

namespace detente {

struct Receive {
  static constexpr std::array arguments{level_argument, missing_argument, reference_argument};
  static constexpr EffectDoc doc{.name = "receive",
                                 .summary = "Actors with more of an attribute draw more acts.",
                                 .words = "{x} of the two",
                                 .formula = "x_ij(t) = z_j(t)",
                                 .unit = "the attribute's own",
                                 .scope = "receiver",
                                 .source = "Butts (2008), section 2.2",
                                 .example = "receive(kind=leader)",
                                 .arguments = arguments};

  explicit Receive(const Arguments& given) : attribute(given.number_or_level("attribute")) {}

  double operator()(const Memory& memory, const Link& d) const { return attribute.value(memory, d.receiver); }
  Traits traits() const { return {.scope = Scope::receiver, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
};

}  // namespace detente
