// Ties that the two have lately made with others.  x_ij(t) = number of ties of i, plus those of j, with third actors that
// started within the time `within` before t.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct NewTies : OfTies {
  static constexpr std::array arguments{tie_kind_argument, within_argument};
  static constexpr EffectDoc doc{
      .name = "new_ties",
      .summary = "Ties that the two have lately made with others.",
      .words = "ties the two have lately made with others ({x})",
      .formula = "x_ij(t) = number of ties of i, plus those of j, with third actors, with t - within < start < t",
      .unit = "ties",
      .scope = "dyad",
      .source = "Leeds & Savun (2007): new outside alliances",
      .example = "new_ties(alliance, within=3y)",
      .arguments = arguments};

  explicit NewTies(const Arguments& given) : OfTies(given), within(given.duration("within")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const Time from = memory.fade_time() - within;
    double count = 0;
    const auto add = [&](TieId id) {
      const Tie& tie = memory.ties().tie(id);
      if (!is_of_kind(memory, id) || tie.start <= from || tie.start >= memory.fade_time()) return;
      const auto in = [&](ActorId actor) { return tie.a == actor || tie.b == actor; };
      if (in(d.sender) != in(d.receiver)) count += 1;  // of one of the two, with a third
    };
    for (const TieId id : memory.ties().list()) add(id);
    for (const EndedTie& ended : memory.ties().ended()) add(ended.tie);
    return count;
  }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .drifts = true, .shifts_all = true}; }

  double within;
};

}  // namespace detente
