// How much an actor did and received so far.  x = sum_h w_ah(t) + w_ha(t), a = the actor that of= names.  Butts (2008), eq.
// 4.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct TotalDegree : OfActor {
  static constexpr std::array arguments{trace_argument, of_argument};
  static constexpr EffectDoc doc{.name = "total_degree",
                                 .summary = "How much an actor did and received so far.",
                                 .words = "recorded {x} by and towards {who}",
                                 .formula = "x = sum_h w_ah(t) + w_ha(t), a = the actor that of= names",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "sender or receiver, as `of` says",
                                 .source = "Butts (2008), eq. 4",
                                 .example = "total_degree(of=receiver)",
                                 .arguments = arguments};

  using OfActor::OfActor;

  double operator()(const Memory& memory, const Link& d) const {
    return memory.trace(trace).out_sum(actor(d)) + memory.trace(trace).in_sum(actor(d));
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    add_sent(memory, d, out);
    add_received(memory, d, out);
  }
};

}  // namespace detente
