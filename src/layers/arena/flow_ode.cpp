#include "layers/arena/flow_ode.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace detente {
namespace {

constexpr int stages = 7;
constexpr double at[stages] = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
constexpr double weights[stages][stages - 1] = {
    {0, 0, 0, 0, 0, 0},
    {1.0 / 5, 0, 0, 0, 0, 0},
    {3.0 / 40, 9.0 / 40, 0, 0, 0, 0},
    {44.0 / 45, -56.0 / 15, 32.0 / 9, 0, 0, 0},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729, 0, 0},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656, 0},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}};
// Fifth order less fourth.
constexpr double errors[stages] = {71.0 / 57600,      0,          -71.0 / 16695, 71.0 / 1920,
                                   -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

}  // namespace

Eigen::VectorXd integrate_ode(const OdeRate& rate, Eigen::VectorXd y, double length, double tolerance) {
  double t = 0;
  double h = length;
  const double shortest = 1e-9 * length;  // at a kink the error need not fall; a step is then too short to matter
  std::array<Eigen::VectorXd, stages> k;
  while (t < length) {
    const bool last = h >= length - t;
    if (last) h = length - t;
    Eigen::VectorXd next = y;
    for (std::size_t i = 0; i < stages; ++i) {
      next = y;
      for (std::size_t j = 0; j < i; ++j) next += h * weights[i][j] * k[j];
      k[i] = rate(t + at[i] * h, next);
    }
    Eigen::VectorXd error = Eigen::VectorXd::Zero(y.size());
    for (std::size_t i = 0; i < stages; ++i) error += h * errors[i] * k[i];
    const double worst = (error.array().abs() / (tolerance * (1 + y.array().abs().max(next.array().abs())))).maxCoeff();
    const bool stuck = h <= shortest;
    if (worst <= 1 || stuck) {
      t = last ? length : t + h;
      y = std::move(next);
    }
    if (stuck && !y.allFinite()) return y;  // out of the range of numbers
    const double factor = std::isfinite(worst) ? 0.9 * std::pow(std::max(worst, 1e-10), -0.2) : 0.2;
    h = std::max(shortest, h * std::clamp(factor, 0.2, 5.0));
  }
  return y;
}

}  // namespace detente
