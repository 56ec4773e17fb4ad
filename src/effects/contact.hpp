// What passed between the two, whoever acted.  x_ij(t) = w_ij(t) + w_ji(t), or the larger of both where a record often holds
// one incident both ways.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct Contact : OfDyad {
  static constexpr std::array arguments{trace_argument, once_argument};
  static constexpr EffectDoc doc{.name = "contact",
                                 .summary = "What passed between the two, whoever acted.",
                                 .words = "recorded {x} between the two",
                                 .formula = "x_ij(t) = w_ij(t) + w_ji(t); with once, max(w_ij(t), w_ji(t))",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Butts (2008): inertia and reciprocity with one coefficient",
                                 .example = "contact(grievance)",
                                 .arguments = arguments};

  explicit Contact(const Arguments& given) : OfDyad(given), once(given.flag("once")) {}

  double operator()(const Memory& memory, const Link& d) const {
    return both_ways(memory.trace(trace).weight(d.there), memory.trace(trace).weight(d.back), once);
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.insert(out.end(), {{trace, d}, {trace, reversed(d)}});
  }

  bool once;
};

}  // namespace detente
