// How far apart the vectors of the two are.  x_ij(t) = sqrt(sum_k (z_ik(t) - z_jk(t))^2).
#pragma once

#include <array>
#include <cmath>

#include "effects/vectors.hpp"

namespace detente {

struct Distance : OfVectors {
  static constexpr std::array arguments{vector_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "distance",
                                 .summary = "How far apart the vectors of the two are.",
                                 .words = "the distance between the two in {x}",
                                 .formula = "x_ij(t) = sqrt(sum_k (z_ik(t) - z_jk(t))^2)",
                                 .unit = "the attributes' own",
                                 .scope = "dyad",
                                 .source = "Hoff, Raftery & Handcock (2002), the distance model, of known positions",
                                 .example = "distance(view)",
                                 .arguments = arguments};

  using OfVectors::OfVectors;

  double operator()(const Memory& memory, const Link& d) const {
    return std::sqrt(sum(memory, d, [](double a, double b) { return (a - b) * (a - b); }));
  }
};

}  // namespace detente
