// Integration with error control: the pair of Bogacki & Shampine (1989), orders 3 and 2, first same as last.  A linear
// quantity that the right-hand side conserves is conserved to rounding, whatever the tolerance.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace detente {

// Moves x on by `time`; slope(x, dx) writes dx/dt.  The estimated error of a step is at most `tolerance` (absolute, of the
// component where it is largest).  `step` is tried first and left at what to try next.
template <class Slope>
void integrate(std::vector<double>& x, double time, double tolerance, double& step, const Slope& slope) {
  const std::size_t n = x.size();
  std::vector<double> k1(n), k2(n), k3(n), k4(n), y(n);
  const auto combine = [&](double h, double a, double b, double c) {
    for (std::size_t i = 0; i < n; ++i) y[i] = x[i] + h * (a * k1[i] + b * k2[i] + c * k3[i]);
  };
  slope(std::span<const double>(x), std::span<double>(k1));
  for (double left = time; left > 0;) {
    const double h = std::min(step, left);
    combine(h, 0.5, 0, 0);
    slope(std::span<const double>(y), std::span<double>(k2));
    combine(h, 0, 0.75, 0);
    slope(std::span<const double>(y), std::span<double>(k3));
    combine(h, 2.0 / 9, 1.0 / 3, 4.0 / 9);
    slope(std::span<const double>(y), std::span<double>(k4));
    double error = 0;
    for (std::size_t i = 0; i < n; ++i)
      error = std::max(error, std::abs(h * (-5.0 / 72 * k1[i] + k2[i] / 12 + k3[i] / 9 - k4[i] / 8)));
    const double grow = error > 0 ? std::clamp(0.9 * std::cbrt(tolerance / error), 0.2, 5.0) : 5.0;
    if (error <= tolerance || h < 1e-12 * time) {
      x.swap(y);
      k1.swap(k4);
      left = h == left ? 0 : left - h;
      if (h == step || grow < 1) step = h * grow;
    } else {
      step = h * grow;
    }
  }
}

}  // namespace detente
