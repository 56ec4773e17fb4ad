// Whether an actor has at least so much of an attribute.  x = 1[z_a(t) >= level], a = the actor that of= names.
#pragma once

#include <array>

#include "effects/arguments.hpp"

namespace detente {

struct AtLeast {
  static constexpr std::array arguments{ArgumentDoc{"attribute", Argument::attribute, "", "a numeric attribute"},
                                        ArgumentDoc{"level", Argument::number, "0", "the least that counts"},
                                        of_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "at_least",
                                 .summary = "Whether an actor has at least so much of an attribute.",
                                 .words = "enough {x}",
                                 .formula = "x = 1 if z_a(t) >= level, else 0; a = the actor that of= names",
                                 .unit = "0 or 1",
                                 .scope = "sender or receiver, as `of` says",
                                 .source = "Leeds (2003) on democracies, polity of 6 or more",
                                 .example = "at_least(polity2, level=6, missing=0)",
                                 .arguments = arguments};

  explicit AtLeast(const Arguments& given)
      : attribute(given.number("attribute")),
        level(given.plain_number("level")),
        of_sender(given.choice_is("of", "sender")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const double value = attribute.value(memory, of_sender ? d.sender : d.receiver);
    return std::isnan(value) ? value : (value >= level ? 1 : 0);
  }
  Traits traits() const { return {.scope = of_sender ? Scope::sender : Scope::receiver, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
  double level;
  bool of_sender;
};

}  // namespace detente
