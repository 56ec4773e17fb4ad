// Conflict of either with the allies of the other.  x_ij(t) = sum_h [ c_ih a_jh + c_jh a_ih ], c = conflict both ways, a = 1
// where a tie of the kind is in force; with `unique`, c = 1 where there is any.  Heider (1946): the ally of my enemy.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct AllyConflict : OfTies {
  static constexpr std::array arguments{grievance_argument, tie_kind_argument, once_argument,
                                        ArgumentDoc{"unique", Argument::flag, "", "count third actors, not events"}};
  static constexpr EffectDoc doc{
      .name = "ally_conflict",
      .summary = "Conflict of either with the allies of the other.",
      .words = "conflict of either with the allies of the other",
      .formula =
          "x_ij(t) = sum_h [ c_ih a_jh + c_jh a_ih ], c = conflict both ways, a = 1 where a tie is in force; "
          "with unique, c = 1 where there is any",
      .unit = "events, or intensity, as the trace weighs them; third actors with unique",
      .scope = "dyad",
      .source = "Heider (1946); Maoz et al. (2007)",
      .example = "ally_conflict(grievance, alliance)",
      .arguments = arguments};

  explicit AllyConflict(const Arguments& given)
      : OfTies(given),
        trace(given.trace("grievance")),
        once(given.flag("once")),
        unique(given.flag("unique")),
        own_traits{.scope = Scope::dyad, .drifts = given.drifts(trace), .spreads = true} {}

  double operator()(const Memory& memory, const Link& d) const {
    return with_allies_of(memory, d.sender, d.receiver) + with_allies_of(memory, d.receiver, d.sender);
  }
  [[nodiscard]] double with_allies_of(const Memory& memory, ActorId actor, ActorId partner) const {
    double sum = 0;
    for_each_ally(memory, actor, partner, [&](ActorId ally) {
      const double conflict = both_ways(memory.weight(trace, actor, ally), memory.weight(trace, ally, actor), once);
      sum += unique ? (conflict > 0 ? 1 : 0) : conflict;
    });
    return sum;
  }
  [[nodiscard]] Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for (const Dyad way : {d, reversed(d)})
      for_each_ally(memory, way.sender, way.receiver, [&](ActorId ally) {
        out.insert(out.end(), {{trace, {way.sender, ally}}, {trace, {ally, way.sender}}});
      });
  }

  // The allies of `partner` other than `actor`.
  template <class Body>
  void for_each_ally(const Memory& memory, ActorId actor, ActorId partner, Body body) const {
    for_each_partner(memory, partner, [&](ActorId ally) {
      if (ally != actor) body(ally);
    });
  }

  TraceId trace;
  bool once;
  bool unique;
  Traits own_traits;
};

}  // namespace detente
