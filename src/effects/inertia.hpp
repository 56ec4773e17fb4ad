// Inertia: actors go on doing to others what they did to them before.  x_ij(t) = w_ij(t).  Butts (2008), eq. 4.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Inertia : OfWeight {
  static constexpr std::array arguments{trace_argument, any_argument};
  static constexpr EffectDoc doc{.name = "inertia",
                                 .summary = "Actors go on doing to others what they did to them before.",
                                 .words = "recorded {x} between the two",
                                 .formula = "x_ij(t) = w_ij(t), or 1[w_ij(t) > 0] when unique",
                                 .unit = "events, or intensity, as the trace weighs them; 0 or 1 when unique",
                                 .scope = "dyad",
                                 .source = "Butts (2008), eq. 4",
                                 .example = "inertia(grievance)",
                                 .arguments = arguments};

  using OfWeight::OfWeight;

  double operator()(const Memory& memory, const Link& d) const { return read(memory.trace(trace).weight(d.there)); }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const { out.push_back({trace, d}); }
};

}  // namespace detente
