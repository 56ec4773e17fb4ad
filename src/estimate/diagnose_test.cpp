// Diagnostics of fits: what they say of small records, by closed forms and by other ways to the same number.
#include "estimate/diagnose.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "estimate/test_models.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::diagnose_test {

using test::lively;
using test::model_of;

constexpr double chi2_95 = 3.841458820694124;

ModelSpec end_model(const std::string& formula) {
  ModelSpec spec = reference::make_model({.kind = HazardKind::end, .tick = 1});
  spec.hazards.front().formula.text = formula;
  spec.hazards.front().age_cuts = {};
  spec.hazards.front().endings = {"rupture"};
  return spec;
}

HazardFit diagnosed(const Record& record, const ModelSpec& spec, const DiagnosticOptions& wanted,
                    const FitOptions& options = {}) {
  const Model model = bind_model(spec, record);
  Fit result = fit(record, model, options);
  diagnose(record, model, options, wanted, result);
  return result.hazards.front();
}

DiagnosticOptions profiles() { return {.level = 0.95, .profile_all = true, .profile = {}}; }

// No effect: 2 (n log(n / expected) - n + expected) = chi2 at both ends of the interval of the rate.
TEST(Diagnose, profile_of_a_constant_rate_is_that_of_poisson) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  for (const Time time : {1.0, 2.5, 4.0, 4.5}) record.events.push_back({time, 0, 1, 1, 0, Precision::number, 0, 0});
  const HazardFit fit = diagnosed(record, model_of("", Timing::exact), profiles(), {.until = 5});
  ASSERT_EQ(fit.profile.size(), 1U);
  EXPECT_NEAR(fit.newton.estimate(0), std::log(4.0 / 30), 1e-9);
  for (const double end : {fit.profile[0].low, fit.profile[0].high}) {
    const double expected = 30 * std::exp(end);
    EXPECT_NEAR(2 * (4 * std::log(4 / expected) - 4 + expected), chi2_95, 1e-4);
  }
}

TEST(Diagnose, profile_of_a_constant_rate_of_endings_is_that_of_poisson) {
  const Record record = reference::make_record({.seed = 3, .actors = 8, .events = 10, .ties = 60, .passages = false});
  const HazardFit fit = diagnosed(record, end_model(""), profiles());
  ASSERT_EQ(fit.newton.status, FitStatus::converged);
  const auto n = static_cast<double>(fit.events);
  const double exposure = n / std::exp(fit.newton.estimate(0));
  for (const double end : {fit.profile[0].low, fit.profile[0].high})
    EXPECT_NEAR(2 * (n * std::log(n / (exposure * std::exp(end))) - n + exposure * std::exp(end)), chi2_95, 1e-4);
}

TEST(Diagnose, profiles_end_where_the_likelihood_ratio_says) {
  const Record record = lively();
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const ModelSpec spec = model_of("log1p(inertia) + reciprocity(goodwill) + same(kind)", timing);
    const HazardFit fit = diagnosed(record, spec, profiles());
    const Model model = bind_model(spec, record);
    const TieLikelihood likelihood(record, model, model.hazards.front(), {});
    ASSERT_EQ(fit.profile.size(), fit.names.size());
    for (const ProfileInterval& one : fit.profile)
      for (const double end : {one.low, one.high}) {
        NewtonOptions options;
        options.fixed.assign(fit.names.size(), false);
        options.fixed[one.coefficient] = true;
        Eigen::VectorXd start = likelihood.start();
        start(static_cast<Eigen::Index>(one.coefficient)) = end;
        const NewtonResult best =
            maximize([&](const Eigen::VectorXd& theta) { return likelihood(theta); }, start, fit.names, options);
        EXPECT_NEAR(2 * (fit.newton.log_likelihood - best.log_likelihood), chi2_95, 1e-4) << fit.names[one.coefficient];
      }
  }
}

