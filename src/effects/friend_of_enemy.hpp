// The receiver cooperates with those the sender is in conflict with.  x_ij(t) = sum_h min(c_ih, g_hj), c = conflict, g
// = cooperation, both ways.  Heider (1946); Cartwright & Harary (1956).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct FriendOfEnemy : OfTwoPaths {
  static constexpr std::array arguments{goodwill_argument, grievance_argument};
  static constexpr EffectDoc doc{.name = "friend_of_enemy",
                                 .summary = "The receiver cooperates with those the sender is in conflict with.",
                                 .words = "cooperation of one with those the other is in conflict with",
                                 .formula = "x_ij(t) = sum_h min(c_ih, g_hj), c = conflict, g = cooperation, both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "friend_of_enemy(goodwill, grievance)",
                                 .arguments = arguments};

  explicit FriendOfEnemy(const Arguments& given)
      : OfTwoPaths(given, {given.trace("grievance"), Leg::both, given.trace("goodwill"), Leg::both, Combine::min_sum}) {
  }
};

}  // namespace detente
