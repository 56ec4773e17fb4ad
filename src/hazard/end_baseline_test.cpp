// Baselines of ties that end: their integrals and derivatives by numbers, and published estimates.
#include "hazard/end_baseline.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace detente::end_baseline_test {

using Shape = std::array<double, 2>;

std::span<const double> shape_of(EndBaseline baseline, const Shape& all) {
  return std::span(all).first(shape_names(baseline).size());
}

double log_hazard(EndBaseline baseline, const Shape& shape, double age) {
  return log_baseline(baseline, shape_of(baseline, shape), age).value;
}

double passed(EndBaseline baseline, const Shape& shape, double from, double to) {
  return cumulative_baseline(baseline, shape_of(baseline, shape), from, to).value;
}

class Baselines : public testing::TestWithParam<EndBaseline> {};

TEST_P(Baselines, cumulative_hazard_is_the_integral_of_the_hazard) {
  const Shape shape{0.3, 1.2};
  constexpr int steps = 20'000;
  constexpr double from = 0.4;
  constexpr double to = 9;
  double integral = 0;
  for (int k = 0; k < steps; ++k)
    integral += std::exp(log_hazard(GetParam(), shape, from + (k + 0.5) * (to - from) / steps)) * (to - from) / steps;
  EXPECT_NEAR(passed(GetParam(), shape, from, to), integral, 1e-6);
  EXPECT_NEAR(passed(GetParam(), shape, 0, from) + integral, passed(GetParam(), shape, 0, to), 1e-6);
}

// Central differences of values against gradients, and of gradients against Hessians.
TEST_P(Baselines, derivatives_equal_differences) {
  constexpr double h = 1e-5;
  for (const Shape& shape : {Shape{-0.4, 0.5}, Shape{0.3, 2.0}, Shape{0.0, 0.0}})
    for (std::size_t p = 0; p < shape_names(GetParam()).size(); ++p) {
      Shape above = shape;
      Shape below = shape;
      above[p] += h;
      below[p] -= h;
      const auto at = static_cast<Eigen::Index>(p);
      const auto check = [&](const auto& function) {
        const ShapeValue here = function(shape_of(GetParam(), shape));
        const ShapeValue up = function(shape_of(GetParam(), above));
        const ShapeValue down = function(shape_of(GetParam(), below));
        EXPECT_NEAR(here.gradient(at), (up.value - down.value) / (2 * h), 1e-7);
        EXPECT_LT((here.hessian.col(at) - (up.gradient - down.gradient) / (2 * h)).cwiseAbs().maxCoeff(), 1e-6);
      };
      check([](std::span<const double> s) { return log_baseline(GetParam(), s, 2.5); });
      check([](std::span<const double> s) { return cumulative_baseline(GetParam(), s, 0.7, 4); });
      check([](std::span<const double> s) { return cumulative_baseline(GetParam(), s, 0, 3); });
    }
}

INSTANTIATE_TEST_SUITE_P(all, Baselines, testing::Values(EndBaseline::weibull, EndBaseline::log_logistic));

TEST(EndBaseline, a_log_logistic_hazard_rises_and_falls_when_its_shape_is_above_one) {
  const Shape shape{std::log(2.0), std::log(5.0)};  // peak at s (k - 1)^(1/k) = 5
  const double peak = log_hazard(EndBaseline::log_logistic, shape, 5);
  EXPECT_GT(peak, log_hazard(EndBaseline::log_logistic, shape, 4));
  EXPECT_GT(peak, log_hazard(EndBaseline::log_logistic, shape, 6));
}

TEST(EndBaseline, a_weibull_of_shape_one_is_exponential) {
  EXPECT_DOUBLE_EQ(log_hazard(EndBaseline::weibull, {0, 0}, 7), 0);
  EXPECT_DOUBLE_EQ(passed(EndBaseline::weibull, {0, 0}, 2, 7), 5);
}

}  // namespace detente::end_baseline_test