// What the guide says of its cost.
TEST(Diagnose, a_profile_takes_about_twenty_passes) {
  const Record record = lively();
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const ModelSpec spec = model_of("log1p(inertia) + reciprocity(goodwill) + same(kind)", timing);
    const Model model = bind_model(spec, record);
    const TieLikelihood likelihood(record, model, model.hazards.front(), {});
    int passes = 0;
    const LikelihoodFunction counted = [&](const Eigen::VectorXd& theta) {
      ++passes;
      return likelihood(theta);
    };
    const NewtonResult fit = maximize(counted, likelihood.start(), likelihood.names(), {});
    for (std::size_t p = 0; p < likelihood.names().size(); ++p) {
      passes = 0;
      (void)profile_interval(counted, likelihood.names(), fit, p, {});
      EXPECT_LT(passes, 30) << likelihood.names()[p];
    }
  }
}

TEST(Diagnose, the_profile_of_an_effect_that_separates_has_one_side) {
  Record record = reference::make_record({.seed = 3, .actors = 6, .events = 60, .ties = 0, .passages = false});
  for (std::size_t i = 0; i < 6; ++i) record.actors[i].kind = i < 2 ? "leader" : "public";
  for (Event& e : record.events) {
    e.sender = e.sender % 2;
    if (e.receiver == e.sender) e.receiver = 5;
  }
  const HazardFit fit = diagnosed(record, model_of("send(kind=leader)"), {.profile = {"send(kind=leader)"}});
  ASSERT_EQ(fit.newton.status, FitStatus::separated);
  ASSERT_EQ(fit.profile.size(), 1U);
  EXPECT_EQ(fit.profile[0].high, std::numeric_limits<double>::infinity());
  EXPECT_NEAR(120 * std::log1p(2 * std::exp(-fit.profile[0].low)), chi2_95, 1e-4);  // 10 dyads of leaders, 20 of others
}

// Every event its own cluster: with s_k = x_k - mean, the sandwich from the dense oracle one event at a time.
TEST(Diagnose, robust_covariance_is_the_sandwich) {
  const Record record = lively();
  const ModelSpec spec = model_of("log1p(inertia) + reciprocity(goodwill)");
  const HazardFit fit = diagnosed(record, spec, {.profile = {}, .robust = true});
  const Model model = bind_model(spec, record);
  const reference::NaiveTerms terms(spec.hazards.front().formula.text, model.memory.traces);
  Eigen::Matrix2d meat = Eigen::Matrix2d::Zero();
  for (const Event& event : record.events) {
    const reference::History history = reference::before_events(record, event.time, model.memory.tick.length());
    const Eigen::MatrixXd m = reference::dense_moments(terms, history, fit.newton.estimate);
    const Eigen::Vector2d s = terms(history, event.sender, event.receiver) - m.col(0).tail(2) / m(0, 0);
    meat += s * s.transpose();
  }
  ASSERT_TRUE(fit.robust_covariance);
  const Eigen::MatrixXd expected = fit.newton.covariance * meat * fit.newton.covariance;
  EXPECT_LT((*fit.robust_covariance - expected).norm(), 1e-8 * expected.norm());
}

// One rate and n ties: the variance of log(rate) is sum (d - rate T)^2 / n^2.
TEST(Diagnose, robust_covariance_of_endings_has_a_score_for_each_tie) {
  const Record record = reference::make_record({.seed = 3, .actors = 8, .events = 10, .ties = 60, .passages = false});
  const ModelSpec spec = end_model("");
  const HazardFit fit = diagnosed(record, spec, {.profile = {}, .robust = true, .residuals = true});
  double sum = 0;
  for (const TieFit& tie : fit.explanation->ties) sum += std::pow(tie.martingale_residual(), 2);
  EXPECT_NEAR((*fit.robust_covariance)(0, 0), sum / std::pow(static_cast<double>(fit.events), 2), 1e-6);
}

