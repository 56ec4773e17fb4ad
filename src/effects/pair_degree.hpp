// All that the two did and met with, with anybody.  x_ij(t) = sum over a in {i, j} of sum_h [ w_ah(t) + w_ha(t) ].
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct PairDegree {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{.name = "pair_degree",
                                 .summary = "All that the two did and met with, with anybody.",
                                 .words = "recorded {x} by and towards the two, with anybody",
                                 .formula = "x_ij(t) = sum over a in {i, j} of sum_h [ w_ah(t) + w_ha(t) ]",
                                 .unit = "events, or intensity, as the trace weighs them",
                                 .scope = "dyad",
                                 .source = "Gibler (2008) on reputation, where the trace holds broken alliances",
                                 .example = "pair_degree(grievance)",
                                 .arguments = arguments};

  explicit PairDegree(const Arguments& given)
      : trace(given.trace("trace")),
        own_traits{.scope = Scope::dyad, .drifts = given.drifts(trace), .shifts_all = true} {}

  double operator()(const Memory& memory, const Link& d) const {
    const Trace& all = memory.trace(trace);
    return all.out_sum(d.sender) + all.in_sum(d.sender) + all.out_sum(d.receiver) + all.in_sum(d.receiver);
  }
  [[nodiscard]] Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for (const ActorId actor : {d.sender, d.receiver}) {
      for (const Partner& p : memory.pairs().out(actor)) out.push_back({trace, {actor, p.actor}});
      for (const Partner& p : memory.pairs().in(actor)) out.push_back({trace, {p.actor, actor}});
    }
  }

  TraceId trace;
  Traits own_traits;
};

}  // namespace detente
