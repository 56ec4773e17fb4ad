// The smaller degree of the two.  x_ij(t) = min(k_i(t), k_j(t)), k_a(t) = sum_h [ w_ah(t) + w_ha(t) ] or one of
// the two sums.  degreeMin of remstats, for events without direction.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct DegreeMin : OfScaledDegrees {
  static constexpr std::array arguments{trace_argument, of_degree_argument, scale_argument};
  static constexpr EffectDoc doc{.name = "degree_min",
                                 .summary = "The smaller degree of the two.",
                                 .words = "recorded {x} of the less active of the two",
                                 .formula =
                                     "x_ij(t) = min(k_i(t), k_j(t)), k_a(t) = sum_h [ w_ah(t) + w_ha(t) ], or the "
                                     "first (out) or the second (in) alone",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "degreeMin of remstats",
                                 .example = "degree_min(goodwill)",
                                 .arguments = arguments};

  using OfScaledDegrees::OfScaledDegrees;

  double operator()(const Memory& memory, const Link& d) const {
    return std::min(degree(memory, d.sender), degree(memory, d.receiver));
  }
};

}  // namespace detente
