// The likelihood of who acts, against the dense oracle and its own differences.
#include "hazard/tie_likelihood.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/reference/any_model.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/replay.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::tie_likelihood_test {

using reference::RandomModel;
using reference::RandomRecord;

constexpr double tolerance = 1e-9;

RandomRecord any_record() { return reference::any_record({2, 6}, {2, 24}, {0, 6}); }

RandomModel any_model(Timing timing, Simultaneous simultaneous) {
  RandomModel options = reference::any_model();
  options.timing = timing;
  options.simultaneous = simultaneous;
  options.tick = *rc::gen::element(1.0, 0.25, 7.0).as("tick");
  return options;
}

void compare(const RandomRecord& record_options, const RandomModel& model_options) {
  const Record record = reference::make_record(record_options);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  TieLikelihoodOptions options;
  options.first = *rc::gen::inRange<std::size_t>(1, 4).as("first");
  options.blocks = *rc::gen::inRange<std::size_t>(1, 6).as("blocks");
  const double after = *rc::gen::element(-4.0, 0.0, 3.5).as("end of observation after the last event, 0 = none");
  if (after != 0) options.until = std::max(record.events.front().time, record.events.back().time + after);
  RC_PRE(options.first <= record.events.size());
  for (const Evaluation evaluation : {Evaluation::automatic, Evaluation::blocked}) {
    options.evaluation = evaluation;
    const TieLikelihood likelihood(record, model, hazard, options);
    Eigen::VectorXd coefficients = reference::make_coefficients(model_options.seed, likelihood.names().size());
    const Likelihood expected =
        reference::dense_tie_likelihood(record, model, hazard, {options.first, options.until}, coefficients);
    const Likelihood value = likelihood(coefficients);
    if (!reference::close(value, expected,
                          reference::integral_tolerance(model, hazard, likelihood.integral_bound(), tolerance)))
      RC_FAIL(hazard.text.formula.text + ": " + reference::difference(value, expected));
  }
}

RC_GTEST_PROP(TieLikelihood, ordinal_breslow_equals_dense_on_random_records, ()) {
  compare(any_record(), any_model(Timing::ordinal, Simultaneous::breslow));
}

RC_GTEST_PROP(TieLikelihood, ordinal_efron_equals_dense_on_random_records, ()) {
  compare(any_record(), any_model(Timing::ordinal, Simultaneous::efron));
}

RC_GTEST_PROP(TieLikelihood, exact_equals_dense_on_random_records, ()) {
  compare(any_record(), any_model(Timing::exact, Simultaneous::breslow));
}

RandomModel of_kind(HazardKind kind, Timing timing) {
  RandomModel model = any_model(timing, Simultaneous::breslow);
  model.kind = kind;
  return model;
}

RC_GTEST_PROP(TieLikelihood, of_a_choice_equals_dense_on_random_records, ()) {
  compare(any_record(), of_kind(HazardKind::choice, Timing::ordinal));
}

RC_GTEST_PROP(TieLikelihood, of_a_choice_equals_dense_on_any_risk_set, ()) {
  RandomModel model = of_kind(HazardKind::choice, Timing::ordinal);
  model.at_risk =
      *rc::gen::element<std::string>("observed", "allied", "not_allied", "bipartite(company, leader)", "to(leader)")
           .as("at risk");
  compare(any_record(), model);
}

RC_GTEST_PROP(TieLikelihood, of_an_exact_rate_equals_dense_on_random_records, ()) {
  compare(any_record(), of_kind(HazardKind::rate, Timing::exact));
}

RC_GTEST_PROP(TieLikelihood, of_a_rate_of_some_kind_equals_dense_on_random_records, ()) {
  RandomModel model = of_kind(HazardKind::rate, *rc::gen::element(Timing::exact, Timing::ordinal).as("timing"));
  model.at_risk = *rc::gen::element<std::string>("bipartite(company, leader)", "from(leader)").as("at risk");
  compare(any_record(), model);
}

RC_GTEST_PROP(TieLikelihood, of_an_ordinal_rate_equals_dense_on_random_records, ()) {
  compare(any_record(), of_kind(HazardKind::rate, Timing::ordinal));
}

