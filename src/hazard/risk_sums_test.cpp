// The sums over the risk set: factorised, blocked and dense give the same numbers.
#include "hazard/risk_sums.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "hazard/factorised_sums.hpp"
#include "hazard/line_moments.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "hazard/replay.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::risk_sums_test {

using reference::dense_moments;
using reference::RandomModel;
using reference::RandomRecord;

constexpr double tolerance = 1e-9;

RandomRecord any_record() { return reference::any_record({2, 7}, {1, 40}, {0, 8}); }

RandomModel any_model(bool factors) {
  RandomModel options;
  options.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the model");
  options.terms = *rc::gen::inRange<std::size_t>(1, 6).as("terms");
  options.factors = factors;
  options.tick = *rc::gen::element(0.0, 1.0, 7.0).as("tick");
  return options;
}

// Follows a memory the way the likelihoods do.
struct Follower {
  Follower(const Hazard& with_terms, const Memory& memory, Evaluation evaluation, std::vector<double> coefficients)
      : hazard(&with_terms), sums(make_risk_sums(with_terms, memory, evaluation)), theta(std::move(coefficients)) {}

  void follow(const Memory& memory) {
    const bool stale = !fresh || memory.epoch() != epoch || (hazard->drifts() && memory.fade_time() != fade_time);
    if (stale)
      sums->refresh(memory, theta);
    else if (!memory.touched().empty())
      sums->update(memory);
    fresh = true;
    epoch = memory.epoch();
    fade_time = memory.fade_time();
  }

  const Hazard* hazard;
  std::unique_ptr<RiskSums> sums;
  std::vector<double> theta;
  bool fresh = false;
  std::uint64_t epoch = 0;
  Time fade_time = always;
};

void follow_and_compare(const RandomRecord& record_options, const RandomModel& model_options) {
  const Record record = reference::make_record(record_options);
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  const Eigen::VectorXd theta = reference::make_coefficients(model_options.seed, hazard.terms.size());
  const std::vector<double> coefficients(theta.data(), theta.data() + theta.size());
  const reference::NaiveTerms terms(hazard.text.formula.text, model.memory.traces);
  Memory memory(record, model.memory);
  std::vector<Follower> followers;
  followers.emplace_back(hazard, memory, Evaluation::blocked, coefficients);
  followers.emplace_back(hazard, memory, Evaluation::automatic, coefficients);
  const auto compare = [&](const reference::History& history, const char* when) {
    const Eigen::MatrixXd expected = dense_moments(terms, history, theta);
    for (Follower& follower : followers) {
      follower.follow(memory);
      if (!reference::close(follower.sums->moments(), expected, tolerance))
        RC_FAIL((&follower == &followers.front() ? "blocked " : "factorised ") + hazard.text.formula.text + " " + when +
                " " + std::to_string(memory.now()) + " is " + std::to_string(follower.sums->moments()(0, 0)) +
                ", not " + std::to_string(expected(0, 0)));
    }
    memory.clear_touched();
  };
  Replay replay(record, 0, never);
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    compare(reference::before_events(record, moment.time, model.memory.tick.length()), "before");
    for (const Event& event : moment.events) memory.apply(event);
    compare(reference::after_events(record, moment.time, model.memory.tick.length()), "after");
  }
}

RC_GTEST_PROP(RiskSums, factorised_and_blocked_equal_dense_on_random_records, ()) {
  follow_and_compare(any_record(), any_model(true));
}

RC_GTEST_PROP(RiskSums, formulas_that_do_not_factor_equal_dense_on_random_records, ()) {
  follow_and_compare(any_record(), any_model(false));
}

TEST(RiskSums, a_formula_that_does_not_factor_is_never_factorised) {
  const Record record = reference::make_record({.seed = 2, .actors = 5, .events = 10, .passages = false});
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text = "same(camp) + inertia";
  const Model model = bind_model(spec, record);
  Memory memory(record, model.memory);
  reference::relive(memory, record, 19010);
  const std::vector<double> theta{0.7, 0.1};
  const auto moments = [&](Evaluation evaluation) {
    const auto sums = make_risk_sums(model.hazards.front(), memory, evaluation);
    sums->refresh(memory, theta);
    return Eigen::MatrixXd(sums->moments());
  };
  EXPECT_TRUE(reference::close(moments(Evaluation::factorised), moments(Evaluation::blocked), tolerance));
}

// An actor need not have attributes before it enters.
TEST(RiskSums, what_is_unknown_of_the_absent_does_not_count) {
  Record record = reference::make_record({.seed = 2, .actors = 5, .events = 20, .passages = false});
  record.actors[4].enters = 19100;
  for (AttributeValue& v : record.attributes[0].values)
    if (v.actor == 4) v.time = 19100;
  ModelSpec spec = reference::make_model({});
  for (const char* formula : {"send(size) + receive(size)", "inertia:send(size)", "same(kind) + send(size)"}) {
    spec.hazards.front().formula.text = formula;
    const Model model = bind_model(spec, record);
    const Hazard& hazard = model.hazards.front();
    const Eigen::VectorXd theta = Eigen::VectorXd::Constant(static_cast<Eigen::Index>(hazard.terms.size()), 0.3);
    Memory memory(record, model.memory);
    reference::relive(memory, record, 19050);
    const auto sums = make_risk_sums(hazard, memory, Evaluation::automatic);
    sums->refresh(memory, std::span(theta.data(), hazard.terms.size()));
    const reference::NaiveTerms terms(formula, model.memory.traces);
    EXPECT_TRUE(reference::close(sums->moments(),
                                 dense_moments(terms, reference::after_events(record, 19050, 1), theta), tolerance))
        << formula;
  }
}

