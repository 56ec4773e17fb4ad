// Transitive triads that an actor is the source of.  x = sum_hk 1[w_ah(t) > 0] 1[w_hk(t) > 0] 1[w_ak(t) > 0], a = the actor
// that of= names, h and k two others.  nodeTrans of goldfish.  An act changes it for those who acted towards both, so that
// every event costs d x d steps for each actor, where actors have d partners.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct NodeTransitivity : OfActor {
  static constexpr std::array arguments{trace_argument, of_argument};
  static constexpr EffectDoc doc{
      .name = "node_transitivity",
      .summary = "Transitive triads that an actor is the source of.",
      .words = "transitive triads of recorded {x} that {who} is the source of",
      .formula =
          "x = sum over h, k of 1[w_ah(t) > 0] 1[w_hk(t) > 0] 1[w_ak(t) > 0], a = the actor "
          "that of= names, h and k two others; an event costs the square of the number of partners for every actor",
      .unit = "triads",
      .scope = "sender or receiver, as `of` says",
      .source = "nodeTrans of goldfish",
      .example = "node_transitivity(goodwill, of=receiver)",
      .arguments = arguments};

  explicit NodeTransitivity(const Arguments& given) : OfActor(given) {
    own_traits.drifts = given.share_drifts(trace);
    own_traits.shifts_all = true;
  }

  double operator()(const Memory& memory, const Link& d) const {
    const ActorId a = actor(d);
    const Trace& acts = memory.trace(trace);
    double triads = 0;
    for (const Partner& h : memory.pairs().out(a)) {
      if (!(acts.weight(h.pair) > 0)) continue;
      for (const Partner& k : memory.pairs().out(h.actor))
        if (k.actor != a && acts.weight(k.pair) > 0 && memory.weight(trace, a, k.actor) > 0) triads += 1;
    }
    return triads;
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const { add_sent(memory, d, out); }
};

}  // namespace detente
