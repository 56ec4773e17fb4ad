// Reciprocity: actors answer those who act towards them.  x_ij(t) = w_ji(t).  Butts (2008), eq. 4.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Reciprocity : OfWeight {
  static constexpr std::array arguments{trace_argument, any_argument};
  static constexpr EffectDoc doc{.name = "reciprocity",
                                 .summary = "Actors answer those who act towards them.",
                                 .words = "recorded {x} answered between the two",
                                 .formula = "x_ij(t) = w_ji(t), or 1[w_ji(t) > 0] when unique",
                                 .unit = "events, or intensity, as the trace weighs them; 0 or 1 when unique",
                                 .scope = "dyad",
                                 .source = "Butts (2008), eq. 4",
                                 .example = "reciprocity(grievance)",
                                 .arguments = arguments};

  using OfWeight::OfWeight;

  double operator()(const Memory& memory, const Link& d) const { return read(memory.trace(trace).weight(d.back)); }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const { out.push_back({trace, reversed(d)}); }
};

}  // namespace detente
