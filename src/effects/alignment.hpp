// Whether the vectors of the two point the same way.  x_ij(t) = z_i(t) z_j(t) / (|z_i(t)| |z_j(t)|).
#pragma once

#include <array>
#include <cmath>

#include "effects/vectors.hpp"

namespace detente {

struct Alignment : OfVectors {
  static constexpr std::array arguments{vector_argument, missing_argument};
  static constexpr EffectDoc doc{.name = "alignment",
                                 .summary = "Whether the vectors of the two point the same way.",
                                 .words = "how far the two point the same way in {x}",
                                 .formula = "x_ij(t) = z_i(t) z_j(t) / (|z_i(t)| |z_j(t)|); 0 if one is zero",
                                 .unit = "-1 to 1, the cosine of their angle",
                                 .scope = "dyad",
                                 .source = "after the projection model of Hoff, Raftery & Handcock (2002)",
                                 .example = "alignment(view)",
                                 .arguments = arguments};

  using OfVectors::OfVectors;

  double operator()(const Memory& memory, const Link& d) const {
    const double both = sum(memory, d, [](double a, double b) { return a * b; });
    if (std::isnan(both)) return both;
    const double lengths = std::sqrt(sum(memory, d, [](double a, double) { return a * a; })) *
                           std::sqrt(sum(memory, d, [](double, double b) { return b * b; }));
    return lengths > 0 ? both / lengths : 0;
  }
};

}  // namespace detente
