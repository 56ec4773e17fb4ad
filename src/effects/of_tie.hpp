// A number of the tie itself, such as a clause of its treaty: a further column of ties.csv.  For hazards of ties that end;
// between two actors it is the number of the newest tie in force, 0 without one.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "effects/parts.hpp"

namespace detente {

struct OfTie {
  static constexpr std::array arguments{
      ArgumentDoc{"attribute", Argument::tie_attribute, "", "a further column of numbers in ties.csv"},
      ArgumentDoc{"above", Argument::number, "", "1 where the number is above this one, else 0"}, missing_argument};
  static constexpr EffectDoc doc{
      .name = "of_tie",
      .summary = "A number that ties.csv gives of the tie.",
      .words = "the tie's number '{x}'",
      .formula = "x = z of the tie at issue, or of the newest in force between the two; else 0",
      .unit = "the attribute's own, or 0 and 1",
      .scope = "dyad",
      .source = "Leeds & Savun (2007) on the provisions of alliances",
      .example = "of_tie(defense, missing=0)",
      .arguments = arguments};

  explicit OfTie(const Arguments& given) : values(given.tie_numbers("attribute")) {
    const double above = given.plain_number("above");
    for (double& value : values)
      if (!std::isnan(above)) value = value > above ? 1 : 0;
  }

  double operator()(const Memory& memory, const Link& d) const {
    const TieId newest = memory.ties().newest(d);
    return newest == no_id ? 0 : values[memory.ties().like(newest)];
  }
  double of_tie(const Memory& memory, TieId tie) const { return values[memory.ties().like(tie)]; }
  Traits traits() const { return {.scope = Scope::dyad, .sparse = true}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  std::vector<double> values;  // by TieId of the record
};

}  // namespace detente
