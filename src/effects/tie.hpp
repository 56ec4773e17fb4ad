// Tie state: whether a tie of a kind is in force between the two, in either direction.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct TieState : OfTies {
  static constexpr std::array arguments{tie_kind_argument};
  static constexpr EffectDoc doc{.name = "tie",
                                 .summary = "Whether a tie is in force between the two.",
                                 .words = "a tie in force between the two ({x})",
                                 .formula = "x_ij(t) = 1 if a tie of the kind is in force between i and j at t, else 0",
                                 .unit = "0 or 1",
                                 .scope = "dyad",
                                 .source = "Détente",
                                 .example = "tie(alliance)",
                                 .arguments = arguments};

  using OfTies::OfTies;

  double operator()(const Memory& memory, const Link& d) const { return newest(memory, d) == always ? 0 : 1; }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .sparse = true}; }
};

}  // namespace detente
