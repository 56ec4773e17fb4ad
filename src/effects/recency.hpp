// Recency: how recently the sender last acted towards the receiver, on the clock of fading.  x_ij(t) = 1 / (1 + t -
// t_last(i, j)), 0 when never.  Vu et al. (2017).
#pragma once

#include <array>

#include "effects/arguments.hpp"

namespace detente {

struct Recency {
  static constexpr std::array arguments{
      trace_argument,
      ArgumentDoc{"way", Argument::choice, "", "acts of the sender towards the receiver, or back", "out|back"}};
  static constexpr EffectDoc doc{
      .name = "recency",
      .summary = "How recently the sender last acted towards the receiver, or the receiver towards the sender.",
      .words = "how recent the last recorded {x} between the two is",
      .formula = "x_ij(t) = 1 / (1 + t - t_last(i, j)), 0 when never; back: t_last(j, i)",
      .unit = "1 / (1 + units of time)",
      .scope = "dyad",
      .source = "remstats, recencyContinue; Vu et al. (2017)",
      .example = "recency(grievance, way=back)",
      .arguments = arguments};

  explicit Recency(const Arguments& given) : trace(given.trace("trace")), back(given.choice_is("way", "back")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const Time last = memory.trace(trace).last(back ? d.back : d.there);
    return last == always ? 0 : 1 / (1 + memory.fade_time() - last);
  }
  Traits traits() const { return {.scope = Scope::dyad, .sparse = true, .drifts = true}; }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.push_back({trace, back ? reversed(d) : d});
  }

  TraceId trace;
  bool back;
};

}  // namespace detente
