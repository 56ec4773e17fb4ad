// Distance between an actor and those who acted towards the other.  x_ij(t) = |z_i(t) - m_j(t)|; 0 where nobody did.
#pragma once

#include <array>
#include <cmath>

#include "effects/neighbour_mean.hpp"
#include "effects/parts.hpp"

namespace detente {

struct NeighboursDifference : NeighbourMean {
  static constexpr std::array arguments{trace_argument, numeric_attribute_argument, weighted_argument,
                                        missing_argument};
  static constexpr EffectDoc doc{
      .name = "neighbours_difference",
      .summary = "Distance on an attribute between the sender and those who acted towards the receiver.",
      .words = "the distance between one of the two and the neighbours of the other in recorded {x}",
      .formula = "x_ij(t) = |z_i(t) - mean of z_h(t) over the h with w_hj(t) > 0|; 0 if there is none",
      .unit = "the attribute's own",
      .scope = "dyad",
      .source = "goldfish tertiusDiff, which gives a receiver without neighbours a mean over the others",
      .example = "neighbours_difference(goodwill, power)",
      .arguments = arguments};

  explicit NeighboursDifference(const Arguments& given) : NeighbourMean(given, true) {}

  double operator()(const Memory& memory, const Link& d) const {
    const double own = number(memory, d.sender);
    return std::abs(own - mean(memory, d.receiver).value_or(own));
  }
  Traits traits() const { return {.scope = Scope::dyad, .drifts = drifts, .spreads = true, .of_others = true}; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for (const Partner& p : memory.pairs().in(d.receiver)) out.push_back({trace, {p.actor, d.receiver}});
  }
};

}  // namespace detente