// Nine receivers alike: each choice is one of them.
TEST(TieLikelihood, an_empty_choice_is_one_of_all_alike) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 10, .events = 0, .ties = 0, .passages = false});
  for (const Time time : {1.0, 2.5, 4.0}) record.events.push_back(Event{time, 0, 1, 1, 0, Precision::number, 0, 0});
  ModelSpec spec = reference::make_model({.kind = HazardKind::choice});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().events = {"all"};
  const Model model = bind_model(spec, record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_NEAR(likelihood(Eigen::VectorXd(0)).value, -3 * std::log(9.0), 1e-12);
  EXPECT_EQ(likelihood.mean_at_risk(), 9);
}

TEST(TieLikelihood, a_step_refuses_what_it_cannot_tell) {
  const Record record = reference::make_record({.events = 5});
  const auto refused = [&](HazardKind kind, const std::string& formula, const std::string& at_risk = "all") {
    ModelSpec spec = reference::make_model({.kind = kind, .at_risk = at_risk});
    spec.hazards.front().formula.text = formula;
    try {
      (void)bind_model(spec, record);
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(refused(HazardKind::choice, "send(size)").find("is the same whomever the sender chooses"),
            std::string::npos);
  EXPECT_NE(refused(HazardKind::rate, "inertia").find("depends on towards whom"), std::string::npos);
  EXPECT_EQ(refused(HazardKind::choice, "send(size):inertia"), "");
  EXPECT_NE(refused(HazardKind::rate, "send(size)", "allied").find("its risk set is of actors"), std::string::npos);
  EXPECT_NE(refused(HazardKind::choice, "by_actor(1, of=sender)").find("coefficients by actor"), std::string::npos);
}

RC_GTEST_PROP(TieLikelihood, gradient_and_information_are_differences_of_the_value, ()) {
  const Record record = reference::make_record(any_record());
  const Timing timing = *rc::gen::element(Timing::ordinal, Timing::exact).as("timing");
  const RandomModel options =
      any_model(timing, *rc::gen::element(Simultaneous::breslow, Simultaneous::efron).as("ties"));
  const Model model = bind_model(reference::make_model(options), record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  const Eigen::VectorXd at = reference::make_coefficients(options.seed, likelihood.names().size());
  const Likelihood here = likelihood(at);
  const double scale = 1 + std::abs(here.value) + here.information.cwiseAbs().maxCoeff();
  constexpr double step = 1e-5;
  for (Eigen::Index p = 0; p < at.size(); ++p) {
    Eigen::VectorXd up = at;
    Eigen::VectorXd down = at;
    up(p) += step;
    down(p) -= step;
    const Likelihood above = likelihood(up);
    const Likelihood below = likelihood(down);
    const double slope = (above.value - below.value) / (2 * step);
    RC_ASSERT(std::abs(slope - here.gradient(p)) < 1e-5 * scale);
    const Eigen::VectorXd curve = -(above.gradient - below.gradient) / (2 * step);
    RC_ASSERT((curve - here.information.col(p)).cwiseAbs().maxCoeff() < 1e-4 * scale);
  }
}

// Three actors, constant hazards: n log(rate) - rate x time at risk x dyads.
TEST(TieLikelihood, an_empty_formula_is_a_poisson_process) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  for (const Time time : {1.0, 2.5, 4.0}) record.events.push_back(Event{time, 0, 1, 1, 0, Precision::number, 0, 0});
  ModelSpec spec = reference::make_model({.timing = Timing::exact});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().events = {"all"};
  const Model model = bind_model(spec, record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {.until = 5});
  const Likelihood value = likelihood(Eigen::VectorXd::Constant(1, std::log(0.2)));
  EXPECT_NEAR(value.value, 3 * std::log(0.2) - 0.2 * 5 * 6, 1e-12);
  EXPECT_NEAR(value.gradient(0), 3 - 0.2 * 5 * 6, 1e-12);
  EXPECT_EQ(likelihood.names(), (std::vector<std::string>{"baseline"}));
}

// The third actor is there for 2 of 10 days only, and nothing else happens when it comes and goes.
TEST(TieLikelihood, time_at_risk_follows_those_who_come_and_go_between_events) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  record.actors[2].enters = 4;
  record.actors[2].leaves = 6;
  for (const Time time : {1.0, 10.0}) record.events.push_back(Event{time, 0, 1, 1, 0, Precision::number, 0, 0});
  ModelSpec spec = reference::make_model({.timing = Timing::exact});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().events = {"all"};
  const Model model = bind_model(spec, record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_NEAR(likelihood(Eigen::VectorXd::Zero(1)).value, -(10 * 2 + 2 * 4), 1e-9);
}

TEST(TieLikelihood, time_at_risk_follows_attributes_that_change_between_events) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 2, .events = 0, .ties = 0, .passages = false});
  record.attributes = {{"size", {}, {{0, always, 0}, {1, always, 0}, {0, 4, 1}}}};
  for (const Time time : {1.0, 10.0}) record.events.push_back(Event{time, 0, 1, 1, 0, Precision::number, 0, 0});
  ModelSpec spec = reference::make_model({.timing = Timing::exact});
  spec.hazards.front().formula.text = "send(size)";
  spec.hazards.front().events = {"all"};
  const Model model = bind_model(spec, record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  const Eigen::Vector2d at(0, std::log(3));
  EXPECT_NEAR(likelihood(at).value, std::log(3) - (10 + 4 + 6 * 3), 1e-9);
}