TEST(Diagnose, gains_add_up_to_the_rise_of_the_likelihood) {
  const Record record = lively();
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const ModelSpec spec = model_of("log1p(inertia) + reciprocity(goodwill) + same(kind)", timing);
    const HazardFit fit = diagnosed(record, spec, {.profile = {}, .residuals = true});
    const HazardFit constant = diagnosed(record, model_of("", timing), {});
    const double none = timing == Timing::exact ? constant.newton.log_likelihood : -200 * std::log(6 * 5);
    ASSERT_TRUE(fit.explanation);
    const std::vector<double>& gain = fit.explanation->gain;
    EXPECT_NEAR(std::accumulate(gain.begin(), gain.end(), 0.0), fit.newton.log_likelihood - none, 1e-6);
  }
}

TEST(Diagnose, gains_of_endings_add_up_too) {
  const Record record = reference::make_record({.seed = 3, .actors = 8, .events = 60, .ties = 60, .passages = false});
  const HazardFit fit =
      diagnosed(record, end_model("log1p(inertia(grievance)) + same(kind)"), {.profile = {}, .residuals = true});
  const HazardFit constant = diagnosed(record, end_model(""), {});
  ASSERT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
  const std::vector<double>& gain = fit.explanation->gain;
  EXPECT_EQ(gain[0], 0);
  EXPECT_NEAR(std::accumulate(gain.begin(), gain.end(), 0.0),
              fit.newton.log_likelihood - constant.newton.log_likelihood, 1e-5);
}

TEST(Diagnose, the_least_expected_events_are_listed_with_what_spoke_against_them) {
  const Record record = lively();
  const HazardFit fit =
      diagnosed(record, model_of("log1p(inertia) + reciprocity(goodwill)"), {.profile = {}, .residuals = true});
  const Explanation& found = *fit.explanation;
  ASSERT_EQ(found.events.size(), 200U);
  ASSERT_EQ(found.outliers.size(), 5U);
  double bound = -std::numeric_limits<double>::infinity();
  for (const Outlier& one : found.outliers) {
    const EventFit& event = found.events[one.place];
    EXPECT_GE(event.log_probability, bound);
    bound = event.log_probability;
    for (const Against& against : one.against) {
      const auto p = static_cast<Eigen::Index>(against.coefficient);
      EXPECT_LT(against.contribution, 0);
      EXPECT_DOUBLE_EQ(against.contribution, fit.newton.estimate(p) * (event.x(p) - event.mean(p)));
    }
  }
  double sum = 0;
  for (const EventFit& event : found.events) sum += event.log_probability;
  EXPECT_NEAR(sum, fit.newton.log_likelihood, 1e-8);
  for (std::size_t k = 1; k < 4; ++k) EXPECT_GE(found.recall[k], found.recall[k - 1]);
  EXPECT_LT(found.mean_rank, 0.5 + 0.1);
}

TEST(Diagnose, a_coefficient_that_is_not_there_is_an_error) {
  const Record record = lively();
  const Model model = bind_model(model_of("inertia + reciprocity", Timing::exact), record);
  EXPECT_NO_THROW(check_profile_names(model, record, {"baseline", "inertia"}));
  try {
    check_profile_names(model, record, {"reciprocty"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.problem().what, "there is no coefficient 'reciprocty' to profile");
    EXPECT_EQ(error.problem().hint, "did you mean 'reciprocity'?");
  }
}

TEST(Diagnose, a_hazard_without_an_estimate_is_passed_over) {
  const Record record = reference::make_record({.actors = 3, .events = 0, .ties = 0});
  const HazardFit fit =
      diagnosed(record, model_of("inertia"),
                {.level = 0.9, .profile_all = true, .profile = {}, .robust = true, .residuals = true});
  EXPECT_TRUE(fit.profile.empty());
  EXPECT_FALSE(fit.robust_covariance);
  EXPECT_FALSE(fit.explanation);
}

}  // namespace detente::diagnose_test
