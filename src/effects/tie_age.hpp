// Tie age: how long the newest tie of a kind between the two has been in force.  x_ij(t) = log(1 + t - start).
// Levinthal & Fichman (1988).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct TieAge {
  static constexpr std::array arguments{ArgumentDoc{"kind", Argument::tie_kind, "cooperative",
                                                    "a kind of tie, or cooperative for all kinds of cooperation"}};
  static constexpr EffectDoc doc{.name = "tie_age",
                                 .summary = "How long the newest tie between the two has been in force.",
                                 .formula = "x_ij(t) = log(1 + t - start), 0 when no tie of the kind is in force",
                                 .unit = "log(1 + units of time)",
                                 .scope = "dyad",
                                 .source = "Détente, design section 5; Levinthal & Fichman (1988) on the honeymoon",
                                 .example = "tie_age(alliance)",
                                 .arguments = arguments};

  explicit TieAge(const Arguments& given) : matches(given.ties("kind")) {}

  double operator()(const Memory& memory, Dyad d) const {
    Time start = always;
    for (const TieId id : memory.ties().of(d.sender)) {
      const Tie& tie = memory.ties().tie(id);
      if (matches[id] && (tie.a == d.receiver || tie.b == d.receiver)) start = std::max(start, tie.start);
    }
    return start == always ? 0 : std::log1p(std::max(0.0, memory.fade_time() - start));
  }
  Traits traits() const { return {.scope = Scope::dyad, .sparse = true, .drifts = true, .wakes = true}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  std::vector<bool> matches;  // by TieId
};

}  // namespace detente
