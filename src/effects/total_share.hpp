// Total share: the part of all acts that the sender did towards the receiver.  x_ij(t) = w_ij(t) / sum_gh w_gh(t), where acts
// have no direction over pairs: each act counts once.  Any act changes it for all.
#pragma once

#include "effects/parts.hpp"

namespace detente {

struct TotalShare : OfDyad {
  static constexpr std::array arguments{trace_argument};
  static constexpr EffectDoc doc{
      .name = "total_share",
      .summary = "The share of everybody's acts that the sender did towards the receiver.",
      .words = "the share of all that is done ({x}) that one does to the other",
      .formula =
          "x_ij(t) = w_ij(t) / sum_gh w_gh(t), of pairs gh where there is no direction; 0 before the first event",
      .unit = "share, 0 to 1",
      .scope = "dyad",
      .source = "Détente",
      .example = "total_share(goodwill)",
      .arguments = arguments};

  explicit TotalShare(const Arguments& given) : OfDyad(given), counted(given.directed() ? 1 : 2) {
    own_traits.drifts = given.share_drifts(trace);
    own_traits.shifts_all = true;
  }

  double operator()(const Memory& memory, const Link& d) const {
    const double total = memory.trace(trace).total();
    return total > 0 ? counted * memory.trace(trace).weight(d.there) / total : 0;
  }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const { out.push_back({trace, d}); }

  double counted;  // how often the total has each act: once each way
};

}  // namespace detente
