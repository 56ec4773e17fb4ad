// The larger degree of the two.  x_ij(t) = max(k_i(t), k_j(t)), k_a(t) = sum_h [ w_ah(t) + w_ha(t) ] or one of
// the two sums.  degreeMax of remstats, for events without direction.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct DegreeMax : OfScaledDegrees {
  static constexpr std::array arguments{trace_argument, of_degree_argument, scale_argument};
  static constexpr EffectDoc doc{.name = "degree_max",
                                 .summary = "The larger degree of the two.",
                                 .words = "recorded {x} of the more active of the two",
                                 .formula =
                                     "x_ij(t) = max(k_i(t), k_j(t)), k_a(t) = sum_h [ w_ah(t) + w_ha(t) ], or the "
                                     "first (out) or the second (in) alone",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "degreeMax of remstats",
                                 .example = "degree_max(of_degree=in)",
                                 .arguments = arguments};

  using OfScaledDegrees::OfScaledDegrees;

  double operator()(const Memory& memory, const Link& d) const {
    return std::max(degree(memory, d.sender), degree(memory, d.receiver));
  }
};

}  // namespace detente
