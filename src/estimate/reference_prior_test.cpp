// Priors from a reference class: what is matched with what, how much it weighs, and what the fit makes of it.
#include "estimate/reference_prior.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"
#include "estimate/fit.hpp"
#include "estimate/test_models.hpp"
#include "hazard/reference/dense.hpp"

namespace detente::reference_prior_test {

using test::model_of;

Fit fit_of(const Record& record, const ModelSpec& spec, const FitOptions& options = {}) {
  return fit(record, bind_model(spec, record), options);
}

ReferencePrior prior_of(const Record& record, const ModelSpec& spec) {
  return make_reference(fit_of(record, spec), spec, record.clock);
}

HazardFit fit_with(const Record& record, const ModelSpec& spec, const ReferencePrior& prior, double discount) {
  FitOptions options;
  options.reference = match_reference(prior, spec, record.clock, discount);
  return fit_of(record, spec, options).hazards.front();
}

const char* formula = "log1p(inertia) + reciprocity(goodwill) + same(kind)";

// The record's own fit as its prior, in full: the same estimate, known twice over.  With waiting times the baseline is not
// carried over and must be profiled out of the prior for this to hold.
TEST(ReferencePrior, of_the_record_itself_halves_variances) {
  const Record record = test::lively(8);
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const ModelSpec spec = model_of(formula, timing);
    const HazardFit plain = fit_of(record, spec).hazards.front();
    const HazardFit with = fit_with(record, spec, prior_of(record, spec), 1);
    ASSERT_TRUE(with.reference);
    EXPECT_EQ(with.reference->weight, 1);
    EXPECT_LT((with.newton.estimate - plain.newton.estimate).norm(), 1e-6);
    for (const ReferenceUse::Effect& effect : with.reference->effects) {
      const auto p = static_cast<Eigen::Index>(effect.coefficient);
      EXPECT_NEAR(with.newton.covariance(p, p) / plain.newton.covariance(p, p), 0.5, 1e-6);
      EXPECT_NEAR(effect.share, 0.5, 1e-6);
      EXPECT_NEAR(effect.mean, plain.newton.estimate(p), 1e-9);
      EXPECT_NEAR(effect.deviation, plain.standard_error(effect.coefficient), 1e-6);
      EXPECT_NEAR(effect.without, plain.newton.estimate(p), 1e-6);
      EXPECT_NEAR(effect.without_error, plain.standard_error(effect.coefficient), 1e-6);
    }
  }
}

// gradient of l - (theta - b)' w I (theta - b) / 2 - theta' theta / (2 sd^2) = 0, with the dense likelihood's gradient.
TEST(ReferencePrior, is_added_to_the_likelihood_and_to_the_models_own_prior) {
  const Record large = test::lively(3, 400);
  const Record small = test::lively(8, 120);
  ModelSpec spec = model_of(formula);
  const Fit reference = fit_of(large, spec);
  spec.hazards.front().prior_scale = 2;
  const double discount = 0.3;
  const HazardFit with = fit_with(small, spec, make_reference(reference, spec, large.clock), discount);
  ASSERT_EQ(with.newton.status, FitStatus::converged);
  const HazardFit& big = reference.hazards.front();
  const double weight = discount * static_cast<double>(with.events) / static_cast<double>(big.events);
  ASSERT_LT(with.events, big.events);
  EXPECT_NEAR(with.reference->weight, weight, 1e-15);
  const Eigen::MatrixXd information = weight * big.newton.covariance.inverse();
  const Model model = bind_model(spec, small);
  const Eigen::VectorXd& theta = with.newton.estimate;
  const Likelihood dense = reference::dense_tie_likelihood(small, model, model.hazards.front(), {}, theta);
  const Eigen::VectorXd gradient = dense.gradient - information * (theta - big.newton.estimate) - theta / 4;
  for (Eigen::Index p = 0; p < theta.size(); ++p)
    EXPECT_LT(std::abs(gradient(p)) * with.standard_error(static_cast<std::size_t>(p)), 1e-6);
}

TEST(ReferencePrior, weighs_no_more_than_the_discount_where_the_record_is_larger) {
  const ModelSpec spec = model_of(formula);
  const HazardFit with = fit_with(test::lively(3, 400), spec, prior_of(test::lively(8, 120), spec), 0.5);
  EXPECT_EQ(with.reference->weight, 0.5);
}

TEST(ReferencePrior, is_nothing_at_a_discount_near_zero) {
  const ModelSpec spec = model_of(formula);
  const Record record = test::lively(8, 120);
  const HazardFit plain = fit_of(record, spec).hazards.front();
  const HazardFit with = fit_with(record, spec, prior_of(test::lively(3, 400), spec), 1e-9);
  EXPECT_LT((with.newton.estimate - plain.newton.estimate).norm(), 1e-6);
  for (const ReferenceUse::Effect& effect : with.reference->effects) EXPECT_NEAR(effect.share, 0, 1e-6);
}

