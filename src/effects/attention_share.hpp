// Attention share: the part of all acts that goes to one actor, the spotlight.  x = sum_h w_ha(t) / sum_gh w_gh(t).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct AttentionShare : OfActorShare {
  static constexpr std::array arguments{trace_argument, of_argument, even_argument};
  static constexpr EffectDoc doc{.name = "attention_share",
                                 .summary = "The share of everybody's acts that an actor draws: the spotlight.",
                                 .words = "the share of {who} in all that is done to anybody ({x})",
                                 .formula =
                                     "x = sum_h w_ha(t) / sum_gh w_gh(t), a = the actor that of= names; 0 before the "
                                     "first event, or 1/N with `even`",
                                 .unit = "share, 0 to 1",
                                 .scope = "sender or receiver, as `of` says",
                                 .source = "Détente",
                                 .example = "attention_share(spotlight, of=receiver)",
                                 .arguments = arguments};

  using OfActorShare::OfActorShare;

  double operator()(const Memory& memory, const Link& d) const {
    return share(memory, memory.trace(trace).in_sum(actor(d)));
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const { add_received(memory, d, out); }
};

}  // namespace detente
