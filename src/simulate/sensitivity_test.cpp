#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "simulate/sensitivity.hpp"

namespace detente::sensitivity_test {

// Ishigami & Homma (1990), a = 7, b = 0.1: S1 = .3139, S2 = .4424, S3 = 0; totals .5576, .4424, .2437.
std::vector<double> ishigami(const std::vector<double>& point) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2 * point[k] - 1); };
  return {std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0))};
}

TEST(Sensitivity, SobolIndicesOfIshigami) {
  const auto index = sobol(ishigami, 3, 20000, 1).front();
  EXPECT_NEAR(index[0].first, 0.3139, 0.02);
  EXPECT_NEAR(index[1].first, 0.4424, 0.02);
  EXPECT_NEAR(index[2].first, 0, 0.02);
  EXPECT_NEAR(index[0].total, 0.5576, 0.02);
  EXPECT_NEAR(index[1].total, 0.4424, 0.02);
  EXPECT_NEAR(index[2].total, 0.2437, 0.02);
}

TEST(Sensitivity, ElementaryEffectsOfALinearModelAreItsSlopes) {
  const UnitModel linear = [](const std::vector<double>& x) { return std::vector<double>{3 * x[0] - 2 * x[1], x[2]}; };
  const auto effect = morris(linear, 3, 6, 2);
  EXPECT_NEAR(effect[0][0].mean, 3, 1e-12);
  EXPECT_NEAR(effect[0][1].mean, -2, 1e-12);
  EXPECT_NEAR(effect[0][1].absolute, 2, 1e-12);
  EXPECT_NEAR(effect[0][2].absolute, 0, 1e-12);
  EXPECT_NEAR(effect[0][0].spread, 0, 1e-12);
  EXPECT_NEAR(effect[1][2].mean, 1, 1e-12);
}

TEST(Sensitivity, AnInteractionShowsAsSpread) {
  const UnitModel product = [](const std::vector<double>& x) { return std::vector<double>{x[0] * x[1]}; };
  const auto effect = morris(product, 2, 20, 3);
  EXPECT_GT(effect[0][0].spread, 0.1);
}

}  // namespace detente::sensitivity_test
