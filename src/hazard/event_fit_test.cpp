// How each event and tie is explained, against the dense oracle and by hand.
#include "hazard/event_fit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/end_likelihood.hpp"
#include "hazard/marks.hpp"
#include "hazard/observed_covariates.hpp"
#include "hazard/reference/any_model.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/tie_fit.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::event_fit_test {

using reference::RandomModel;
using reference::RandomRecord;

RandomRecord any_record() { return reference::any_record({2, 6}, {2, 20}, {0, 6}); }

RandomModel any_model(Timing timing, Simultaneous simultaneous) {
  RandomModel options = reference::any_model();
  options.timing = timing;
  options.simultaneous = simultaneous;
  return options;
}

RandomModel any_marked(Timing timing, Simultaneous simultaneous) {
  RandomModel options = any_model(timing, simultaneous);
  options.marks = *rc::gen::element<std::size_t>(0, 2, 3).as("marks");
  return options;
}

struct Walked {
  std::vector<EventFit> fits;
  EventFitRest rest;
};

Walked walk(const Record& record, const Model& model, const EventFitOptions& options, const Eigen::VectorXd& at) {
  Walked walked;
  walked.rest = for_each_event_fit(record, model, model.hazards.front(), options, at,
                                   [&](const EventFit& fit) { walked.fits.push_back(fit); });
  return walked;
}

// The parts add up to the dense likelihood and its gradient.
void expect_parts_of_dense(const RandomRecord& record_options, const RandomModel& model_options) {
  const Record record = reference::make_record(record_options);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  const bool exact = model_options.timing == Timing::exact;
  const Eigen::VectorXd at = reference::make_coefficients(model_options.seed, MarkPlaces(hazard).names().size());
  EventFitOptions options;
  options.first = *rc::gen::inRange<std::size_t>(1, 4).as("first");
  const double after = *rc::gen::element(0.0, 3.5).as("end of observation after the last event, 0 = none");
  if (after != 0) options.until = record.events.back().time + after;
  RC_PRE(options.first <= record.events.size());
  const Likelihood dense = reference::dense_tie_likelihood(record, model, hazard, {options.first, options.until}, at);
  const Walked walked = walk(record, model, options, at);
  double value = exact ? -walked.rest.compensator : 0;
  Eigen::VectorXd gradient = walked.rest.score;
  for (const EventFit& fit : walked.fits) {
    value += exact ? fit.log_intensity - fit.compensator : fit.log_probability;
    gradient += fit.score;
  }
  const double scale = 1 + std::abs(dense.value) + dense.information.diagonal().cwiseAbs().maxCoeff();
  const double allowed = reference::integral_tolerance(model, hazard, 0, 1e-9) * scale;
  RC_ASSERT(std::abs(value - dense.value) <= allowed);
  RC_ASSERT((gradient - dense.gradient).cwiseAbs().maxCoeff() <= allowed);
}

RC_GTEST_PROP(EventFit, ordinal_parts_add_up_to_the_dense_likelihood, ()) {
  expect_parts_of_dense(any_record(), any_marked(Timing::ordinal, Simultaneous::breslow));
}

RC_GTEST_PROP(EventFit, efron_parts_add_up_to_the_dense_likelihood, ()) {
  expect_parts_of_dense(any_record(), any_marked(Timing::ordinal, Simultaneous::efron));
}

RC_GTEST_PROP(EventFit, exact_parts_add_up_to_the_dense_likelihood, ()) {
  expect_parts_of_dense(any_record(), any_marked(Timing::exact, Simultaneous::breslow));
}

