// Third actors with whom both cooperate.  x_ij(t) = sum_h min(g_ih, g_hj), g = cooperation both ways.  Heider (1946);
// Cartwright & Harary (1956).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"
#include "effects/two_path_sources.hpp"

namespace detente {

struct SharedAlly {
  static constexpr std::array arguments{goodwill_argument};
  static constexpr EffectDoc doc{.name = "shared_ally",
                                 .summary = "Third actors with whom both cooperate.",
                                 .formula = "x_ij(t) = sum_h min(g_ih, g_hj), g = cooperation both ways",
                                 .unit = "events, or intensity, as the traces weigh them",
                                 .scope = "dyad",
                                 .source = "Heider (1946); Cartwright & Harary (1956)",
                                 .example = "shared_ally(goodwill)",
                                 .arguments = arguments};

  explicit SharedAlly(const Arguments& given)
      : first(given.trace("goodwill")),
        second(given.trace("goodwill")),
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