TEST(TieLikelihood, events_of_the_absent_are_counted_apart) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  record.actors[1].leaves = 2;
  for (const Time time : {1.0, 3.0}) record.events.push_back(Event{time, 0, 1, 1, 0, Precision::number, 0, 0});
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().events = {"all"};
  const Model model = bind_model(spec, record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_EQ(likelihood.outside_lifetime(), 1U);
}

TEST(TieLikelihood, is_the_same_bits_for_any_number_of_threads) {
  const Record record = reference::make_record({.seed = 3, .actors = 8, .events = 900, .ties = 6});
  for (const Timing timing : {Timing::ordinal, Timing::exact})
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const Model model = bind_model(reference::make_model({.seed = seed, .timing = timing}), record);
      const auto at = [&](unsigned threads) {
        TieLikelihoodOptions options;
        options.threads = threads;
        const TieLikelihood likelihood(record, model, model.hazards.front(), options);
        EXPECT_GT(likelihood.blocks(), 2U);
        return likelihood(reference::make_coefficients(seed, likelihood.names().size()));
      };
      const Likelihood one = at(1);
      for (const unsigned threads : {2U, 3U}) {
        const Likelihood many = at(threads);
        EXPECT_EQ(one.value, many.value);
        EXPECT_EQ(one.gradient, many.gradient);
        EXPECT_EQ(one.information, many.information);
      }
    }
}

TEST(TieLikelihood, of_any_blocks_is_one_likelihood) {
  const Record record = reference::make_record({.seed = 5, .actors = 8, .events = 400, .ties = 6});
  const Model model = bind_model(reference::make_model({.seed = 9, .timing = Timing::exact}), record);
  const auto at = [&](std::size_t blocks) {
    TieLikelihoodOptions options;
    options.blocks = blocks;
    const TieLikelihood likelihood(record, model, model.hazards.front(), options);
    return likelihood(reference::make_coefficients(9, likelihood.names().size()));
  };
  const Likelihood whole = at(1);
  for (const std::size_t blocks : {2U, 7U}) EXPECT_TRUE(reference::close(at(blocks), whole, tolerance)) << blocks;
}

TEST(TieLikelihood, progress_is_told_and_may_cancel) {
  const Record record = reference::make_record({.events = 10});
  const Model model = bind_model(reference::make_model({}), record);
  std::size_t told = 0;
  TieLikelihoodOptions options;
  options.progress = [&](std::size_t done) {
    told = done;
    if (done > 5) throw std::runtime_error("cancelled");
  };
  const TieLikelihood likelihood(record, model, model.hazards.front(), options);
  EXPECT_THROW((void)likelihood(likelihood.start()), std::runtime_error);
  EXPECT_GT(told, 5U);
}

TEST(TieLikelihood, coefficients_too_large_give_no_likelihood_instead_of_nonsense) {
  const Record record = reference::make_record({.events = 10});
  const Model model = bind_model(reference::make_model({.timing = Timing::exact}), record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_EQ(likelihood(Eigen::VectorXd::Constant(likelihood.start().size(), 1e6)).value,
            -std::numeric_limits<double>::infinity());
}

}  // namespace detente::tie_likelihood_test
