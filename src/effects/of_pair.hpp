// A number of the two, from pairs.csv: trade, distance, or a statistic that was computed elsewhere.  x_ij(t) = z_ij(t), the
// latest number known by t; with `both`, the mean of z_ij and z_ji, or the one of them that is known.
#pragma once

#include <array>
#include <cmath>

#include "effects/arguments.hpp"

namespace detente {

struct OfPair {
  static constexpr std::array arguments{
      ArgumentDoc{"attribute", Argument::pair_attribute, "", "an attribute of pairs.csv"}, missing_argument,
      ArgumentDoc{"both", Argument::flag, "", "the mean of both directions, or the one that is known"}};
  static constexpr EffectDoc doc{.name = "of_pair",
                                 .summary = "A number that pairs.csv gives of the two.",
                                 .words = "'{x}' between the two",
                                 .formula = "x_ij(t) = z_ij(t); with both: the mean of z_ij(t) and z_ji(t)",
                                 .unit = "the attribute's own",
                                 .scope = "dyad",
                                 .source = "Butts (2008), section 2.2, on covariates of pairs",
                                 .example = "of_pair(distance)",
                                 .arguments = arguments};

  explicit OfPair(const Arguments& given)
      : attribute(given.pair_attribute("attribute")),
        missing(given.plain_number("missing")),
        both(given.flag("both")) {}

  double operator()(const Memory& memory, const Link& d) const {
    const PairBook& book = memory.pair_values();
    const double there = book.value(attribute, d);
    const double back = both ? book.value(attribute, reversed(d)) : there;
    const double value = std::isnan(there) ? back : std::isnan(back) ? there : 0.5 * (there + back);
    return std::isnan(value) ? missing : value;
  }
  Traits traits() const {
    return {.scope = Scope::dyad, .sparse = missing == 0, .of_pairs = true, .gaps = std::isnan(missing)};
  }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  PairAttributeId attribute;
  double missing;
  bool both;
};

}  // namespace detente
