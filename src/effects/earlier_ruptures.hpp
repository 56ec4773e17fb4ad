// Ties between the two that have ended in a rupture.  x_ij(t) = number of them by t.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct EarlierRuptures : OfTies {
  static constexpr std::array arguments{tie_kind_argument};
  static constexpr EffectDoc doc{.name = "earlier_ruptures",
                                 .summary = "How many ties between the two have ended in a rupture.",
                                 .words = "earlier ruptures between the two ({x})",
                                 .formula = "x_ij(t) = number of ties of the kind between i and j that ruptured by t",
                                 .unit = "ties",
                                 .scope = "dyad",
                                 .source = "Gibler (2008) on reputation",
                                 .example = "earlier_ruptures(alliance)",
                                 .arguments = arguments};

  using OfTies::OfTies;

  double operator()(const Memory& memory, const Link& d) const {
    double count = 0;
    for (const EndedTie& ended : memory.ties().ended()) {
      const Tie& tie = memory.ties().tie(ended.tie);
      const bool between = (tie.a == d.sender && tie.b == d.receiver) || (tie.a == d.receiver && tie.b == d.sender);
      count += between && ended.ruptured && is_of_kind(memory, ended.tie) ? 1 : 0;
    }
    return count;
  }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .sparse = true}; }
};

}  // namespace detente
