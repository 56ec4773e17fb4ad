// Coefficients by actor: against quadrature, against the fit without them where their variance is forced to nothing, and
// where group by group and full matrices must agree.
#include "estimate/random_effects.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.hpp"
#include "estimate/fit.hpp"
#include "hazard/reference/random_model.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::random_effects_test {

// Events of nine senders, some of whom act far more than others.
Record uneven(std::size_t events = 400) {
  Record record = reference::make_record(
      {.seed = 4, .clock = Clock::number, .actors = 9, .events = events, .ties = 0, .passages = false});
  std::uint32_t step = 0;
  for (Event& event : record.events) {
    const double u = uniform({11, 0, Purpose::test, 0, step++});
    event.sender = static_cast<ActorId>(9 * u * u);
    if (event.receiver == event.sender) event.receiver = (event.sender + 1) % 9;
  }
  return record;
}

ModelSpec spec_of(const std::string& formula, HazardText hazard = {.name = "acts"}) {
  ModelSpec spec = reference::make_model({});
  spec.tick = 1;
  hazard.formula.text = formula;
  spec.hazards = {hazard};
  return spec;
}

HazardFit fit_of(const Record& record, const ModelSpec& spec) {
  return fit(record, bind_model(spec, record), {}).hazards.front();
}

// log of the integral over b of e^{y b - m e^b} phi(b; 0, variance), by a fine sum around its peak.
double log_integral(double y, double m, double variance) {
  double peak = 0;
  for (int k = 0; k < 50; ++k) peak += (y - m * std::exp(peak) - peak / variance) / (m * std::exp(peak) + 1 / variance);
  const auto exponent = [&](double b) { return y * b - m * std::exp(b) - 0.5 * b * b / variance; };
  const double width = 1 / std::sqrt(m * std::exp(peak) + 1 / variance);
  double sum = 0;
  for (int k = -4000; k <= 4000; ++k)
    sum += std::exp(exponent(peak + 0.002 * k * width) - exponent(peak)) * 0.002 * width;
  return exponent(peak) + std::log(sum) - 0.5 * std::log(2 * M_PI * variance);
}

TEST(RandomEffects, marginal_likelihood_is_near_quadrature) {
  const Record record = uneven();
  const HazardFit found = fit_of(record, spec_of("by_actor(1)"));
  ASSERT_EQ(found.newton.status, FitStatus::converged) << found.newton.message;
  const RandomEffects& effects = found.random.front();
  ASSERT_EQ(effects.groups.size(), 9U);
  // Without other effects a sender's events are Poisson with mean e^{baseline + b} x 8 receivers x time.
  const double time = time_span(record).last;
  const double base = found.newton.estimate(0);
  double sum = 0;
  for (std::size_t g = 0; g < 9; ++g)
    sum += static_cast<double>(effects.events[g]) * base +
           log_integral(static_cast<double>(effects.events[g]), std::exp(base) * 8 * time, effects.covariance(0, 0));
  EXPECT_NEAR(found.newton.log_likelihood, sum, 0.1);  // Laplace's error is about 1 / (12 events) for each sender
  EXPECT_GT(std::abs(found.newton.log_likelihood - sum), 1e-6);
  EXPECT_GT(found.newton.log_likelihood, found.fixed_log_likelihood + 50);
}

