// Tie age: how long the newest tie of a kind between the two has been in force.  x_ij(t) = log(1 + t - start).
// Levinthal & Fichman (1988).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/parts.hpp"

namespace detente {

struct TieAge : OfTies {
  static constexpr std::array arguments{tie_kind_argument};
  static constexpr EffectDoc doc{.name = "tie_age",
                                 .summary = "How long the newest tie between the two has been in force.",
                                 .words = "the age of the newest tie between the two ({x})",
                                 .formula = "x_ij(t) = log(1 + t - start), 0 when no tie of the kind is in force",
                                 .unit = "log(1 + units of time)",
                                 .scope = "dyad",
                                 .source = "Levinthal & Fichman (1988) on the honeymoon",
                                 .example = "tie_age(alliance)",
                                 .arguments = arguments};

  using OfTies::OfTies;

  double operator()(const Memory& memory, const Link& d) const {
    const Time start = newest(memory, d);
    return start == always ? 0 : std::log1p(std::max(0.0, memory.fade_time() - start));
  }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .sparse = true, .drifts = true, .wakes = true}; }
};

}  // namespace detente
