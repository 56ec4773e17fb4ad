// Actors of one kind act towards each other more.  x_ij(t) = 1 if z_i(t) = z_j(t), else 0.
#pragma once

#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct Same {
  static constexpr std::array arguments{
      ArgumentDoc{"attribute", Argument::attribute, "", "any attribute, or kind=leader for one level of a factor"}};
  static constexpr EffectDoc doc{
      .name = "same",
      .summary = "Actors of one kind act towards each other more.",
      .words = "the same {x}",
      .formula = "x_ij(t) = 1 if z_i(t) = z_j(t), else 0; same(kind=leader): 1 if both are leaders",
      .unit = "0 or 1",
      .scope = "dyad",
      .source = "Butts (2008), section 2.2; McPherson et al. (2001)",
      .example = "same(kind)",
      .arguments = arguments};

  explicit Same(const Arguments& given) : attribute(given.attribute("attribute")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const double mine = memory.attributes().value(attribute.id, d.sender);
    const double theirs = memory.attributes().value(attribute.id, d.receiver);
    if (std::isnan(mine + theirs)) return mine + theirs;
    return mine == theirs && (attribute.level < 0 || mine == attribute.level) ? 1 : 0;
  }
  Traits traits() const { return {.scope = Scope::dyad, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
};

}  // namespace detente
