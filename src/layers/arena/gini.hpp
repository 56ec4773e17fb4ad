// Inequality of access.  Groups of sizes w_g (summing to W) whose people each have x_g >= 0, with mean m:
//
//   G = sum_g sum_h w_g w_h |x_g - x_h| / (2 W^2 m)
//
// 0 when all have the same (or nobody has anything); near 1 when one small group has all.  Gini (1912).
#pragma once

#include <span>

namespace detente {

// `values` and `weights` are of one length, none is negative and some weight is positive.  O(n log n).
[[nodiscard]] double gini(std::span<const double> values, std::span<const double> weights);

}  // namespace detente
