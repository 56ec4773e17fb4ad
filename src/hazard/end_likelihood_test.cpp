// The likelihood of how ties end, against the dense oracle and by hand.
#include "hazard/end_likelihood.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::end_likelihood_test {

using reference::RandomModel;
using reference::RandomRecord;

RC_GTEST_PROP(EndLikelihood, equals_dense_on_random_records, ()) {
  const RandomRecord record_options = reference::any_record({2, 6}, {1, 24}, {1, 10});
  RandomModel model_options;
  model_options.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the model");
  model_options.terms = *rc::gen::inRange<std::size_t>(0, 4).as("terms");
  model_options.factors = *rc::gen::arbitrary<bool>().as("factors");
  model_options.kind = HazardKind::end;
  model_options.directed = *rc::gen::arbitrary<bool>().as("directed");
  model_options.tick = *rc::gen::element(1.0, 0.1, 1.0 / 3, 7.0).as("tick");
  const Record record = reference::make_record(record_options);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  const Time until = time_span(record).last + *rc::gen::inRange(-3, 5).as("days more");
  const EndLikelihood likelihood(record, model, hazard, until);
  const Eigen::VectorXd coefficients = reference::make_coefficients(model_options.seed, likelihood.names().size());
  const Likelihood value = likelihood(coefficients);
  const Likelihood expected = reference::dense_end_likelihood(record, model, hazard, until, coefficients);
  const double scale = 1 + expected.information.cwiseAbs().maxCoeff() + std::abs(expected.value);
  if (!(std::abs(value.value - expected.value) <= 1e-9 * scale))
    RC_FAIL(hazard.text.formula.text + ": " + std::to_string(value.value) + ", not " + std::to_string(expected.value));
  RC_ASSERT((value.gradient - expected.gradient).cwiseAbs().maxCoeff() <= 1e-9 * scale);
  RC_ASSERT((value.information - expected.information).cwiseAbs().maxCoeff() <= 1e-9 * scale);
}

Record two_alliances() {
  Record record = reference::make_record({.actors = 3, .events = 0, .ties = 0, .passages = false});
  record.ties.resize(2);
  for (Tie& tie : record.ties) {
    tie.b = 1;
    tie.kind = "alliance";
    tie.start = 19000;
  }
  record.ties[0].end = 19010;
  record.ties[0].ending = "rupture";
  record.ties[1].b = 2;
  return record;
}

// At risk on the days 1 ... 10 (the last counts half) and 1 ... 20.
TEST(EndLikelihood, counts_from_the_day_after_the_start_and_half_the_day_of_the_end) {
  const Record record = two_alliances();
  ModelSpec spec = reference::make_model({.kind = HazardKind::end, .tick = 1});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().age_cuts = {};
  const Model model = bind_model(spec, record);
  const EndLikelihood likelihood(record, model, model.hazards.front(), 19020);
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_EQ(likelihood.ties(), 2U);
  EXPECT_DOUBLE_EQ(likelihood.exposure(), 9.5 + 20);
  const double b = std::log(0.1);
  EXPECT_NEAR(likelihood(Eigen::VectorXd::Constant(1, b)).value, b - 0.1 * 29.5, 1e-12);
}

TEST(EndLikelihood, other_endings_censor) {
  Record record = two_alliances();
  record.ties[0].ending = "fulfilled";
  ModelSpec spec = reference::make_model({.kind = HazardKind::end, .tick = 1});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().age_cuts = {};
  spec.hazards.front().endings = {"rupture"};
  const Model model = bind_model(spec, record);
  const EndLikelihood likelihood(record, model, model.hazards.front(), 19020);
  EXPECT_EQ(likelihood.events(), 0U);
  EXPECT_DOUBLE_EQ(likelihood.exposure(), 29.5);
}

TEST(EndLikelihood, other_means_every_ending_that_no_hazard_names) {
  Record record = two_alliances();
  record.ties[0].ending = "fulfilled";
  ModelSpec spec = reference::make_model({.kind = HazardKind::end, .tick = 1});
  spec.hazards.front().endings = {"rupture"};
  spec.hazards.push_back(spec.hazards.front());
  spec.hazards.back().name = "rest";
  spec.hazards.back().endings = {"other"};
  const Model model = bind_model(spec, record);
  EXPECT_FALSE(model.hazards[0].makes_endings[0]);
  EXPECT_TRUE(model.hazards[1].makes_endings[0]);
  EXPECT_FALSE(model.hazards[1].makes_endings[1]);  // in force
}

TEST(EndLikelihood, a_cut_of_age_is_a_step_of_the_baseline) {
  const Record record = two_alliances();
  ModelSpec spec = reference::make_model({.kind = HazardKind::end, .tick = 1});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().age_cuts = {5};
  const Model model = bind_model(spec, record);
  const EndLikelihood likelihood(record, model, model.hazards.front(), 19020);
  EXPECT_EQ(likelihood.names(), (std::vector<std::string>{"baseline", "age >= 5d"}));
  const Eigen::Vector2d at(std::log(0.1), std::log(2));
  EXPECT_NEAR(likelihood(at).value, std::log(0.2) - 0.1 * (4 + 4) - 0.2 * (5.5 + 16), 1e-12);
}

}  // namespace detente::end_likelihood_test
