// Activity share: the part of all acts that comes from one actor.  x = sum_h w_ah(t) / sum_gh w_gh(t).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct ActivityShare : OfActorShare {
  static constexpr std::array arguments{trace_argument, of_argument, even_argument};
  static constexpr EffectDoc doc{.name = "activity_share",
                                 .summary = "The share of everybody's acts that comes from one actor.",
                                 .words = "the share of {who} in all that anybody does ({x})",
                                 .formula =
                                     "x = sum_h w_ah(t) / sum_gh w_gh(t), a = the actor that of= names; 0 before the "
                                     "first event, or 1/N with `even`",
                                 .unit = "share, 0 to 1",
                                 .scope = "sender or receiver, as `of` says",
                                 .source = "Détente",
                                 .example = "activity_share(prominence, of=sender)",
                                 .arguments = arguments};

  using OfActorShare::OfActorShare;

  double operator()(const Memory& memory, const Link& d) const {
    return share(memory, memory.trace(trace).out_sum(actor(d)));
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const { add_sent(memory, d, out); }
};

}  // namespace detente
