// Quantiles of a sample, between its values by a straight line (type 7 of Hyndman & Fan 1996).
#pragma once

#include <algorithm>
#include <span>

namespace detente {

// `sorted` in ascending order and not empty; `share` in [0, 1].
[[nodiscard]] inline double quantile(std::span<const double> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace detente
