// A statistic less its mean over the dyads at one time, divided by their standard deviation (that of a sample).  Where all
// are alike, nothing is claimed.
#pragma once

#include <cmath>

#include "elsewhere_definitions.hpp"

namespace detente::elsewhere {

template <Definition statistic>
double standardized(const Past& past, std::size_t i, std::size_t j) {
  double number = 0;
  double sum = 0;
  for (std::size_t a = 0; a < past.n(); ++a)
    for (std::size_t b = 0; b < past.n(); ++b)
      if (a != b && (past.world.directed || a < b)) {
        number += 1;
        sum += statistic(past, a, b);
      }
  const double mean = sum / number;
  double squares = 0;
  for (std::size_t a = 0; a < past.n(); ++a)
    for (std::size_t b = 0; b < past.n(); ++b)
      if (a != b && (past.world.directed || a < b)) squares += std::pow(statistic(past, a, b) - mean, 2);
  const double deviation = std::sqrt(squares / (number - 1));
  return deviation > 1e-12 ? (statistic(past, i, j) - mean) / deviation : no_claim;
}

}  // namespace detente::elsewhere