// The Schur complement of what is left out: its block of the inverse, inverted.
TEST(ReferencePrior, profiles_out_the_effects_that_are_not_in_the_model) {
  const Record large = test::lively(3, 400);
  const ModelSpec whole = model_of(formula);
  const ModelSpec part = model_of("same(kind) + log1p(inertia) + otp");
  const Fit reference = fit_of(large, whole);
  const auto matched = match_reference(make_reference(reference, whole, large.clock), part, large.clock, 1).front();
  EXPECT_EQ(matched.names, (std::vector<std::string>{"same(kind)", "log1p(inertia)"}));
  EXPECT_EQ(matched.unmatched, std::vector<std::string>{"otp"});
  EXPECT_EQ(matched.unused, std::vector<std::string>{"reciprocity(goodwill)"});
  EXPECT_EQ(unmatched_note(matched),
            "the prior says nothing of 'otp'; the model has no counterpart of its 'reciprocity(goodwill)'");
  const Eigen::MatrixXd h = reference.hazards.front().newton.covariance.inverse();  // inertia, reciprocity, same
  const std::vector<Eigen::Index> kept{2, 0};
  const Eigen::MatrixXd schur = h(kept, kept) - h(kept, 1) * h(1, kept) / h(1, 1);
  EXPECT_LT((matched.information - schur).norm(), 1e-9 * schur.norm());
}

TEST(ReferencePrior, matches_traces_by_what_they_remember_not_by_name) {
  const Record record = test::lively(8);
  const ReferencePrior prior = prior_of(record, model_of("reciprocity(goodwill) + log1p(inertia(all))"));
  ModelSpec renamed = model_of("log1p(inertia) + reciprocity(trace=kindness)");
  for (TraceText& trace : renamed.traces)
    if (trace.name == "goodwill") {
      trace.name = "kindness";
      EXPECT_EQ(trace.events, std::vector<std::string>{"cooperation"});
      trace.events = {"material-cooperation", "verbal-cooperation"};
    }
  EXPECT_EQ(match_reference(prior, renamed, record.clock, 1).front().names,
            (std::vector<std::string>{"log1p(inertia)", "reciprocity(trace=kindness)"}));
  for (TraceText& trace : renamed.traces) trace.span.amount *= 2;
  EXPECT_EQ(match_reference(prior, renamed, record.clock, 1).front().names, std::vector<std::string>{"log1p(inertia)"});
}

TEST(ReferencePrior, matches_hazards_by_name_or_by_what_they_are_about) {
  const Record record = test::lively(8);
  ModelSpec spec = model_of("log1p(inertia)");
  const ReferencePrior prior = prior_of(record, spec);
  spec.hazards.front().name = "another";
  EXPECT_EQ(match_reference(prior, spec, record.clock, 1).front().reference, prior.hazards.front().name);
  spec.hazards.front().events = {"conflict"};
  EXPECT_THROW(static_cast<void>(match_reference(prior, spec, record.clock, 1)), Error);
  spec.hazards.front().name = prior.hazards.front().name;
  EXPECT_EQ(match_reference(prior, spec, record.clock, 1).front().reference, prior.hazards.front().name);
}

TEST(ReferencePrior, effects_in_units_of_time_need_the_same_clock) {
  const Record record = test::lively(8);
  const ModelSpec spec = model_of("recency");
  const ReferencePrior prior = prior_of(record, spec);
  EXPECT_EQ(prior.hazards.front().effects.front().meaning, "recency(<all, unfaded, count>; in days)");
  EXPECT_THROW(static_cast<void>(match_reference(prior, spec, Clock::number, 1)), Error);
}

// A name means the terms that it stands for, whatever it is and in whatever order they are.
TEST(ReferencePrior, a_named_term_means_what_it_stands_for) {
  const Record record = test::lively(8);
  ModelSpec spec = model_of("log1p(warmth) + same(kind)");
  spec.terms = {{.name = "warmth", .formula = {"otp + inertia(goodwill)", {}}}};
  const ReferencePrior prior = prior_of(record, spec);
  const auto matched = [&](const std::string& name, const std::string& stands_for) {
    ModelSpec other = model_of(fmt::format("log1p({}) + same(kind)", name));
    if (!stands_for.empty()) other.terms = {{.name = name, .formula = {stands_for, {}}}};
    return match_reference(prior, other, record.clock, 1).front().names.size();
  };
  EXPECT_EQ(matched("warmth", "otp + inertia(goodwill)"), 2U);
  EXPECT_EQ(matched("kindness", "inertia(goodwill) + otp"), 2U);
  EXPECT_EQ(matched("sum(otp + inertia(goodwill))", ""), 2U);
  EXPECT_EQ(matched("warmth", "otp + inertia(grievance)"), 1U);
}

TEST(ReferencePrior, spells_out_what_a_term_means) {
  const ModelSpec spec =
      model_of("same(kind):sqrt(recency(grievance, way=back)) + otp(unique) + log1p(out_degree(of=receiver))");
  const ReferencePrior prior = prior_of(test::lively(8), spec);
  const std::vector<ReferenceEffect>& effects = prior.hazards.front().effects;
  const TraceText& grievance = *std::find_if(spec.traces.begin(), spec.traces.end(),
                                             [](const TraceText& trace) { return trace.name == "grievance"; });
  EXPECT_EQ(effects[0].meaning,
            fmt::format("same(kind):sqrt(recency(<conflict, half-life {}d, {}>, way=back; in days))",
                        grievance.span.amount, grievance.weight == Weight::count ? "count" : "intensity"));
  EXPECT_EQ(effects[1].meaning, "otp(<all, unfaded, count>, unique)");
  EXPECT_EQ(effects[2].meaning, "log1p(out_degree(<all, unfaded, count>, of=receiver))");
}

}  // namespace detente::reference_prior_test
