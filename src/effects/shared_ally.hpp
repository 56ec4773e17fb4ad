// Third actors with whom both cooperate.  x_ij(t) = sum_h min(g_ih, g_hj), g = cooperation both ways.  Heider (1946);
// Cartwright & Harary (1956).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct SharedAlly : OfTwoPaths {
  static constexpr std::array arguments{goodwill_argument};
  static constexpr EffectDoc doc{.name = "shared_ally",
                                 .summary = "Third actors with whom both cooperate.",
                                 .words = "third actors with whom both cooperate",
                                 .formula = "x_ij(t) = sum_h min(g_ih, g_hj), g = cooperation both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "shared_ally(goodwill)",
                                 .arguments = arguments};

  explicit SharedAlly(const Arguments& given)
      : OfTwoPaths(given, {given.trace("goodwill"), Leg::both, given.trace("goodwill"), Leg::both, Combine::min_sum}) {}
};

}  // namespace detente
