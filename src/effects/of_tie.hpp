// A number of the tie itself, such as a clause of its treaty: a further column of ties.csv.  For hazards of ties that end;
// between two actors without that tie at issue it is the number of the newest tie in force, 0 without one.
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "effects/arguments.hpp"

namespace detente {

struct OfTie {
  static constexpr std::array arguments{
      ArgumentDoc{"attribute", Argument::tie_attribute, "", "a further column of numbers in ties.csv"},
      missing_argument};
  static constexpr EffectDoc doc{
      .name = "of_tie",
      .summary = "A number that ties.csv gives of the tie.",
      .formula = "x = z of the tie at issue, or of the newest in force between the two; else 0",
      .unit = "the attribute's own",
      .scope = "dyad",
      .source = "Leeds & Savun (2007) on the provisions of alliances",
      .example = "of_tie(defense, missing=0)",
      .arguments = arguments};

  explicit OfTie(const Arguments& given) : values(given.tie_numbers("attribute")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const auto age = [&](TieId id) { return std::pair(memory.ties().tie(id).start, id); };
    TieId newest = no_id;
    for (const TieId id : memory.ties().of(d.sender)) {
      const Tie& tie = memory.ties().tie(id);
      if (tie.a != d.receiver && tie.b != d.receiver) continue;
      if (newest == no_id || age(id) > age(newest)) newest = id;
    }
    return newest == no_id ? 0 : values[newest];
  }
  double of_tie(const Memory&, TieId tie) const { return values[tie]; }
  Traits traits() const { return {.scope = Scope::dyad, .sparse = true}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  std::vector<double> values;  // by TieId
};

}  // namespace detente
