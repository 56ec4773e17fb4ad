// Newton's steps and what they say when there is no estimate to be had.
#include "estimate/newton.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace detente::newton_test {

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
  EXPECT_EQ(result.message,
            "'b' = 2 x 'a' on every dyad at risk (but for what is the same for all of them): together they say nothing "
            "more; remove 'b' or give a prior");
}

TEST(Newton, names_a_constant_effect) {
  Quadratic q{Eigen::Vector2d::Zero(), Eigen::Matrix2d::Zero()};
  q.a(0, 0) = 5;
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), {});
  EXPECT_EQ(result.status, FitStatus::rank_deficient);
  EXPECT_TRUE(result.message.starts_with("'reciprocity' is the same for every dyad at risk")) << result.message;
}

TEST(Newton, a_prior_of_coefficients_together_pulls_as_ridge_says) {
  const Quadratic q = bowl();
  NewtonOptions options;
  options.prior_scale = {2, 0};
  Eigen::Matrix2d joint;
  joint << 3, -1, -1, 2;
  const Eigen::Vector2d mean(0.5, 4);
  options.prior = GaussianPrior{mean, joint};
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), options);
  Eigen::Matrix2d precision = q.a + joint;
  precision(0, 0) += 0.25;
  const Eigen::Vector2d expected = precision.inverse() * (q.a * q.centre + joint * mean);
  EXPECT_LT((result.estimate - expected).norm(), 1e-12);
  EXPECT_LT((result.covariance - Eigen::Matrix2d(precision.inverse())).norm(), 1e-12);
  const Eigen::Vector2d off = expected - mean;
  EXPECT_NEAR(result.objective, q(expected).value - 0.125 * expected(0) * expected(0) - 0.5 * off.dot(joint * off),
              1e-12);

  // Held at its best, the other finds its own, and the objective is the same.
  options.fixed = {true, false};
  const NewtonResult held = maximize(q, Eigen::Vector2d(expected(0), 0), two_names(), options);
  EXPECT_NEAR(held.estimate(1), expected(1), 1e-12);
  EXPECT_NEAR(held.objective, result.objective, 1e-12);
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
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings.front(),
            "only the prior says anything: 'reciprocity' is the same for every dyad at risk: the record says nothing "
            "about it; "
            "remove it");
}

// Minus the Hessian of a quadratic whose covariates are `x`, a row each.
Quadratic flat_where(const Eigen::MatrixXd& x) { return {Eigen::VectorXd::Zero(x.cols()), x.transpose() * x}; }

TEST(Newton, a_combination_is_named_with_its_coefficients_and_the_effect_to_drop) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(40, 5);
  x.col(2) = 2 * x.col(0) - 0.5 * x.col(1);
  x.col(4) = 1000 * x.col(3);
  const NewtonResult result = maximize(flat_where(x), Eigen::VectorXd::Zero(5), {"a", "b", "c", "d", "e"}, {});
  EXPECT_EQ(result.status, FitStatus::rank_deficient);
  EXPECT_NE(result.message.find("'c' = 2 x 'a' - 0.5 x 'b' on every dyad at risk"), std::string::npos)
      << result.message;
  EXPECT_NE(result.message.find("; 'e' = 1000 x 'd' on every dyad"), std::string::npos) << result.message;
}

TEST(Newton, beside_a_baseline_a_constant_is_named_with_its_value) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(40, 4);
  x.col(0).setOnes();
  x.col(1).setConstant(7.25);
  x.col(3) = x.col(2).array() + 3;
  NewtonOptions options;
  options.unit = "tie";
  const NewtonResult result =
      maximize(flat_where(x), Eigen::VectorXd::Zero(4), {"baseline", "old", "warm", "warmer"}, options);
  EXPECT_EQ(result.status, FitStatus::rank_deficient);
  EXPECT_EQ(
      result.message,
      "'old' = 7.25 for every tie at risk: the baseline says all that it could; remove it; "
      "'warmer' = 3 + 'warm' on every tie at risk: together they say nothing more; remove 'warmer' or give a prior");
}

