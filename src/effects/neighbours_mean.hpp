// Actors whose neighbours have much of an attribute act, or are acted on, more.  x = m_a(t), a = the actor that of= names.
#pragma once

#include <array>

#include "effects/neighbour_mean.hpp"
#include "effects/parts.hpp"

namespace detente {

struct NeighboursMean : NeighbourMean {
  static constexpr std::array arguments{trace_argument, numeric_attribute_argument, of_argument,
                                        way_argument,   weighted_argument,          missing_argument};
  static constexpr EffectDoc doc{
      .name = "neighbours_mean",
      .summary = "The mean of an attribute over those who acted towards an actor, or whom it acted towards.",
      .words = "an attribute of the neighbours of {who} in recorded {x}",
      .formula =
          "x = mean of z_h(t) over the h with w_ha(t) > 0 (way=out: w_ah), a = the actor that of= names; 0 if none",
      .unit = "the attribute's own",
      .scope = "sender or receiver, as `of` says",
      .source = "goldfish tertius, which gives an actor without neighbours the mean of the others",
      .example = "neighbours_mean(goodwill, power, of=receiver)",
      .arguments = arguments};

  explicit NeighboursMean(const Arguments& given) : NeighbourMean(given, given.choice_is("way", "in")), actor_(given) {}

  // An actor is a neighbour of those it acts towards, so its own value must be known too.
  double operator()(const Memory& memory, const Link& d) const {
    const ActorId actor = actor_.actor(d);
    return mean(memory, actor).value_or(0 * number(memory, actor));
  }
  Traits traits() const {
    return {.scope = actor_.of_sender ? Scope::sender : Scope::receiver, .drifts = drifts, .of_others = true};
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    if (in)
      actor_.add_received(memory, d, out);
    else
      actor_.add_sent(memory, d, out);
  }

 private:
  OfActor actor_;
};

}  // namespace detente