RC_GTEST_PROP(EventFit, each_event_equals_the_dense_oracle, ()) {
  const Record record = reference::make_record(any_record());
  const Timing timing = *rc::gen::element(Timing::ordinal, Timing::exact).as("timing");
  const RandomModel model_options = any_model(timing, Simultaneous::breslow);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  const Eigen::Index before = timing == Timing::exact ? 1 : 0;
  const Eigen::VectorXd at =
      reference::make_coefficients(model_options.seed, hazard.terms.size() + static_cast<std::size_t>(before));
  const Eigen::VectorXd theta = at.tail(at.size() - before);
  const reference::NaiveTerms terms(hazard.text.formula.text, model.memory.traces);
  for (const EventFit& fit : walk(record, model, {.ranks = true}, at).fits) {
    const Event& event = record.events[fit.event];
    const reference::History history = reference::before_events(record, event.time, model.memory.tick.length());
    const Eigen::MatrixXd moments = reference::dense_moments(terms, history, theta);
    const Eigen::VectorXd x = terms(history, event.sender, event.receiver);
    RC_ASSERT((fit.x - x).cwiseAbs().maxCoeff() <= 1e-9 * (1 + x.cwiseAbs().maxCoeff()));
    RC_ASSERT(std::abs(fit.log_probability - (theta.dot(x) - std::log(moments(0, 0)))) <= 1e-9);
    RC_ASSERT((fit.mean - moments.col(0).tail(theta.size()) / moments(0, 0)).cwiseAbs().maxCoeff() <= 1e-8);
    double above = 0;
    double level = 0;
    for (ActorId i = 0; i < record.actors.size(); ++i)
      for (ActorId j = 0; j < record.actors.size(); ++j) {
        if (i == j || !reference::present(history, i) || !reference::present(history, j)) continue;
        const double off = theta.dot(terms(history, i, j)) - theta.dot(x);
        (off > 1e-9 ? above : level) += off > -1e-9 ? 1 : 0;
      }
    // Rates that differ by rounding alone may stand either way.
    RC_ASSERT(fit.rank >= above + 1);
    RC_ASSERT(fit.rank <= above + level);
    RC_ASSERT(fit.at_risk > 0U);
  }
}

Record three(std::vector<Event> events) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  record.events = std::move(events);
  return record;
}

Model model_of(const Record& record, const std::string& formula, Timing timing) {
  ModelSpec spec = reference::make_model({.timing = timing});
  spec.hazards.front().formula.text = formula;
  spec.hazards.front().events = {"all"};
  return bind_model(spec, record);
}

// Six dyads at rate 0.2 each: the waiting times 1, 1.5 and 1.5 expect 1.2, 1.8 and 1.8 events.
TEST(EventFit, a_constant_hazard_by_hand) {
  const Record record = three({{1, 0, 1, 1, 0, Precision::number, 0, 0},
                               {2.5, 0, 1, 1, 0, Precision::number, 0, 0},
                               {4, 1, 2, 1, 0, Precision::number, 0, 0}});
  const Model model = model_of(record, "", Timing::exact);
  const Walked walked = walk(record, model, {.until = 5, .ranks = true}, Eigen::VectorXd::Constant(1, std::log(0.2)));
  ASSERT_EQ(walked.fits.size(), 3U);
  EXPECT_NEAR(walked.fits[0].compensator, 1.2, 1e-12);
  EXPECT_NEAR(walked.fits[1].compensator, 1.8, 1e-12);
  EXPECT_NEAR(walked.rest.compensator, 1.2, 1e-12);
  EXPECT_NEAR(walked.fits[2].log_intensity, std::log(0.2), 1e-12);
  EXPECT_NEAR(walked.fits[2].log_probability, -std::log(6), 1e-12);
  EXPECT_NEAR(walked.fits[0].deviance_residual(), -std::sqrt(2 * (0.2 - std::log(1.2))), 1e-12);
  EXPECT_EQ(walked.fits[0].rank, 3.5);  // all six are level
  EXPECT_EQ(walked.fits[0].at_risk, 6U);
}

