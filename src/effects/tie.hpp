// Tie state: whether a tie of a kind is in force between the two, in either direction.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct TieState {
  static constexpr std::array arguments{ArgumentDoc{"kind", Argument::tie_kind, "cooperative",
                                                    "a kind of tie, or cooperative for all kinds of cooperation"}};
  static constexpr EffectDoc doc{.name = "tie",
                                 .summary = "Whether a tie is in force between the two.",
                                 .formula = "x_ij(t) = 1 if a tie of the kind is in force between i and j at t, else 0",
                                 .unit = "0 or 1",
                                 .scope = "dyad",
                                 .source = "Détente, design section 5",
                                 .example = "tie(alliance)",
                                 .arguments = arguments};

  explicit TieState(const Arguments& given) : matches(given.ties("kind")) {}

  double operator()(const Memory& memory, Dyad d) const {
    for (const TieId id : memory.ties().of(d.sender)) {
      const Tie& tie = memory.ties().tie(id);
      if (matches[id] && (tie.a == d.receiver || tie.b == d.receiver)) return 1;
    }
    return 0;
  }
  Traits traits() const { return {.scope = Scope::dyad, .sparse = true}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  std::vector<bool> matches;  // by TieId
};

}  // namespace detente
