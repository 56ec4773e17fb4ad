// How much was done towards an actor so far.  x = sum_h w_ha(t), a = the actor that of= names.  Butts (2008), eq. 4.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct InDegree : OfDegree {
  static constexpr std::array arguments{trace_argument, of_argument, others_argument};
  static constexpr EffectDoc doc{
      .name = "in_degree",
      .summary = "How much was done towards an actor so far.",
      .words = "recorded {x} towards {who}",
      .formula = "x = sum_h w_ha(t), or #{h : w_ha(t) > 0} when unique; a = the actor that of= names",
      .unit = "events, or intensity, as the trace weighs them; others when unique",
      .scope = "sender or receiver, as `of` says",
      .source = "Butts (2008), eq. 4",
      .example = "in_degree(of=receiver)",
      .arguments = arguments};

  using OfDegree::OfDegree;

  double operator()(const Memory& memory, const Link& d) const {
    const Trace& all = memory.trace(trace);
    return unique ? all.in_partners(actor(d)) : all.in_sum(actor(d));
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const { add_received(memory, d, out); }
};

}  // namespace detente
