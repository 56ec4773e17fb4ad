// The mean of an attribute over an actor's neighbours: those who acted towards it, or whom it acted towards, as far as a
// trace remembers (w > 0), present or not; each once, or weighted by the trace.
//
//   m_a(t) = sum_h v_h z_h(t) / sum_h v_h,   v_h = 1[w_ha(t) > 0], or w_ha(t)
//
// goldfish's tertius has the same mean, each neighbour once.  It gives an actor without neighbours the mean of m over all
// others, which changes with every event; here that actor has no mean, and an effect of it is 0.
#pragma once

#include <optional>
#include <vector>

#include "effects/arguments.hpp"

namespace detente {

inline constexpr ArgumentDoc way_argument{"way", Argument::choice, "",
                                          "those who acted towards the actor, or whom it acted towards", "in|out"};
inline constexpr ArgumentDoc weighted_argument{"weighted", Argument::flag, "",
                                               "by the trace's weight, instead of each neighbour once"};

struct NeighbourMean {
  NeighbourMean(const Arguments& given, bool of_those_who_acted)
      : trace(given.trace("trace")),
        attribute(given.number("attribute")),
        in(of_those_who_acted),
        weighted(given.flag("weighted")),
        drifts(given.share_drifts(trace)) {}

  // Nothing where there is no neighbour.  A half-life fades all weights alike, so stored ones will do.
  [[nodiscard]] std::optional<double> mean(const Memory& memory, ActorId actor) const {
    double sum = 0;
    double weights = 0;
    for (const Partner& p : in ? memory.pairs().in(actor) : memory.pairs().out(actor)) {
      const double stored = memory.trace(trace).stored(p.pair);
      if (stored <= 0) continue;
      const double weight = weighted ? stored : 1;
      sum += weight * number(memory, p.actor);
      weights += weight;
    }
    return weights > 0 ? std::optional(sum / weights) : std::nullopt;
  }
  [[nodiscard]] double number(const Memory& memory, ActorId actor) const { return attribute.value(memory, actor); }

  TraceId trace;
  AttributeArgument attribute;
  bool in;
  bool weighted;
  Drift drifts;  // a half-life forgets nobody
};

}  // namespace detente