// The fixed point, said again for one intercept: each sender's mode and information in closed form.
TEST(RandomEffects, one_intercept_equals_its_closed_form) {
  const Record record = uneven();
  const HazardFit found = fit_of(record, spec_of("by_actor(1)"));
  const RandomEffects& effects = found.random.front();
  const double variance = effects.covariance(0, 0);
  const double each = std::exp(found.newton.estimate(0)) * 8 * time_span(record).last;
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(10, 10);
  double squares = 0;
  for (std::size_t g = 0; g < 9; ++g) {
    const auto k = static_cast<Eigen::Index>(g);
    const double b = effects.estimate(k, 0);
    const double expected = each * std::exp(b);
    EXPECT_NEAR(static_cast<double>(effects.events[g]) - expected - b / variance, 0, 1e-5);
    information(0, 0) += expected;
    information(0, k + 1) = information(k + 1, 0) = expected;
    information(k + 1, k + 1) = expected + 1 / variance;
    squares += b * b;
  }
  const Eigen::MatrixXd inverse = information.inverse();
  EXPECT_NEAR(variance, (squares + inverse.diagonal().tail(9).sum()) / 9, 1e-6);
  EXPECT_NEAR(found.standard_error(0), std::sqrt(inverse(0, 0)), 1e-8);
  for (Eigen::Index k = 0; k < 9; ++k) {
    EXPECT_NEAR(effects.conditional[static_cast<std::size_t>(k)](0, 0), inverse(k + 1, k + 1), 1e-8);
    EXPECT_NEAR(effects.with_fixed(k, 0), inverse(0, k + 1), 1e-8);
    EXPECT_NEAR(effects.shrinkage(k, 0), 1 - inverse(k + 1, k + 1) / variance, 1e-8);
  }
}

HazardText text_of(Timing timing, Simultaneous simultaneous = Simultaneous::breslow, std::size_t controls = 0) {
  HazardText text{.name = "acts"};
  text.timing = timing;
  text.simultaneous = simultaneous;
  text.sampling.controls = controls;
  return text;
}

HazardText ends_of(EndBaseline baseline) {
  HazardText text{.name = "ends", .kind = HazardKind::end};
  text.baseline = baseline;
  text.endings = {"rupture", "exit", "fulfilled", "closed", "other"};
  text.prior_scale = 1;
  return text;
}

TEST(RandomEffects, without_variance_are_the_fit_without_them) {
  const Record record = reference::make_record({.seed = 21, .actors = 8, .events = 150, .ties = 40});
  std::vector<HazardText> texts{text_of(Timing::exact), text_of(Timing::ordinal),
                                text_of(Timing::ordinal, Simultaneous::efron),
                                text_of(Timing::ordinal, Simultaneous::breslow, 5)};
  for (const EndBaseline baseline : {EndBaseline::piecewise, EndBaseline::weibull, EndBaseline::cox})
    texts.push_back(ends_of(baseline));
  for (const HazardText& text : texts) {
    const std::string formula =
        text.kind == HazardKind::tie ? "log1p(inertia(grievance)) + log1p(out_degree)" : "log1p(inertia(grievance))";
    const HazardFit plain = fit_of(record, spec_of(formula, text));
    ASSERT_EQ(plain.newton.status, FitStatus::converged) << plain.newton.message;
    const Model model = bind_model(spec_of(formula + " + by_actor(1) + by_pair(1)", text), record);
    const Hazard& hazard = model.hazards.front();
    const RowTable table = text.kind == HazardKind::tie
                               ? RowTable::of_events(record, model, hazard, {})
                               : RowTable::of_ties(record, model, hazard, {.until = time_span(record).last});
    RandomOptions options{.prior_scale = newton_options(hazard, plain).prior_scale};
    options.covariance.assign(2, Eigen::MatrixXd::Constant(1, 1, 1e-10));
    const Eigen::VectorXd start = 0.5 * plain.newton.estimate;
    const RandomFit found = estimate_random(table, hazard, start, options);
    ASSERT_TRUE(found.converged) << found.message;
    EXPECT_LT((found.fixed - plain.newton.estimate).norm(), 1e-5);
    EXPECT_LT((found.covariance - plain.newton.covariance).norm(), 1e-4 * plain.newton.covariance.norm());
    EXPECT_NEAR(found.log_likelihood, plain.newton.log_likelihood, 1e-6);
    EXPECT_NEAR(found.marginal, plain.newton.log_likelihood, 1e-4);
  }
}

