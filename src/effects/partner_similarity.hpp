// How alike the partners of the two are.  Over third actors h: x_ij(t) = |A_i and A_j| / |A_i or A_j|, A_a = those h with
// w_ah(t) > 0 (Jaccard), or sum_h w_ih w_jh / sqrt(sum_h w_ih^2 sum_h w_jh^2) (cosine); 0 where there is nothing to divide
// by.  way=in: w_ha.  Similarity statistics of eventnet.
#pragma once

#include <cmath>

#include "effects/parts.hpp"

namespace detente {

struct PartnerSimilarity {
  static constexpr std::array arguments{
      trace_argument,
      ArgumentDoc{"measure", Argument::choice, "", "whether they are partners, or how much is done", "jaccard|cosine"},
      ArgumentDoc{"way", Argument::choice, "", "those whom the two acted towards, or who acted towards them",
                  "out|in"}};
  static constexpr EffectDoc doc{
      .name = "partner_similarity",
      .summary = "How alike the partners of the two are.",
      .words = "how alike the two are in whom their recorded {x} is with",
      .formula =
          "over third actors h: x_ij(t) = |A_i and A_j| / |A_i or A_j|, A_a = those h with w_ah(t) > 0 (jaccard), or "
          "sum_h w_ih w_jh / sqrt(sum_h w_ih^2 sum_h w_jh^2) (cosine); way=in: w_ha; 0 where either has no partners",
      .unit = "share, 0 to 1",
      .scope = "dyad",
      .source = "Jaccard (1901); similarity statistics of eventnet",
      .example = "partner_similarity(goodwill)",
      .arguments = arguments};

  explicit PartnerSimilarity(const Arguments& given)
      : trace(given.trace("trace")),
        cosine(given.choice_is("measure", "cosine")),
        in(given.choice_is("way", "in")),
        own_traits{.scope = Scope::dyad, .drifts = given.share_drifts(trace), .spreads = true} {}

  double operator()(const Memory& memory, const Link& d) const {
    double both = 0, mine = 0, theirs = 0;
    for_each_partner(memory, d.sender, d.receiver, [&](ActorId h, double weight) {
      mine += size(weight) * size(weight);
      both += size(weight) * size(between(memory, d.receiver, h));
    });
    for_each_partner(memory, d.receiver, d.sender,
                     [&](ActorId, double weight) { theirs += size(weight) * size(weight); });
    if (mine == 0 || theirs == 0) return 0;
    return cosine ? both / std::sqrt(mine * theirs) : both / (mine + theirs - both);
  }
  [[nodiscard]] Traits traits() const { return own_traits; }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    const auto act = [&](ActorId actor, ActorId h) { return Source{trace, in ? Dyad{h, actor} : Dyad{actor, h}}; };
    for_each_partner(memory, d.sender, d.receiver, [&](ActorId h, double) {
      if (between(memory, d.receiver, h) != 0) out.insert(out.end(), {act(d.sender, h), act(d.receiver, h)});
    });
  }

  [[nodiscard]] double size(double weight) const { return cosine ? weight : weight > 0 ? 1 : 0; }
  // A half-life fades all weights alike, so stored ones will do.
  [[nodiscard]] double between(const Memory& memory, ActorId actor, ActorId h) const {
    const PairId pair = in ? memory.pairs().find(h, actor) : memory.pairs().find(actor, h);
    return pair == no_id ? 0 : memory.trace(trace).stored(pair);
  }
  // Calls body(h, weight) for the partners of `actor` but `without`.
  template <class Body>
  void for_each_partner(const Memory& memory, ActorId actor, ActorId without, Body body) const {
    for (const Partner& h : in ? memory.pairs().in(actor) : memory.pairs().out(actor))
      if (h.actor != without) body(h.actor, memory.trace(trace).stored(h.pair));
  }

  TraceId trace;
  bool cosine;
  bool in;
  Traits own_traits;
};

}  // namespace detente
