// Closure of a four-cycle: who acts towards the same actor as k may act towards whom k acts.  x_ij(t) = sum over h, k of
// f(w_ih(t), w_kh(t), w_kj(t)), over i, j, h and k all different and all three above 0; f = min, product or 1.  four of
// goldfish, the four-cycle of eventnet.  An event may change it in dyads that neither of the two is in, and it is read
// where it is asked for: d x d steps where actors have d partners, N x N x d x d for a risk set of N actors.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct FourCycle {
  static constexpr std::array arguments{
      trace_argument,
      ArgumentDoc{"combine", Argument::choice, "", "how a path counts: by its smallest leg, their product, or once",
                  "min|product|unique"}};
  static constexpr EffectDoc doc{
      .name = "four_cycle",
      .summary = "Closure of a four-cycle: who shares a target with another turns to the other's targets.",
      .words = "paths of recorded {x} through an actor that both act towards and one who acts alike",
      .formula =
          "x_ij(t) = sum over h, k of f(w_ih(t), w_kh(t), w_kj(t)), i, j, h, k all different and all three above 0; f "
          "= min, product or 1, as `combine` says; costs the square of the number of partners in every dyad at risk",
      .unit = "events, or intensity, as the trace weighs them; its cube for a product; paths when unique",
      .scope = "dyad",
      .source = "Robins & Alexander (2004); four of goldfish, four-cycle of eventnet",
      .example = "four_cycle(combine=unique)",
      .arguments = arguments};

  explicit FourCycle(const Arguments& given)
      : trace(given.trace("trace")),
        product(given.choice_is("combine", "product")),
        unique(given.choice_is("combine", "unique")),
        own_traits{.scope = Scope::dyad, .drifts = given.drifts(trace), .shifts_all = true} {}

  double operator()(const Memory& memory, const Link& d) const {
    double sum = 0;
    for_each_path(memory, d, [&](ActorId, ActorId, double first, double second, double third) {
      sum += unique ? 1 : product ? first * second * third : std::min({first, second, third});
    });
    return sum;
  }
  [[nodiscard]] Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for_each_path(memory, d, [&](ActorId h, ActorId k, double, double, double) {
      out.insert(out.end(), {{trace, {d.sender, h}}, {trace, {k, h}}, {trace, {k, d.receiver}}});
    });
  }

  // Calls body(h, k, w_ih, w_kh, w_kj).
  template <class Body>
  void for_each_path(const Memory& memory, Dyad d, Body body) const {
    const Trace& acts = memory.trace(trace);
    for (const Partner& h : memory.pairs().out(d.sender)) {
      const double first = acts.weight(h.pair);
      if (!(first > 0) || h.actor == d.receiver) continue;
      for (const Partner& k : memory.pairs().in(h.actor)) {
        const double second = acts.weight(k.pair);
        if (!(second > 0) || k.actor == d.sender || k.actor == d.receiver) continue;
        const double third = memory.weight(trace, k.actor, d.receiver);
        if (third > 0) body(h.actor, k.actor, first, second, third);
      }
    }
  }

  TraceId trace;
  bool product;
  bool unique;
  Traits own_traits;
};

}  // namespace detente
