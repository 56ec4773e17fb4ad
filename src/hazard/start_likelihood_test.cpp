// The likelihood of which ties start, against the dense oracle and by hand.
#include "hazard/start_likelihood.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "hazard/tie_fit.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::start_likelihood_test {

using reference::RandomModel;
using reference::RandomRecord;

RC_GTEST_PROP(StartLikelihood, equals_dense_on_random_records, ()) {
  const RandomRecord record_options = reference::any_record({2, 6}, {1, 24}, {1, 14});
  RandomModel model_options;
  model_options.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the model");
  model_options.terms = *rc::gen::inRange<std::size_t>(0, 4).as("terms");
  model_options.factors = *rc::gen::arbitrary<bool>().as("factors");
  model_options.kind = HazardKind::start;
  model_options.directed = *rc::gen::arbitrary<bool>().as("directed");
  model_options.tick = *rc::gen::element(1.0, 0.1, 1.0 / 3, 7.0).as("tick");
  model_options.pairs =
      *rc::gen::element(PairsAtRisk::met, PairsAtRisk::ruptured, PairsAtRisk::all).as("pairs at risk");
  const Record record = reference::make_record(record_options);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  const Time until = time_span(record).last + *rc::gen::inRange(-3, 5).as("days more");
  const StartLikelihood likelihood(record, model, hazard, until);
  const Eigen::VectorXd coefficients = reference::make_coefficients(model_options.seed, likelihood.names().size());
  const Likelihood value = likelihood(coefficients);
  const Likelihood expected = reference::dense_start_likelihood(record, model, hazard, until, coefficients);
  const double scale = 1 + expected.information.cwiseAbs().maxCoeff() + std::abs(expected.value);
  if (!(std::abs(value.value - expected.value) <= 1e-9 * scale))
    RC_FAIL(hazard.text.formula.text + ": " + std::to_string(value.value) + ", not " + std::to_string(expected.value));
  RC_ASSERT((value.gradient - expected.gradient).cwiseAbs().maxCoeff() <= 1e-9 * scale);
  RC_ASSERT((value.information - expected.information).cwiseAbs().maxCoeff() <= 1e-9 * scale);
  double martingale = 0;  // of pairs, whose ties may start more than once
  for (const TieFit& pair : fit_of_ties(likelihood, coefficients)) martingale += pair.martingale_residual();
  RC_ASSERT(std::abs(martingale - expected.gradient(0)) <= 1e-9 * scale);
}

constexpr Time day = 19000;

void add_tie(Record& record, ActorId b, Time start, Time end, const std::string& ending) {
  Tie tie;
  tie.id = "t" + std::to_string(record.ties.size());
  tie.a = 0;
  tie.b = b;
  tie.kind = "alliance";
  tie.start = start;
  tie.end = end;
  tie.ending = ending;
  record.ties.push_back(std::move(tie));
}

// Actors 0 and 1 are allied on the days 0 ... 10 and again from day 30; 0 and 2 on the days 5 ... 8.
Record three_alliances() {
  Record record = reference::make_record({.actors = 3, .events = 0, .ties = 0, .passages = false});
  add_tie(record, 1, day, day + 10, "rupture");
  add_tie(record, 1, day + 30, never, "");
  add_tie(record, 2, day + 5, day + 8, "closed");
  return record;
}

Model constant_model(const Record& record, PairsAtRisk pairs, std::vector<Duration> age_cuts = {}) {
  ModelSpec spec = reference::make_model({.kind = HazardKind::start, .tick = 1, .pairs = pairs});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().age_cuts = std::move(age_cuts);
  return bind_model(spec, record);
}

TEST(StartLikelihood, counts_from_the_day_after_a_rupture_and_half_the_day_of_the_start) {
  const Record record = three_alliances();
  const Model model = constant_model(record, PairsAtRisk::ruptured);
  const StartLikelihood likelihood(record, model, model.hazards.front(), day + 40);
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_EQ(likelihood.units(), 1U);  // 0 and 2 did not rupture
  EXPECT_DOUBLE_EQ(likelihood.exposure(), 19 + 0.5);
  const double b = std::log(0.1);
  EXPECT_NEAR(likelihood(Eigen::VectorXd::Constant(1, b)).value, b - 0.1 * 19.5, 1e-12);
}

TEST(StartLikelihood, pairs_that_had_a_tie_have_met) {
  const Record record = three_alliances();
  const Model model = constant_model(record, PairsAtRisk::met);
  const StartLikelihood likelihood(record, model, model.hazards.front(), day + 40);
  EXPECT_EQ(likelihood.events(), 1U);  // a first tie makes two meet; who has not met is not at risk of it
  EXPECT_EQ(likelihood.units(), 2U);
  EXPECT_DOUBLE_EQ(likelihood.exposure(), 19.5 + 32);
}

TEST(StartLikelihood, all_pairs_are_at_risk_where_the_model_says_so) {
  const Record record = three_alliances();
  const Model model = constant_model(record, PairsAtRisk::all);
  const StartLikelihood likelihood(record, model, model.hazards.front(), day + 40);
  EXPECT_EQ(likelihood.events(), 2U);
  EXPECT_EQ(likelihood.units(), 3U);
  EXPECT_DOUBLE_EQ(likelihood.exposure(), 19.5 + (4.5 + 32) + 40);
}

TEST(StartLikelihood, ties_of_a_pair_that_start_together_are_one_start) {
  Record record = three_alliances();
  add_tie(record, 1, day + 30, day + 35, "rupture");
  const Model model = constant_model(record, PairsAtRisk::ruptured);
  const StartLikelihood likelihood(record, model, model.hazards.front(), day + 40);
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_DOUBLE_EQ(likelihood.exposure(), 19.5);
}

TEST(StartLikelihood, a_cut_of_age_is_a_time_since_the_rupture) {
  const Record record = three_alliances();
  const Model model = constant_model(record, PairsAtRisk::ruptured, {5});
  const StartLikelihood likelihood(record, model, model.hazards.front(), day + 40);
  EXPECT_EQ(likelihood.names(), (std::vector<std::string>{"baseline", "age >= 5d"}));
  EXPECT_EQ(likelihood.rows().size(), 3U);  // before the cut, after it, and the tick of the start
  const Eigen::Vector2d at(std::log(0.1), std::log(2));
  EXPECT_NEAR(likelihood(at).value, std::log(0.2) - 0.1 * 4 - 0.2 * 15.5, 1e-12);
}

TEST(StartLikelihood, needs_a_clock_that_ticks) {
  const Record record = three_alliances();
  ModelSpec spec = reference::make_model({.kind = HazardKind::start, .tick = 0});
  EXPECT_THROW((void)bind_model(spec, record), Error);
}

}  // namespace detente::start_likelihood_test