// A spread of 1 around 100,000 is lost where squares are summed.
TEST(Newton, what_varies_little_around_a_large_value_is_to_be_taken_from_there) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(40, 2);
  x.col(0).setOnes();
  x.col(1).array() += 1e5;
  const NewtonResult result = maximize(flat_where(x), Eigen::VectorXd::Zero(2), {"baseline", "size"}, {});
  EXPECT_EQ(result.status, FitStatus::rank_deficient);
  EXPECT_EQ(result.message,
            "'size' = 1e+05 for every dyad at risk: the baseline says all that it could; remove it, or subtract that "
            "first where it varies a little");
}

TEST(Newton, effects_that_say_nearly_the_same_are_warned_of) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Random(40, 4);
  x.col(0).setOnes();
  x.col(3) = x.col(1) + 0.01 * x.col(3);
  x.col(2).array() += 5000;  // far from zero, which the baseline takes up: no fault of the effect
  const NewtonResult result = maximize(flat_where(x), Eigen::VectorXd::Zero(4), {"baseline", "a", "year", "b"}, {});
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_GT(result.condition_number, 1e4);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_TRUE(result.warnings[0].starts_with("'a' and 'b' say nearly the same (condition number "))
      << result.warnings[0];
}

TEST(Newton, what_is_fixed_stays_and_the_others_are_the_best_beside_it) {
  const Quadratic q = bowl();
  NewtonOptions options;
  options.fixed = {true, false};
  const NewtonResult result = maximize(q, Eigen::Vector2d(1, 0), two_names(), options);
  EXPECT_EQ(result.status, FitStatus::converged);
  EXPECT_EQ(result.estimate(0), 1);
  EXPECT_NEAR(result.estimate(1), q.centre(1) - q.a(1, 0) * (1 - q.centre(0)) / q.a(1, 1), 1e-14);
  EXPECT_EQ(result.covariance(0, 0), 0);
  EXPECT_NEAR(result.covariance(1, 1), 1 / q.a(1, 1), 1e-14);
}

TEST(Newton, steps_are_told) {
  const Quadratic q = bowl();
  const NewtonResult result = maximize(q, Eigen::Vector2d::Zero(), two_names(), {});
  ASSERT_EQ(result.steps.size(), 2U);
  EXPECT_EQ(result.steps[0].estimate, Eigen::VectorXd(Eigen::Vector2d::Zero()));
  EXPECT_EQ(result.steps[0].length, 1);
  EXPECT_NEAR(result.steps[0].decrement, 2 * (0 - q(Eigen::Vector2d::Zero()).value), 1e-12);
  EXPECT_LT(result.steps[1].decrement, 1e-10);
}

// A choice among two dyads whose counts grow into the hundreds, by the one that is ahead three times in four: from 0 a
// whole step overshoots by far.
TEST(Newton, raw_counts_do_not_run_away) {
  std::vector<double> lead;
  for (int k = 1; k <= 400; ++k) lead.push_back(k % 4 == 0 ? -0.01 * k : 2.0 * k);
  for (int k = 0; k < 5; ++k) lead.push_back(-900);
  const LikelihoodFunction choices = [&](const Eigen::VectorXd& theta) {
    Likelihood sum{0, Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Zero(1, 1)};
    for (const double x : lead) {
      const double p = 1 / (1 + std::exp(-theta(0) * x));
      sum.value += std::log(p);
      sum.gradient(0) += x * (1 - p);
      sum.information(0, 0) += x * x * p * (1 - p);
    }
    return sum;
  };
  NewtonOptions guarded;
  guarded.observed = [] { return Eigen::MatrixXd::Constant(1, 1, 900); };
  for (const double start : {0.0, 0.3, -0.3}) {
    const NewtonResult result = maximize(choices, Eigen::VectorXd::Constant(1, start), {"inertia"}, guarded);
    EXPECT_EQ(result.status, FitStatus::converged) << start << ": " << result.message;
    EXPECT_LT(std::abs(choices(result.estimate).gradient(0)) * std::sqrt(result.covariance(0, 0)), 1e-4) << start;
    EXPECT_LT(result.evaluations, 60) << start;
  }
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
      ASSERT_TRUE(result.run_away);
      EXPECT_EQ(result.run_away->direction, 1);
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

}  // namespace detente::newton_test
