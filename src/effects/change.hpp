// How far an attribute of the sender has moved: since the tie between the two came into force, or over some time.
//   x_ij(t) = f(z_i(t)) - f(z_i(then)), cut to +-cap;  f(z) = z, or log(z + log)
// `then` is the first tick after the tie's start, or t - over.
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct AttributeChange : OfChange {
  static constexpr std::array arguments{numeric_attribute_argument, over_argument, log_argument, cap_argument,
                                        missing_change_argument};
  static constexpr EffectDoc doc{
      .name = "change",
      .summary = "How far an attribute of the sender has moved since the tie began, or over some time.",
      .words = "how far {x} has moved",
      .formula =
          "x_ij(t) = f(z_i(t)) - f(z_i(then)), cut to +-cap; then = the tie's first tick, or t - over; "
          "f(z) = z, or log(z + log)",
      .unit = "the attribute's own, or log",
      .scope = "sender with over=, else dyad",
      .source = "Leeds & Savun (2007): alliances end when what they were made for changes",
      .example = "change(threat, missing=0)",
      .arguments = arguments};

  using OfChange::OfChange;

  double operator()(const Memory& memory, const Link& d) const { return moved(memory, d.sender, then(memory, d)); }
  double of_tie(const Memory& memory, TieId tie, const Link& d) const {
    return moved(memory, d.sender, then(memory, tie));
  }
  [[nodiscard]] Traits traits() const { return traits_in(Scope::sender); }
};

}  // namespace detente
