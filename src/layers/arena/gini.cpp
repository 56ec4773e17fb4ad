#include "layers/arena/gini.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <vector>

namespace detente {

// In order of x, the double sum is 2 sum_g w_g (x_g W_g - S_g), W_g and S_g the weight and the weighted sum before g.
double gini(std::span<const double> values, std::span<const double> weights) {
  assert(values.size() == weights.size());
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double weight = 0;
  double sum = 0;
  double differences = 0;
  for (const std::size_t g : order) {
    differences += weights[g] * (values[g] * weight - sum);
    weight += weights[g];
    sum += weights[g] * values[g];
  }
  return sum > 0 ? std::max(0.0, differences / (weight * sum)) : 0;
}

}  // namespace detente
