// Attention share: the part of all acts that goes to one actor, the spotlight.  x = sum_h w_ha(t) / sum_gh w_gh(t).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct AttentionShare {
  static constexpr std::array arguments{trace_argument, of_argument};
  static constexpr EffectDoc doc{
      .name = "attention_share",
      .summary = "The share of everybody's acts that an actor draws: the spotlight.",
      .formula = "x = sum_h w_ha(t) / sum_gh w_gh(t), a = the actor that of= names; 0 before the first event",
      .unit = "share, 0 to 1",
      .scope = "sender or receiver, as `of` says",
      .source = "Détente, design section 5",
      .example = "attention_share(spotlight, of=receiver)",
      .arguments = arguments};

  explicit AttentionShare(const Arguments& given)
      : trace(given.trace("trace")),
        of_sender(given.choice_is("of", "sender")),
        windowed(given.spec(trace).fade == Fade::window) {}

  double operator()(const Memory& memory, Dyad d) const {
    const double total = memory.trace(trace).total();
    return total > 0 ? memory.trace(trace).in_sum(of_sender ? d.sender : d.receiver) / total : 0;
  }
  // A half-life cancels out of the share; a window does not.
  Traits traits() const {
    return {.scope = of_sender ? Scope::sender : Scope::receiver, .drifts = windowed, .shifts_all = true};
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    const ActorId actor = of_sender ? d.sender : d.receiver;
    for (const Partner& p : memory.pairs().in(actor)) out.push_back({trace, {p.actor, actor}});
  }

  TraceId trace;
  bool of_sender;
  bool windowed;
};

}  // namespace detente
