// Profile-likelihood intervals and the distribution they and the comparisons rest on.
#include "estimate/profile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "estimate/chi_square.hpp"

namespace detente::profile_test {

// l = -1/2 (theta - centre)' A (theta - centre)
LikelihoodFunction quadratic(const Eigen::VectorXd& centre, const Eigen::MatrixXd& a) {
  return [=](const Eigen::VectorXd& theta) {
    const Eigen::VectorXd off = theta - centre;
    return Likelihood{-0.5 * off.dot(a * off), -a * off, a};
  };
}

Eigen::MatrixXd tilted() {
  Eigen::MatrixXd a(3, 3);
  a << 4, 1, 0.5, 1, 2, -0.3, 0.5, -0.3, 9;
  return a;
}

// `count` events in `time`: count x - e^x time, x the log of the rate.
LikelihoodFunction poisson(double count, double time) {
  return [=](const Eigen::VectorXd& x) {
    const double expected = time * std::exp(x(0));
    return Likelihood{count * x(0) - expected, Eigen::VectorXd::Constant(1, count - expected),
                      Eigen::MatrixXd::Constant(1, 1, expected)};
  };
}

const std::vector<std::string>& names() {
  static const std::vector<std::string> names{"a", "b", "c"};
  return names;
}

TEST(Profile, of_a_quadratic_is_wald) {
  const LikelihoodFunction l = quadratic(Eigen::Vector3d(1, -2, 0.5), tilted());
  const NewtonResult fit = maximize(l, Eigen::Vector3d::Zero(), names(), {});
  for (const double level : {0.5, 0.95, 0.999})
    for (std::size_t p = 0; p < 3; ++p) {
      const auto k = static_cast<Eigen::Index>(p);
      const double half = normal_quantile_two_sided(level) * std::sqrt(fit.covariance(k, k));
      const ProfileInterval interval = profile_interval(l, names(), fit, p, {.level = level});
      EXPECT_NEAR(interval.low, fit.estimate(k) - half, 1e-5 * half);
      EXPECT_NEAR(interval.high, fit.estimate(k) + half, 1e-5 * half);
    }
}

TEST(Profile, of_a_quadratic_with_a_prior_is_wald) {
  const LikelihoodFunction l = quadratic(Eigen::Vector3d(1, -2, 0.5), tilted());
  ProfileOptions options;
  options.newton.prior_scale = {0.5, 0, 2};
  options.newton.prior_mean = {-1, 0, 0};
  Eigen::Matrix3d joint = Eigen::Matrix3d::Zero();
  joint.topLeftCorner(2, 2) << 2, -1, -1, 3;
  options.newton.prior = GaussianPrior{Eigen::Vector3d(1, 1, 0), joint};
  const NewtonResult fit = maximize(l, Eigen::Vector3d::Zero(), names(), options.newton);
  for (std::size_t p = 0; p < 3; ++p) {
    const auto k = static_cast<Eigen::Index>(p);
    const double half = normal_quantile_two_sided(0.95) * std::sqrt(fit.covariance(k, k));
    const ProfileInterval interval = profile_interval(l, names(), fit, p, options);
    EXPECT_NEAR(interval.low, fit.estimate(k) - half, 1e-5 * half);
    EXPECT_NEAR(interval.high, fit.estimate(k) + half, 1e-5 * half);
  }
}

// 2 (n log(n / (r T)) - n + r T) = chi2 at both ends.
TEST(Profile, of_a_rate_is_the_closed_form) {
  for (const double count : {1.0, 3.0, 50.0}) {
    const LikelihoodFunction l = poisson(count, 20);
    const NewtonResult fit = maximize(l, Eigen::VectorXd::Zero(1), {"baseline"}, {});
    const ProfileInterval interval = profile_interval(l, {"baseline"}, fit, 0, {});
    for (const double end : {interval.low, interval.high}) {
      const double expected = 20 * std::exp(end);
      EXPECT_NEAR(2 * (count * std::log(count / expected) - count + expected), 3.841458820694124, 1e-4);
    }
    EXPECT_LT(interval.low, fit.estimate(0));
    EXPECT_GT(interval.high, fit.estimate(0));
    EXPECT_GT(fit.estimate(0) - interval.low, interval.high - fit.estimate(0));  // a log rate leans down
  }
}

// Every choice fell on one side: the data bound the coefficient below and not above.
TEST(Profile, an_effect_that_separates_is_bounded_on_one_side) {
  const LikelihoodFunction l = [](const Eigen::VectorXd& theta) {
    const double p = 1 / (1 + std::exp(-theta(0)));
    const double q = 1 / (1 + std::exp(theta(0)));
    return Likelihood{20 * std::log(p), Eigen::VectorXd::Constant(1, 20 * q),
                      Eigen::MatrixXd::Constant(1, 1, 20 * p * q)};
  };
  const NewtonResult fit = maximize(l, Eigen::VectorXd::Zero(1), {"same"}, {});
  ASSERT_EQ(fit.status, FitStatus::separated);
  const ProfileInterval interval = profile_interval(l, {"same"}, fit, 0, {});
  EXPECT_EQ(interval.high, std::numeric_limits<double>::infinity());
  EXPECT_NEAR(40 * std::log1p(std::exp(-interval.low)), 3.841458820694124, 1e-4);
}

TEST(ChiSquare, is_the_tables) {
  EXPECT_NEAR(chi_square_above(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_above(5.991464547107979, 2), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_above(18.307038053275146, 10), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_above(124.34211340400407, 100), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_above(0.0039321400000195, 1), 0.95, 1e-9);
  EXPECT_EQ(chi_square_above(0, 3), 1);
  EXPECT_TRUE(std::isnan(chi_square_above(std::nan(""), 3)));
}

// With two degrees e^(-x/2), with one erfc(sqrt(x/2)).
TEST(ChiSquare, is_its_closed_forms) {
  for (const double x : {1e-6, 0.3, 1.0, 2.9, 3.1, 8.0, 60.0, 700.0}) {
    EXPECT_NEAR(chi_square_above(x, 2) / std::exp(-x / 2), 1, 1e-10) << x;
    EXPECT_NEAR(chi_square_above(x, 1) / std::erfc(std::sqrt(x / 2)), 1, 1e-10) << x;
  }
}

}  // namespace detente::profile_test
