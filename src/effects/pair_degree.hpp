// All that the two did and met with, with anybody.  x_ij(t) = sum over a in {i, j} of sum_h [ w_ah(t) + w_ha(t) ].
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct PairDegree : OfDegrees {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "pair_degree",
                                 .summary = "All that the two did and met with, with anybody.",
                                 .words = "recorded {x} by and towards the two, with anybody",
                                 .formula = "x_ij(t) = sum over a in {i, j} of sum_h [ w_ah(t) + w_ha(t) ]",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Gibler (2008) on reputation, where the trace holds broken alliances",
                                 .example = "pair_degree(grievance)",
                                 .arguments = arguments};

  explicit PairDegree(const Arguments& given) : OfDegrees(given, true, true) {}

  double operator()(const Memory& memory, const Link& d) const {
    return degree(memory, d.sender) + degree(memory, d.receiver);
  }
};

}  // namespace detente
