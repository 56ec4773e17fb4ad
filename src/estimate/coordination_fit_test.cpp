// Fits of who acts together: against the dense oracle, and what is said where there is no estimate.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "estimate/diagnose.hpp"
#include "estimate/test_models.hpp"
#include "hazard/reference/dense.hpp"

namespace detente::coordination_fit_test {

using test::lively;

ModelSpec model_of(const std::string& formula) {
  return test::model_of(formula, {.kind = HazardKind::choice, .directed = false});
}

HazardFit fitted(const Record& record, const ModelSpec& spec) {
  return fit(record, bind_model(spec, record), {}).hazards.front();
}

TEST(CoordinationFit, is_at_the_maximum_with_the_observed_information) {
  const Record record = lively();
  const Model model = bind_model(model_of("log1p(inertia(grievance)) + receive(size) + same(camp)"), record);
  const HazardFit found = fit(record, model, {}).hazards.front();
  ASSERT_EQ(found.newton.status, FitStatus::converged) << found.newton.message;
  const Likelihood dense =
      reference::dense_coordination_likelihood(record, model, model.hazards.front(), {}, found.newton.estimate);
  EXPECT_NEAR(found.newton.log_likelihood, dense.value, 1e-6);
  const Eigen::MatrixXd covariance = dense.information.inverse();
  EXPECT_LT(dense.gradient.dot(covariance * dense.gradient), 1e-10);
  EXPECT_LT((found.newton.covariance - covariance).norm(), 1e-5 * covariance.norm());
  EXPECT_EQ(found.evaluation, "blocked");
  EXPECT_EQ(found.events, 200U);
  EXPECT_EQ(found.mean_at_risk, 15);
  EXPECT_FALSE(found.directed);
}

TEST(CoordinationFit, has_all_diagnostics) {
  const Record record = lively();
  const Model model = bind_model(model_of("log1p(inertia(grievance)) + receive(size)"), record);
  Fit all = fit(record, model, {});
  DiagnosticOptions wanted{.level = 0.95, .profile_all = true, .profile = {}};
  wanted.robust = wanted.residuals = true;
  diagnose(record, model, {}, wanted, all);
  const HazardFit& found = all.hazards.front();
  ASSERT_EQ(found.profile.size(), 2U);
  for (std::size_t p = 0; p < 2; ++p) {
    const double estimate = found.newton.estimate(static_cast<Eigen::Index>(p));
    EXPECT_LT(found.profile[p].low, estimate);
    EXPECT_GT(found.profile[p].high, estimate);
    const double robust = std::sqrt(found.robust_covariance->diagonal()(static_cast<Eigen::Index>(p)));
    EXPECT_GT(robust, found.standard_error(p) / 2);
    EXPECT_LT(robust, found.standard_error(p) * 2);
  }
  ASSERT_TRUE(found.explanation);
  EXPECT_EQ(found.explanation->events.size(), 200U);
  const std::vector<double>& gain = found.explanation->gain;
  EXPECT_NEAR(std::accumulate(gain.begin(), gain.end(), 0.0),
              found.newton.log_likelihood - found.newton.start_log_likelihood, 1e-3);
}

TEST(CoordinationFit, says_when_the_record_tells_nothing) {
  Record record = lively();
  const HazardFit constant = fitted(record, model_of("inertia + ledger"));
  EXPECT_EQ(constant.newton.status, FitStatus::rank_deficient);
  EXPECT_NE(constant.newton.message.find("is the same for every pair at risk"), std::string::npos)
      << constant.newton.message;
  const HazardFit twice = fitted(record, model_of("inertia + reciprocity"));
  EXPECT_EQ(twice.newton.status, FitStatus::rank_deficient);
  record.events.clear();
  EXPECT_EQ(fitted(record, model_of("inertia")).newton.status, FitStatus::no_events);
}

// The same two, always: nothing keeps the estimate finite.
TEST(CoordinationFit, names_what_separates) {
  Record record = lively();
  for (Event& event : record.events) {
    event.sender = 0;
    event.receiver = 1;
  }
  const HazardFit found = fitted(record, model_of("tie(alliance) + log1p(inertia)"));
  EXPECT_EQ(found.newton.status, FitStatus::separated) << found.newton.message;
  EXPECT_NE(found.newton.message.find("separates the events"), std::string::npos) << found.newton.message;
}

}  // namespace detente::coordination_fit_test
