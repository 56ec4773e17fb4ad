// The receiver is in conflict with those the sender cooperates with.  x_ij(t) = sum_h min(g_ih, c_hj), g =
// cooperation, c = conflict, both ways.  Heider (1946); Cartwright & Harary (1956).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"
#include "effects/two_path_sources.hpp"

namespace detente {

struct EnemyOfFriend {
  static constexpr std::array arguments{goodwill_argument, grievance_argument};
  static constexpr EffectDoc doc{.name = "enemy_of_friend",
                                 .summary = "The receiver is in conflict with those the sender cooperates with.",
                                 .formula = "x_ij(t) = sum_h min(g_ih, c_hj), g = cooperation, c = conflict, both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "enemy_of_friend(goodwill, grievance)",
                                 .arguments = arguments};

  explicit EnemyOfFriend(const Arguments& given)
      : first(given.trace("goodwill")),
        second(given.trace("grievance")),
        paths(given.two_paths({first, Leg::both, second, Leg::both, Combine::min_sum})),
        own_traits{.scope = Scope::dyad, .sparse = true, .drifts = given.two_paths_drift(paths), .two_paths = true} {}

  double operator()(const Memory& memory, Dyad d) const { return memory.two_paths(paths, d); }
  Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    two_path_sources(memory, memory.two_paths_of(paths).spec(), d, out);
  }

  TraceId first;
  TraceId second;
  TwoPathId paths;
  Traits own_traits;
};

}  // namespace detente
