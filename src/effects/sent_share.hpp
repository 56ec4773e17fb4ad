// Sent share: the part of the sender's acts that went to the receiver.  x_ij(t) = w_ij(t) / sum_h w_ih(t).  Butts (2008),
// eq. 4, as the package relevent scales inertia.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct SentShare : OfDyadShare {
  static constexpr std::array arguments{trace_argument, even_argument};
  static constexpr EffectDoc doc{.name = "sent_share",
                                 .summary = "The share of the sender's acts that went to the receiver.",
                                 .words = "the share of what one does ({x}) that goes to the other",
                                 .formula =
                                     "x_ij(t) = w_ij(t) / sum_h w_ih(t); before the sender's first act 0, or "
                                     "1/(N-1) with `even`, N the actors present",
                                 .unit = "share, 0 to 1",
                                 .scope = "dyad",
                                 .source = "Butts (2008), eq. 4; FrPSndSnd of relevent",
                                 .example = "sent_share(goodwill)",
                                 .arguments = arguments};

  using OfDyadShare::OfDyadShare;

  double operator()(const Memory& memory, const Link& d) const {
    return share(memory, memory.trace(trace).weight(d.there), memory.trace(trace).out_sum(d.sender));
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const { out.push_back({trace, d}); }
};

}  // namespace detente
