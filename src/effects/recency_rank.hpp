// Recency rank: actors turn to those they acted towards last, or to those who last acted towards them.  x_ij(t) = 1 / rank
// of j among the partners of i, the latest first.  Butts (2008), who calls it recency.
#pragma once

#include <array>

#include "effects/arguments.hpp"

namespace detente {

struct RecencyRank {
  static constexpr std::array arguments{
      trace_argument,
      ArgumentDoc{"way", Argument::choice, "", "those the sender acted towards, or who acted towards it", "out|back"}};
  static constexpr EffectDoc doc{
      .name = "recency_rank",
      .summary =
          "Whether the receiver is among the last that the sender acted towards, or that acted towards the sender.",
      .words = "how far up the receiver stands among the sender's last recorded {x}",
      .formula =
          "x_ij(t) = 1 / (1 + #{h: t_last(i, h) > t_last(i, j)}), 0 when never; back: #{h: t_last(h, i) > t_last(j, "
          "i)}; t_last of all acts of the trace's types, whatever fades or is too young",
      .unit = "1 / rank",
      .scope = "dyad",
      .source = "Butts (2008); relevent RSndSnd, RRecSnd; remstats rrankSend, rrankReceive",
      .example = "recency_rank(grievance, way=back)",
      .arguments = arguments};

  explicit RecencyRank(const Arguments& given) : trace(given.trace("trace")), back(given.choice_is("way", "back")) {
    given.keep(trace, &Keeps::ranks);
  }

  double operator()(const Memory& memory, const Link& d) const {
    const LastActs& acts = memory.trace(trace).last_acts();
    const std::size_t rank = back ? acts.in_rank(reversed(d), d.back) : acts.out_rank(d, d.there);
    return rank == 0 ? 0 : 1 / static_cast<double>(rank);
  }
  Traits traits() const { return {.scope = Scope::dyad, .sparse = true, .spreads = true}; }
  void sources(const Memory&, Dyad d, std::vector<Source>& out) const {
    out.push_back({trace, back ? reversed(d) : d});
  }

  TraceId trace;
  bool back;
};

}  // namespace detente
