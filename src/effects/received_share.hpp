// Received share: the part of what the sender received that came from the receiver.  x_ij(t) = w_ji(t) / sum_h w_hi(t).
// Butts (2008), eq. 4, as the package relevent scales reciprocity.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct ReceivedShare : OfDyadShare {
  static constexpr std::array arguments{trace_argument, even_argument};
  static constexpr EffectDoc doc{.name = "received_share",
                                 .summary = "The share of what the sender received that came from the receiver.",
                                 .words = "the share of what one receives ({x}) that comes from the other",
                                 .formula =
                                     "x_ij(t) = w_ji(t) / sum_h w_hi(t); before anything was received 0, or "
                                     "1/(N-1) with `even`, N the actors present",
                                 .unit = "share, 0 to 1",
                                 .scope = "dyad",
                                 .source = "Butts (2008), eq. 4; FrRecSnd of relevent",
                                 .example = "received_share(grievance)",
                                 .arguments = arguments};

  using OfDyadShare::OfDyadShare;

  double operator()(const Memory& memory, const Link& d) const {
    return share(memory, memory.trace(trace).weight(d.back), memory.trace(trace).in_sum(d.sender));
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const { out.push_back({trace, reversed(d)}); }
};

}  // namespace detente
