// How much an actor did so far.  x = sum_h w_ah(t), a = the actor that of= names.  Butts (2008), eq. 4.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct OutDegree : OfDegree {
  static constexpr std::array arguments{trace_argument, of_argument, others_argument};
  static constexpr EffectDoc doc{
      .name = "out_degree",
      .summary = "How much an actor did so far.",
      .words = "recorded {x} by {who}",
      .formula = "x = sum_h w_ah(t), or #{h : w_ah(t) > 0} when unique; a = the actor that of= names",
      .unit = "events, or intensity, as the trace weighs them; others when unique",
      .scope = "sender or receiver, as `of` says",
      .source = "Butts (2008), eq. 4",
      .example = "out_degree(of=receiver)",
      .arguments = arguments};

  using OfDegree::OfDegree;

  double operator()(const Memory& memory, const Link& d) const {
    const Trace& all = memory.trace(trace);
    return unique ? all.out_partners(actor(d)) : all.out_sum(actor(d));
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const { add_sent(memory, d, out); }
};

}  // namespace detente
