// The larger of the two on an attribute.  x_ij(t) = max(z_i(t), z_j(t)), or its log.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct Larger {
  static constexpr std::array arguments{ArgumentDoc{"attribute", Argument::attribute, "", "a numeric attribute"},
                                        ArgumentDoc{"log", Argument::number, "", "log(z + this number), not z"},
                                        missing_argument};
  static constexpr EffectDoc doc{.name = "larger",
                                 .summary = "The larger of the two on an attribute.",
                                 .words = "the larger {x} of the two",
                                 .formula = "x_ij(t) = f(max(z_i(t), z_j(t))), f(z) = z, or log(z + log)",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "Morrow (1991) on major powers in alliances",
                                 .example = "larger(power, missing=0)",
                                 .arguments = arguments};

  explicit Larger(const Arguments& given) : attribute(given.number("attribute")), log(given.plain_number("log")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const double mine = attribute.value(memory, d.sender);
    const double theirs = attribute.value(memory, d.receiver);
    const double larger = std::isnan(mine) || std::isnan(theirs) ? mine + theirs : std::max(mine, theirs);
    return std::isnan(log) ? larger : std::log(larger + log);
  }
  Traits traits() const { return {.scope = Scope::dyad, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
  double log;
};

}  // namespace detente
