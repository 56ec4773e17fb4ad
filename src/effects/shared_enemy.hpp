// Third actors with whom both are in conflict.  x_ij(t) = sum_h min(c_ih, c_hj), c = conflict both ways.  Heider
// (1946); Cartwright & Harary (1956).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"
#include "effects/two_path_sources.hpp"

namespace detente {

struct SharedEnemy {
  static constexpr std::array arguments{grievance_argument};
  static constexpr EffectDoc doc{.name = "shared_enemy",
                                 .summary = "Third actors with whom both are in conflict.",
                                 .formula = "x_ij(t) = sum_h min(c_ih, c_hj), c = conflict both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "shared_enemy(grievance)",
                                 .arguments = arguments};

  explicit SharedEnemy(const Arguments& given)
      : first(given.trace("grievance")),
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
