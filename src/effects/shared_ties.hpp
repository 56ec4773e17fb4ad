// Shared ties: third actors with whom both have a tie in force.  x_ij(t) = number of h with a_ih = a_jh = 1, a = 1 where a tie
// of the kind is in force at t.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct SharedTies : OfTies {
  static constexpr std::array arguments{tie_kind_argument};
  static constexpr EffectDoc doc{.name = "shared_ties",
                                 .summary = "Third actors with whom both have a tie in force.",
                                 .words = "third actors with whom both have a tie ({x})",
                                 .formula = "x_ij(t) = sum_h a_ih a_jh, a = 1 where a tie of the kind is in force",
                                 .unit = "third actors",
                                 .scope = "dyad",
                                 .source = "Détente; active shared partners of remstats",
                                 .example = "shared_ties(alliance)",
                                 .arguments = arguments};

  using OfTies::OfTies;

  double operator()(const Memory& memory, const Link& d) const {
    double number = 0;
    for_each_partner(memory, d.sender, [&](ActorId third) {
      if (third != d.receiver && newest(memory, {third, d.receiver}) != always) number += 1;
    });
    return number;
  }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .spreads = true}; }
};

}  // namespace detente
