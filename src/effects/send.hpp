// Actors with more of an attribute act more.  x_ij(t) = z_i(t).
#pragma once

#include <array>

#include "effects/arguments.hpp"

namespace detente {

struct Send {
  static constexpr std::array arguments{level_argument, missing_argument, reference_argument};
  static constexpr EffectDoc doc{.name = "send",
                                 .summary = "Actors with more of an attribute act more.",
                                 .words = "{x} of the two",
                                 .formula = "x_ij(t) = z_i(t)",
                                 .unit = "the attribute's own",
                                 .scope = "sender",
                                 .source = "Butts (2008), section 2.2",
                                 .example = "send(kind=leader)",
                                 .arguments = arguments};

  explicit Send(const Arguments& given) : attribute(given.number_or_level("attribute")) {}

  double operator()(const Memory& memory, const Link& d) const { return attribute.value(memory, d.sender); }
  Traits traits() const { return {.scope = Scope::sender, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
};

}  // namespace detente