// Those of whom an attribute is not known are a group of their own, not the same as any other.
TEST(RiskSums, what_stands_for_a_missing_value_counts) {
  Record record = reference::make_record({.seed = 3, .actors = 6, .events = 20, .passages = false});
  std::erase_if(record.attributes[0].values, [](const AttributeValue& v) { return v.actor % 2 == 1; });
  ModelSpec spec = reference::make_model({});
  for (const char* formula : {"abs_difference(size, missing=0.25)", "product(size, missing=3) + inertia"}) {
    spec.hazards.front().formula.text = formula;
    const Model model = bind_model(spec, record);
    const Hazard& hazard = model.hazards.front();
    const Eigen::VectorXd theta = Eigen::VectorXd::Constant(static_cast<Eigen::Index>(hazard.terms.size()), 0.3);
    Memory memory(record, model.memory);
    reference::relive(memory, record, 19050);
    const auto sums = make_risk_sums(hazard, memory, Evaluation::factorised);
    sums->refresh(memory, std::span(theta.data(), hazard.terms.size()));
    const reference::NaiveTerms terms(formula, model.memory.traces);
    EXPECT_TRUE(reference::close(sums->moments(),
                                 dense_moments(terms, reference::after_events(record, 19050, 1), theta), tolerance))
        << formula;
  }
}

// Products that are zero when their dyad is touched and wake later, when only their other factor changes.
Record late_wakers() {
  Record record = reference::make_record({.seed = 2, .actors = 4, .events = 0, .ties = 0, .passages = false});
  record.attributes = {{"size", {}, {{0, always, 0}, {1, always, 0}, {2, always, 0}, {3, always, 0}, {0, 19010, 2}}}};
  record.actors[3].enters = 19010;
  const auto act = [&](Time time, ActorId i, ActorId j, TypeId type) {
    record.events.push_back(Event{time, i, j, 1, type, Precision::day, 0, 0});
  };
  act(19000, 2, 0, 0);
  act(19001, 0, 1, 0);
  act(19002, 1, 3, 0);  // 3 is not there yet
  act(19011, 2, 1, 3);  // a hit: the first
  act(19012, 3, 2, 0);
  return record;
}

// `written_out`: one term that the formula means.
void expect_sums_of_late_wakers(const std::string& formula, const std::string& written_out) {
  const Record record = late_wakers();
  ModelSpec spec = reference::make_model({});
  for (TraceText& trace : spec.traces) trace.fade = Fade::none;
  spec.terms = {{.name = "named", .formula = {"inertia(goodwill):in_degree(grievance, of=receiver)", {}}}};
  spec.hazards.front().formula.text = formula;
  const Model model = bind_model(spec, record);
  const Eigen::VectorXd theta = Eigen::VectorXd::Constant(1, 0.5);
  const reference::NaiveTerms terms(written_out, model.memory.traces);
  Memory memory(record, model.memory);
  Follower fast(model.hazards.front(), memory, Evaluation::factorised, {0.5});
  Replay replay(record, 0, never);
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    fast.follow(memory);
    memory.clear_touched();
    const auto history = reference::after_events(record, moment.time, 1);
    EXPECT_TRUE(reference::close(fast.sums->moments(), dense_moments(terms, history, theta), tolerance))
        << formula << " at " << moment.time;
  }
}

TEST(RiskSums, interactions_that_wake_after_their_dyad_was_touched_are_counted) {
  for (const char* formula :
       {"inertia:send(size)", "inertia(goodwill):in_degree(grievance, of=receiver)", "reciprocity"})
    expect_sums_of_late_wakers(formula, formula);
}

TEST(RiskSums, interactions_within_sums_and_names_wake_too) {
  expect_sums_of_late_wakers("sum(inertia:send(size))", "inertia:send(size)");
  expect_sums_of_late_wakers("sum(inertia(goodwill):in_degree(grievance, of=receiver))",
                             "inertia(goodwill):in_degree(grievance, of=receiver)");
  expect_sums_of_late_wakers("named", "inertia(goodwill):in_degree(grievance, of=receiver)");
}