// A second block whose variance is next to nothing makes the matrices full and changes nothing else.
TEST(RandomEffects, group_by_group_equals_full_matrices) {
  const Record record = uneven(250);
  const auto run = [&](const std::string& formula, std::vector<Eigen::MatrixXd> covariance) {
    const Model model = bind_model(spec_of(formula), record);
    const RowTable table = RowTable::of_events(record, model, model.hazards.front(), {});
    RandomOptions options;
    options.covariance = std::move(covariance);
    return estimate_random(table, model.hazards.front(), Eigen::Vector2d(-3, 0), options);
  };
  Eigen::Matrix2d sigma;
  sigma << 0.6, 0.1, 0.1, 0.2;
  const std::string formula = "log1p(inertia) + by_actor(1 + log1p(reciprocity), correlated)";
  const RandomFit blocks = run(formula, {sigma});
  const RandomFit full = run(formula + " + by_actor(1, of=receiver)", {sigma, Eigen::MatrixXd::Constant(1, 1, 1e-10)});
  ASSERT_FALSE(blocks.posterior.block_roots.empty());
  ASSERT_TRUE(full.posterior.block_roots.empty());
  EXPECT_LT((blocks.fixed - full.fixed).norm(), 1e-6);
  EXPECT_LT((blocks.covariance - full.covariance).norm(), 1e-6);
  EXPECT_LT((blocks.effects.front().estimate - full.effects.front().estimate).norm(), 1e-6);
  EXPECT_NEAR(blocks.marginal, full.marginal, 1e-5);
  const Eigen::VectorXd weights = Eigen::VectorXd::Unit(18, 3);
  Eigen::VectorXd more = Eigen::VectorXd::Zero(27);
  more(3) = 1;
  EXPECT_NEAR(own_variance(blocks.posterior, blocks.covariance, weights),
              own_variance(full.posterior, full.covariance, more), 1e-6);
  EXPECT_NEAR(own_variance(blocks.posterior, blocks.covariance, weights), blocks.effects.front().conditional[1](1, 1),
              1e-9);
}

TEST(RandomEffects, a_variance_that_vanishes_is_zero_and_no_failure) {
  // Everybody acts alike, in turn: less spread than chance.
  Record record = uneven(360);
  for (std::size_t k = 0; k < record.events.size(); ++k) {
    record.events[k].sender = static_cast<ActorId>(k % 9);
    record.events[k].receiver = static_cast<ActorId>((k + 1 + k / 9 % 8) % 9);
  }
  const HazardFit found = fit_of(record, spec_of("by_actor(1)"));
  EXPECT_EQ(found.newton.status, FitStatus::converged) << found.newton.message;
  EXPECT_EQ(found.random.front().covariance(0, 0), 0);
  EXPECT_EQ(found.random.front().estimate.norm(), 0);
  EXPECT_EQ(found.random.front().shrinkage.norm(), 0);
  EXPECT_NEAR(found.newton.log_likelihood, found.fixed_log_likelihood, 1e-6);
  ASSERT_FALSE(found.warnings.empty());
  EXPECT_NE(found.warnings.back().find("variance of 0"), std::string::npos);
}

TEST(RandomEffects, do_not_go_with_a_prior_from_a_reference_class) {
  const Record record = uneven();
  const ModelSpec plain = spec_of("reciprocity");
  const ModelSpec spec = spec_of("reciprocity + by_actor(1)");
  const ReferencePrior prior = make_reference(fit(record, bind_model(plain, record), {}), plain, record.clock);
  FitOptions options;
  options.reference = match_reference(prior, spec, record.clock, 1);
  try {
    (void)fit(record, bind_model(spec, record), options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.problem().what.find("does not go with coefficients by actor or pair"), std::string::npos)
        << error.what();
    EXPECT_EQ(error.problem().where.file, "--prior");
  }
}

TEST(RandomEffects, too_many_for_a_full_matrix_is_said) {
  const Record record = reference::make_record({.seed = 2, .actors = 80, .events = 100, .passages = false});
  HazardText text = text_of(Timing::ordinal);
  try {
    (void)fit_of(record, spec_of("by_pair(1)", text));
    FAIL();
  } catch (const Error& error) { EXPECT_NE(error.problem().what.find("too many"), std::string::npos); }
}

}  // namespace detente::random_effects_test
