// Newton's steps and what they say when there is no estimate to be had.
#include "estimate/newton.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace detente {
namespace {

// l = -1/2 (theta - centre)' A (theta - centre)
struct Quadratic {
  Eigen::VectorXd centre;
  Eigen::MatrixXd a;
  Likelihood operator()(const Eigen::VectorXd& theta) const {
    const Eigen::VectorXd off = theta - centre;
    return {-0.5 * off.dot(a * off), -a * off, a};
  }
};

Quadratic bowl() {
  Quadratic q{Eigen::Vector2d(3, -2), Eigen::Matrix2d::Zero()};
  q.a << 4, 1, 1, 2;
  return q;
}

const std::vector<std::string>& two_names() {
  static const std::vector<std::string> names{"inertia", "reciprocity"};
  return names;
}

TEST(Newton, a_quadratic_takes_one_step) {
  const Quadratic q = bowl();
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), {});
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_LE(result.iterations, 2);  // the second confirms
  EXPECT_LT((result.estimate - q.centre).norm(), 1e-14);
  EXPECT_LT((result.covariance - q.a.inverse()).norm(), 1e-14);
  EXPECT_TRUE(result.message.empty());
}

TEST(Newton, starts_at_the_maximum_and_stays) {
  const Quadratic q = bowl();
  const NewtonResult result = maximize(q, q.centre, two_names(), {});
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_EQ(result.estimate, q.centre);
}

// The maximum of a quadratic plus a Gaussian prior: (A + P)^-1 (A centre + P mean).
TEST(Newton, a_prior_pulls_as_ridge_says) {
  const Quadratic q = bowl();
  NewtonOptions options;
  options.prior_mean = {1, 5};
  options.prior_scale = {0.5, 0};  // 0: no prior on the second
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), options);
  Eigen::Matrix2d precision = Eigen::Matrix2d::Zero();
  precision(0, 0) = 4;
  const Eigen::Vector2d expected = (q.a + precision).inverse() * (q.a * q.centre + precision * Eigen::Vector2d(1, 5));
  EXPECT_LT((result.estimate - expected).norm(), 1e-13);
  EXPECT_LT((result.covariance - (q.a + precision).inverse()).norm(), 1e-14);
  EXPECT_NEAR(result.log_likelihood, q(expected).value, 1e-13);  // without the prior
}

TEST(Newton, names_the_combination_that_carries_no_information) {
  Quadratic q{Eigen::Vector3d::Zero(), Eigen::Matrix3d::Zero()};
  q.a << 1, 2, 0, 2, 4, 0, 0, 0, 3;  // 2 x first - second is flat
  const NewtonResult result = maximize(q, Eigen::Vector3d::Zero(), {"a", "b", "c"}, {});
  EXPECT_EQ(result.status, FitStatus::rank_deficient);
  EXPECT_NE(result.message.find("'a'"), std::string::npos) << result.message;
  EXPECT_NE(result.message.find("0.5 x 'b'"), std::string::npos) << result.message;
  EXPECT_EQ(result.message.find("'c'"), std::string::npos) << result.message;
}

TEST(Newton, names_a_constant_effect) {
  Quadratic q{Eigen::Vector2d::Zero(), Eigen::Matrix2d::Zero()};
  q.a(0, 0) = 5;
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), {});
  EXPECT_EQ(result.status, FitStatus::rank_deficient);
  EXPECT_TRUE(result.message.starts_with("'reciprocity' is the same for every choice at risk")) << result.message;
}

TEST(Newton, a_prior_informs_what_the_record_does_not) {
  Quadratic q{Eigen::Vector2d(2, 0), Eigen::Matrix2d::Zero()};
  q.a(0, 0) = 5;
  NewtonOptions options;
  options.prior_scale = {2, 2};
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), options);
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_NEAR(result.estimate(1), 0, 1e-14);
  EXPECT_NEAR(result.covariance(1, 1), 4, 1e-14);
}

// l = n (theta - log(1 + e^theta)): every choice fell on one side.
TEST(Newton, separation_is_named) {
  for (const double n : {10.0, 1000.0})
    for (const double rare : {1.0, 20.0}) {  // odds against at theta = 0
      const LikelihoodFunction all_on_one_side = [&](const Eigen::VectorXd& theta) {
        const double p = 1 / (1 + rare * std::exp(-theta(0)));
        return Likelihood{n * std::log(p), Eigen::VectorXd::Constant(1, n * (1 - p)),
                          Eigen::MatrixXd::Constant(1, 1, n * p * (1 - p))};
      };
      NewtonOptions options;
      const NewtonResult result = maximize(all_on_one_side, Eigen::VectorXd::Zero(1), {"same"}, options);
      EXPECT_EQ(result.status, FitStatus::separated)
          << n << " events, " << rare << ": " << to_string(result.status) << " at " << result.estimate(0);
      EXPECT_NE(result.message.find("'same' separates"), std::string::npos);
    }
}

TEST(Newton, a_prior_keeps_a_separated_effect_finite) {
  const LikelihoodFunction all_on_one_side = [](const Eigen::VectorXd& theta) {
    const double p = 1 / (1 + std::exp(-theta(0)));
    return Likelihood{20 * std::log(p), Eigen::VectorXd::Constant(1, 20 * (1 - p)),
                      Eigen::MatrixXd::Constant(1, 1, 20 * p * (1 - p))};
  };
  NewtonOptions options;
  options.prior_scale = {1};
  const NewtonResult result = maximize(all_on_one_side, Eigen::VectorXd::Zero(1), {"same"}, options);
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_NEAR(result.estimate(0), 20 / (1 + std::exp(result.estimate(0))), 1e-9);
}

TEST(Newton, too_few_iterations_is_a_status) {
  const LikelihoodFunction poisson = [](const Eigen::VectorXd& theta) {
    const double expected = std::exp(theta(0));
    return Likelihood{100 * theta(0) - expected, Eigen::VectorXd::Constant(1, 100 - expected),
                      Eigen::MatrixXd::Constant(1, 1, expected)};
  };
  NewtonOptions options;
  options.max_iterations = 2;
  const NewtonResult result = maximize(poisson, Eigen::VectorXd::Zero(1), {"x"}, options);
  EXPECT_EQ(result.status, FitStatus::not_converged);
  EXPECT_EQ(result.message, "no convergence after 2 iterations");
  EXPECT_EQ(to_string(result.status), "not-converged");
  options.max_iterations = 100;
  const NewtonResult enough = maximize(poisson, Eigen::VectorXd::Zero(1), {"x"}, options);
  EXPECT_EQ(enough.status, FitStatus::converged);
  EXPECT_NEAR(enough.estimate(0), std::log(100), 1e-12);
}

TEST(Newton, nothing_to_estimate_has_converged) {
  const LikelihoodFunction constant = [](const Eigen::VectorXd&) {
    return Likelihood{-3, Eigen::VectorXd(0), Eigen::MatrixXd(0, 0)};
  };
  const NewtonResult result = maximize(constant, Eigen::VectorXd(0), {}, {});
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_EQ(result.log_likelihood, -3);
}

}  // namespace
}  // namespace detente