TEST(RiskSums, stay_exact_over_thousands_of_updates) {
  const Record record =
      reference::make_record({.seed = 9, .actors = 12, .events = 6000, .ties = 20, .passages = false});
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text =
      "log1p(inertia(all)) + log1p(out_degree) + log1p(in_degree(of=receiver)) + otp(unique)";
  const Model model = bind_model(spec, record);
  const Hazard& hazard = model.hazards.front();
  Memory memory(record, model.memory);
  Follower fast(hazard, memory, Evaluation::factorised, {-2, 0.5, 0.5, 0.1});
  Follower slow(hazard, memory, Evaluation::blocked, {-2, 0.5, 0.5, 0.1});
  Replay replay(record, 0, never);
  std::size_t moments = 0;
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    fast.follow(memory);
    memory.clear_touched();
    if (++moments % 97 != 0) continue;
    slow.sums->refresh(memory, slow.theta);
    ASSERT_TRUE(reference::close(fast.sums->moments(), slow.sums->moments(), tolerance))
        << "after " << moments << " moments";
  }
}

TEST(FactorisedSums, locate_finds_each_dyad_for_its_share_of_the_rate) {
  const Record record = reference::make_record({.seed = 4, .actors = 6, .events = 30, .ties = 5});
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text = "inertia + log1p(out_degree) + in_degree(of=receiver) + tie";
  const Model model = bind_model(spec, record);
  const Hazard& hazard = model.hazards.front();
  const std::vector<double> theta{0.3, 0.2, -0.1, 0.5};
  Memory memory(record, model.memory);
  reference::relive(memory, record, 19015);
  FactorisedSums sums(hazard, memory, Keep::rate);
  sums.refresh(memory, theta);
  std::vector<std::pair<Dyad, double>> rates;
  double total = 0;
  for (ActorId i = 0; i < memory.actors(); ++i)
    for (ActorId j = 0; j < memory.actors(); ++j) {
      if (i == j || !memory.present(i) || !memory.present(j)) continue;
      std::vector<double> x(4);
      fill_terms(hazard, memory, {i, j}, x);
      double linear = 0;
      for (std::size_t p = 0; p < 4; ++p) linear += theta[p] * x[p];
      rates.push_back({{i, j}, std::exp(linear)});
      total += rates.back().second;
    }
  EXPECT_NEAR(sums.total_rate(), total, 1e-12 * total);
  double before = 0;
  for (const auto& [dyad, rate] : rates) {
    EXPECT_EQ(sums.locate((before + 1e-9 * rate) / total), dyad);
    EXPECT_EQ(sums.locate((before + 0.5 * rate) / total), dyad);
    EXPECT_EQ(sums.locate((before + (1 - 1e-9) * rate) / total), dyad);
    before += rate;
  }
  EXPECT_EQ(sums.locate(1), rates.back().first);
}

TEST(FactorisedSums, the_total_needs_no_moments) {
  const Record record = reference::make_record({.seed = 6, .actors = 6, .events = 60});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Model model = bind_model(reference::make_model({.seed = seed, .terms = 4}), record);
    const Hazard& hazard = model.hazards.front();
    const Eigen::VectorXd coefficients = reference::make_coefficients(seed, hazard.terms.size());
    const std::vector<double> theta(coefficients.data(), coefficients.data() + coefficients.size());
    Memory memory(record, model.memory);
    FactorisedSums with(hazard, memory, Keep::moments);
    FactorisedSums without(hazard, memory, Keep::rate);
    Replay replay(record, 0, never);
    for (Moment moment; replay.next(moment);) {
      enter(memory, moment);
      with.refresh(memory, theta);
      without.refresh(memory, theta);
      memory.clear_touched();
      for (const Event& event : moment.events) memory.apply(event);
      with.update(memory);
      without.update(memory);
      memory.clear_touched();
      ASSERT_NEAR(without.total_rate(), with.total_rate(), 1e-11 * with.total_rate()) << hazard.text.formula.text;
    }
  }
}

void expect_equal_line_moments(std::uint32_t actors, double taken_back) {
  for (std::size_t own = 0; own <= 4; ++own)
    for (std::size_t met = 0; met <= 6; ++met) {
      const std::size_t coded = own % 3;
      std::uint32_t step = 0;
      const auto draw = [&] {
        return uniform({1, 0, Purpose::test, static_cast<std::uint32_t>(10 * own + met), step++});
      };
      const std::size_t stride = 2 + coded + met;
      std::vector<double> weight(actors), own_values(actors * own), pairs(actors * stride);
      for (auto* list : {&weight, &own_values, &pairs})
        for (double& x : *list) x = draw();
      std::vector<const double*> columns;
      for (std::size_t k = 0; k < own; ++k) columns.push_back(own_values.data() + k * actors);
      std::vector<Partner> partners;
      for (std::uint32_t a = 0; a < actors; a += 2) partners.push_back({a, (a + 3) % actors});
      const LineInput in{partners, weight.data(), columns, pairs.data(), stride, coded, met, taken_back};
      std::vector<double> sums(triangle(1 + own + coded + met)), any(sums);
      line_moments(in, sums.data());
      line_moments_any(in, any.data());
      for (std::size_t k = 0; k < sums.size(); ++k) EXPECT_NEAR(sums[k], any[k], 1e-13 * actors);
    }
}

TEST(LineMoments, of_fixed_sizes_and_of_long_lines_equal_those_of_any_size) {
  for (const std::uint32_t actors : {9U, 99U})
    for (const double taken_back : {0.0, 1.0}) expect_equal_line_moments(actors, taken_back);
}

}  // namespace detente::risk_sums_test
