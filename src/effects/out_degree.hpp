// How much an actor did so far.  x = sum_h w_ah(t), a = the actor that of= names.  Butts (2008), eq. 4.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct OutDegree {
  static constexpr std::array arguments{trace_argument, of_argument};
  static constexpr EffectDoc doc{.name = "out_degree",
                                 .summary = "How much an actor did so far.",
                                 .formula = "x = sum_h w_ah(t), a = the actor that of= names",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "sender or receiver, as `of` says",
                                 .source = "Butts (2008), eq. 4",
                                 .example = "out_degree(of=receiver)",
                                 .arguments = arguments};

  explicit OutDegree(const Arguments& given)
      : trace(given.trace("trace")),
        of_sender(given.choice_is("of", "sender")),
        own_traits{.scope = of_sender ? Scope::sender : Scope::receiver, .drifts = given.drifts(trace)} {}

  double operator()(const Memory& memory, Dyad d) const {
    const ActorId actor = of_sender ? d.sender : d.receiver;
    return memory.trace(trace).out_sum(actor);
  }
  Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    const ActorId actor = of_sender ? d.sender : d.receiver;
    for (const Partner& p : memory.pairs().out(actor)) out.push_back({trace, {actor, p.actor}});
  }

  TraceId trace;
  bool of_sender;
  Traits own_traits;
};

}  // namespace detente
