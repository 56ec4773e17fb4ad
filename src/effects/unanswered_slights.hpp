// Unanswered slights: conflict received from the other and not yet returned.  x_ij(t) = max(0, w_ji(t) - w_ij(t)).
#pragma once

#include <algorithm>
#include <array>

#include "effects/parts.hpp"

namespace detente {

struct UnansweredSlights : OfDyad {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "unanswered_slights",
                                 .summary = "Conflict received and not yet returned.",
                                 .words = "slights not yet answered between the two",
                                 .formula = "x_ij(t) = max(0, w_ji(t) - w_ij(t))",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Détente",
                                 .example = "unanswered_slights(grievance)",
                                 .arguments = arguments};

  using OfDyad::OfDyad;

  double operator()(const Memory& memory, const Link& d) const {
    return std::max(0.0, memory.trace(trace).weight(d.back) - memory.trace(trace).weight(d.there));
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.insert(out.end(), {{trace, reversed(d)}, {trace, d}});
  }
};

}  // namespace detente