TEST(EventFit, the_dyad_with_the_highest_hazard_ranks_first) {
  const Record record = three({{1, 0, 1, 1, 0, Precision::number, 0, 0},
                               {2, 0, 1, 1, 0, Precision::number, 0, 0},
                               {3, 2, 1, 1, 0, Precision::number, 0, 0}});
  const Model model = model_of(record, "inertia", Timing::ordinal);
  const Walked walked = walk(record, model, {.ranks = true}, Eigen::VectorXd::Constant(1, 1));
  EXPECT_EQ(walked.fits[0].rank, 3.5);
  EXPECT_EQ(walked.fits[1].rank, 1);
  EXPECT_EQ(walked.fits[2].rank, 4);  // after the one, level with the four others
  EXPECT_NEAR(walked.fits[1].log_probability, 1 - std::log(5 + std::exp(1)), 1e-12);
  EXPECT_NEAR(walked.fits[1].deviance_residual(), std::sqrt(-2 * walked.fits[1].log_probability), 1e-12);
  EXPECT_NEAR(walked.fits[1].x(0) - walked.fits[1].mean(0), 5 / (5 + std::exp(1)), 1e-12);
}

TEST(ExtremeCovariates, are_the_smallest_and_largest_observed) {
  const Record record = three({{1, 0, 1, 1, 0, Precision::number, 0, 0},
                               {2, 0, 1, 1, 0, Precision::number, 0, 0},
                               {3, 0, 1, 1, 0, Precision::number, 0, 0}});
  const Model model = model_of(record, "inertia", Timing::exact);
  const Eigen::MatrixXd rows = extreme_covariates(record, model, model.hazards.front(), 1, never);
  ASSERT_EQ(rows.rows(), 4);
  EXPECT_EQ(rows.col(0), Eigen::VectorXd::Ones(4));
  EXPECT_EQ(rows(2, 1), 0);
  EXPECT_EQ(rows(3, 1), 2);
}

RC_GTEST_PROP(TieFit, parts_add_up_to_the_dense_likelihood, ()) {
  RandomRecord record_options = any_record();
  record_options.ties = *rc::gen::inRange<std::size_t>(1, 10).as("ties at risk");
  RandomModel model_options = any_model(Timing::exact, Simultaneous::breslow);
  model_options.kind = HazardKind::end;
  model_options.tick = 1;
  const Record record = reference::make_record(record_options);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  const Time until = time_span(record).last;
  const EndLikelihood likelihood(record, model, hazard, until);
  const Eigen::VectorXd at = reference::make_coefficients(model_options.seed, likelihood.names().size());
  const Likelihood dense = reference::dense_end_likelihood(record, model, hazard, until, at);
  const std::vector<TieFit> fits = fit_of_ties(likelihood, at);
  RC_ASSERT(fits.size() == likelihood.ties());
  double martingale = 0;
  double exposure = 0;
  std::size_t ended = 0;
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(at.size());
  for (const TieFit& fit : fits) {
    martingale += fit.martingale_residual();
    exposure += fit.exposure;
    ended += fit.ended;
    gradient += fit.score;
  }
  const double scale = 1 + dense.information.cwiseAbs().maxCoeff();
  RC_ASSERT((gradient - dense.gradient).cwiseAbs().maxCoeff() <= 1e-9 * scale);
  RC_ASSERT(std::abs(martingale - dense.gradient(0)) <= 1e-9 * scale);
  RC_ASSERT(std::abs(exposure - likelihood.exposure()) <= 1e-9 * (1 + exposure));
  RC_ASSERT(ended == likelihood.events());
}

TEST(TieFit, deviance_residuals_are_the_tables) {
  TieFit fit{.tie = 0, .from = 0, .ended = 1, .cumulative_hazard = 0.25, .last = {}, .score = {}};
  EXPECT_NEAR(fit.deviance_residual(), std::sqrt(-2 * (0.75 + std::log(0.25))), 1e-12);
  fit.ended = 0;
  EXPECT_NEAR(fit.deviance_residual(), -std::sqrt(0.5), 1e-12);
  fit.ended = 2;  // ties of a pair that starts anew
  EXPECT_NEAR(fit.deviance_residual(), std::sqrt(-2 * (1.75 + 2 * std::log(0.125))), 1e-12);
}

}  // namespace detente::event_fit_test
