// Third actors with whom both are in conflict.  x_ij(t) = sum_h min(c_ih, c_hj), c = conflict both ways.  Heider
// (1946); Cartwright & Harary (1956).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct SharedEnemy : OfTwoPaths {
  static constexpr std::array arguments{grievance_argument};
  static constexpr EffectDoc doc{.name = "shared_enemy",
                                 .summary = "Third actors with whom both are in conflict.",
                                 .words = "third actors with whom both are in conflict",
                                 .formula = "x_ij(t) = sum_h min(c_ih, c_hj), c = conflict both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "shared_enemy(grievance)",
                                 .arguments = arguments};

  explicit SharedEnemy(const Arguments& given)
      : OfTwoPaths(given,
                   {given.trace("grievance"), Leg::both, given.trace("grievance"), Leg::both, Combine::min_sum}) {}
};

}  // namespace detente
