// How far the degrees of the two are apart.  x_ij(t) = |k_i(t) - k_j(t)|, k_a(t) = sum_h [ w_ah(t) + w_ha(t) ] or one of
// the two sums.  degreeDiff of remstats, for events without direction.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct DegreeDifference : OfDegrees {
  static constexpr std::array arguments{trace_argument, of_degree_argument};
  static constexpr EffectDoc doc{.name = "degree_difference",
                                 .summary = "How far the degrees of the two are apart.",
                                 .words = "the difference in recorded {x} between the two",
                                 .formula =
                                     "x_ij(t) = |k_i(t) - k_j(t)|, k_a(t) = sum_h [ w_ah(t) + w_ha(t) ], or the first "
                                     "(out) or the second (in) alone",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "degreeDiff of remstats",
                                 .example = "degree_difference(spotlight)",
                                 .arguments = arguments};

  using OfDegrees::OfDegrees;

  double operator()(const Memory& memory, const Link& d) const {
    return std::abs(degree(memory, d.sender) - degree(memory, d.receiver));
  }
};

}  // namespace detente
