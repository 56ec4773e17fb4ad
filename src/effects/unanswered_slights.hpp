// Unanswered slights: conflict received from the other and not yet returned.  x_ij(t) = max(0, w_ji(t) - w_ij(t)).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct UnansweredSlights {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "unanswered_slights",
                                 .summary = "Conflict received and not yet returned.",
                                 .formula = "x_ij(t) = max(0, w_ji(t) - w_ij(t))",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Détente, design section 5",
                                 .example = "unanswered_slights(grievance)",
                                 .arguments = arguments};

  explicit UnansweredSlights(const Arguments& given)
      : trace(given.trace("trace")), own_traits{.scope = Scope::dyad, .sparse = true, .drifts = given.drifts(trace)} {}

  double operator()(const Memory& memory, Dyad d) const {
    return std::max(0.0, memory.weight(trace, d.receiver, d.sender) - memory.weight(trace, d.sender, d.receiver));
  }
  Traits traits() const { return own_traits; }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.push_back({trace, reversed(d)});
    out.push_back({trace, d});
  }

  TraceId trace;
  Traits own_traits;
};

}  // namespace detente
