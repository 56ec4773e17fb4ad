// Activity share: the part of all acts that comes from one actor.  x = sum_h w_ah(t) / sum_gh w_gh(t).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct ActivityShare {
  static constexpr std::array arguments{trace_argument, of_argument};
  static constexpr EffectDoc doc{
      .name = "activity_share",
      .summary = "The share of everybody's acts that comes from one actor.",
      .formula = "x = sum_h w_ah(t) / sum_gh w_gh(t), a = the actor that of= names; 0 before the first event",
      .unit = "share, 0 to 1",
      .scope = "sender or receiver, as `of` says",
      .source = "Détente, design section 5",
      .example = "activity_share(prominence, of=sender)",
      .arguments = arguments};

  explicit ActivityShare(const Arguments& given)
      : trace(given.trace("trace")),
        of_sender(given.choice_is("of", "sender")),
        windowed(given.spec(trace).fade == Fade::window) {}

  double operator()(const Memory& memory, Dyad d) const {
    const double total = memory.trace(trace).total();
    return total > 0 ? memory.trace(trace).out_sum(of_sender ? d.sender : d.receiver) / total : 0;
  }
  // A half-life cancels out of the share; a window does not.
  Traits traits() const {
    return {.scope = of_sender ? Scope::sender : Scope::receiver, .drifts = windowed, .shifts_all = true};
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    const ActorId actor = of_sender ? d.sender : d.receiver;
    for (const Partner& p : memory.pairs().out(actor)) out.push_back({trace, {actor, p.actor}});
  }

  TraceId trace;
  bool of_sender;
  bool windowed;
};

}  // namespace detente
