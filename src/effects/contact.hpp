// What passed between the two, whoever acted.  x_ij(t) = w_ij(t) + w_ji(t).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Contact : OfDyad {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "contact",
                                 .summary = "What passed between the two, whoever acted.",
                                 .formula = "x_ij(t) = w_ij(t) + w_ji(t)",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Butts (2008): inertia and reciprocity with one coefficient",
                                 .example = "contact(grievance)",
                                 .arguments = arguments};

  using OfDyad::OfDyad;

  double operator()(const Memory& memory, const Link& d) const {
    return memory.trace(trace).weight(d.there) + memory.trace(trace).weight(d.back);
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.insert(out.end(), {{trace, d}, {trace, reversed(d)}});
  }
};

}  // namespace detente
