// How far an attribute has moved for the one of the two for whom it moved most.
//   x_ij(t) = max over a in {i, j} of |f(z_a(t)) - f(z_a(then))|, cut to cap;  f and `then` as for change
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "effects/parts.hpp"

namespace detente {

struct LargestChange : OfChange {
  static constexpr std::array arguments{numeric_attribute_argument, over_argument, log_argument, cap_argument,
                                        missing_change_argument};
  static constexpr EffectDoc doc{
      .name = "largest_change",
      .summary = "How far an attribute has moved for the one of the two for whom it moved most.",
      .words = "how far {x} has moved for one of the two",
      .formula = "x_ij(t) = max over a in {i, j} of |f(z_a(t)) - f(z_a(then))|, cut to cap; f and then as for change",
      .unit = "the attribute's own, or log",
      .scope = "dyad",
      .source = "Leeds & Savun (2007): shifts in power and regime",
      .example = "largest_change(cinc, over=3y, log=0.0001, cap=0.5, missing=0)",
      .arguments = arguments};

  using OfChange::OfChange;

  double operator()(const Memory& memory, const Link& d) const { return largest(memory, d, then(memory, d)); }
  double of_tie(const Memory& memory, TieId tie, const Link& d) const { return largest(memory, d, then(memory, tie)); }
  [[nodiscard]] double largest(const Memory& memory, Dyad d, Time since) const {
    const double mine = std::abs(moved(memory, d.sender, since));
    const double theirs = std::abs(moved(memory, d.receiver, since));
    return std::isnan(mine) || std::isnan(theirs) ? mine + theirs : std::max(mine, theirs);
  }
  [[nodiscard]] Traits traits() const { return traits_in(Scope::dyad); }
};

}  // namespace detente
