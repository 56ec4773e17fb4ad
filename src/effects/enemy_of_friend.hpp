// The receiver is in conflict with those the sender cooperates with.  x_ij(t) = sum_h min(g_ih, c_hj), g =
// cooperation, c = conflict, both ways.  Heider (1946); Cartwright & Harary (1956).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct EnemyOfFriend : OfTwoPaths {
  static constexpr std::array arguments{goodwill_argument, grievance_argument};
  static constexpr EffectDoc doc{.name = "enemy_of_friend",
                                 .summary = "The receiver is in conflict with those the sender cooperates with.",
                                 .words = "conflict of one with those the other cooperates with",
                                 .formula = "x_ij(t) = sum_h min(g_ih, c_hj), g = cooperation, c = conflict, both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "enemy_of_friend(goodwill, grievance)",
                                 .arguments = arguments};

  explicit EnemyOfFriend(const Arguments& given)
      : OfTwoPaths(given, {given.trace("goodwill"), Leg::both, given.trace("grievance"), Leg::both, Combine::min_sum}) {
  }
};

}  // namespace detente
