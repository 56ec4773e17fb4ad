// Tie degree: with how many others an actor of the dyad has a tie in force.  x_ij(t) = d_i, d_j, d_i + d_j, or the smaller or
// the larger of both, d_i = number of actors h with a tie of the kind between i and h in force at t.
#pragma once

#include <algorithm>
#include <array>

#include "effects/parts.hpp"

namespace detente {

struct TieDegree : OfTies {
  static constexpr std::array arguments{
      tie_kind_argument, ArgumentDoc{"of", Argument::choice, "", "whose number: of one, the sum, or one of the two",
                                     "sender|receiver|both|smaller|larger"}};
  static constexpr EffectDoc doc{
      .name = "tie_degree",
      .summary = "With how many others an actor has a tie in force.",
      .words = "the number of ties of {who} ({x})",
      .formula =
          "x_ij(t) = d_i, d_j, d_i + d_j, min(d_i, d_j) or max(d_i, d_j), d_i = number of actors with whom i has "
          "a tie of the kind in force",
      .unit = "actors",
      .scope = "sender or receiver; dyad where of names both",
      .source = "Freeman (1978), degree; active degrees of remstats",
      .example = "tie_degree(alliance, of=receiver)",
      .arguments = arguments};

  explicit TieDegree(const Arguments& given)
      : OfTies(given),
        of_sender(given.choice_is("of", "sender")),
        of_receiver(given.choice_is("of", "receiver")),
        smaller(given.choice_is("of", "smaller")),
        larger(given.choice_is("of", "larger")) {}

  double operator()(const Memory& memory, const Link& d) const {
    if (of_sender) return degree(memory, d.sender);
    if (of_receiver) return degree(memory, d.receiver);
    const double mine = degree(memory, d.sender);
    const double theirs = degree(memory, d.receiver);
    return smaller ? std::min(mine, theirs) : larger ? std::max(mine, theirs) : mine + theirs;
  }
  [[nodiscard]] double degree(const Memory& memory, ActorId actor) const {
    double number = 0;
    for_each_partner(memory, actor, [&](ActorId) { number += 1; });
    return number;
  }
  [[nodiscard]] Traits traits() const {
    if (of_sender || of_receiver) return {.scope = of_sender ? Scope::sender : Scope::receiver};
    return {.scope = Scope::dyad, .spreads = true};
  }

  bool of_sender;
  bool of_receiver;
  bool smaller;
  bool larger;
};

}  // namespace detente
