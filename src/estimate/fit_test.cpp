// Fits of small records: what they find, and what they say when they cannot.
#include "estimate/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include <fmt/format.h>

#include "base/random.hpp"
#include "estimate/test_models.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::fit_test {

using test::lively;
using test::model_of;

HazardFit fit_of(const Record& record, const ModelSpec& spec, const FitOptions& options = {}) {
  return fit(record, bind_model(spec, record), options).hazards.front();
}

TEST(Fit, ends_where_the_dense_gradient_is_zero) {
  const Record record = lively();
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const ModelSpec spec = model_of("log1p(inertia) + reciprocity(goodwill) + same(kind)", timing);
    const HazardFit fit = fit_of(record, spec);
    ASSERT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
    const Model model = bind_model(spec, record);
    const Likelihood dense =
        reference::dense_tie_likelihood(record, model, model.hazards.front(), {}, fit.newton.estimate);
    EXPECT_NEAR(fit.newton.log_likelihood, dense.value, 1e-9 * std::abs(dense.value));
    for (Eigen::Index p = 0; p < dense.gradient.size(); ++p)
      EXPECT_LT(std::abs(dense.gradient(p)) * fit.standard_error(static_cast<std::size_t>(p)), 1e-6);
    EXPECT_LT((fit.newton.covariance * dense.information -
               Eigen::MatrixXd::Identity(dense.gradient.size(), dense.gradient.size()))
                  .norm(),
              1e-6);
  }
}

TEST(Fit, both_evaluations_agree) {
  const Record record = lively();
  const ModelSpec spec = model_of("log1p(inertia) + reciprocity(goodwill) + log1p(out_degree) + otp(unique)");
  const HazardFit fast = fit_of(record, spec);
  const HazardFit slow = fit_of(record, spec, {.evaluation = Evaluation::blocked});
  EXPECT_EQ(fast.evaluation, "factorised");
  EXPECT_EQ(slow.evaluation, "blocked");
  EXPECT_LT((fast.newton.estimate - slow.newton.estimate).norm(), 1e-9);
}

TEST(Fit, without_events_says_so) {
  const Record record = reference::make_record({.actors = 3, .events = 0, .ties = 0});
  const HazardFit fit = fit_of(record, model_of("inertia"));
  EXPECT_EQ(fit.newton.status, FitStatus::no_events);
  EXPECT_EQ(fit.newton.message, "the record has no event for the hazard 'random': nothing can be estimated");
  EXPECT_TRUE(std::isnan(fit.standard_error(0)));
}

ModelSpec marked_model(const std::string& formula, Timing timing) {
  ModelSpec spec = model_of(formula, timing);
  spec.hazards.front().marks = {{"warm", {"cooperation"}}, {"cold", {"conflict"}}};
  return spec;
}

// What shares nothing is fitted as apart: the log-likelihoods of waiting times add up.
TEST(Fit, marks_that_share_nothing_are_fitted_as_hazards_apart) {
  const Record record = lively();
  const HazardFit joint = fit_of(record, marked_model("by_mark(log1p(inertia) + receive(size))", Timing::exact));
  ASSERT_EQ(joint.newton.status, FitStatus::converged) << joint.newton.message;
  EXPECT_EQ(joint.names.front(), "baseline [warm]");
  EXPECT_EQ(joint.baselines(), 2U);
  double sum = 0;
  for (const char* side : {"cooperation", "conflict"}) {
    ModelSpec alone = model_of("log1p(inertia) + receive(size)", Timing::exact);
    alone.hazards.front().events = {side};
    const HazardFit one = fit_of(record, alone);
    const Eigen::Index mark = side == std::string("conflict") ? 1 : 0;
    for (Eigen::Index p = 0; p < 3; ++p) {
      EXPECT_NEAR(joint.newton.estimate(2 * p + mark), one.newton.estimate(p), 1e-6) << side << p;
      EXPECT_NEAR(joint.standard_error(static_cast<std::size_t>(2 * p + mark)),
                  one.standard_error(static_cast<std::size_t>(p)), 1e-6);
    }
    sum += one.newton.log_likelihood;
  }
  EXPECT_NEAR(joint.newton.log_likelihood, sum, 1e-7 * std::abs(sum));
}

TEST(Fit, a_mark_without_events_is_named) {
  Record record = lively();
  for (Event& event : record.events) event.type = 0;  // meet
  const HazardFit fit = fit_of(record, marked_model("log1p(inertia)", Timing::exact));
  EXPECT_EQ(fit.newton.status, FitStatus::no_events);
  EXPECT_EQ(fit.newton.message,
            "the record has no event of the mark 'cold' for the hazard 'random': leave the mark out");
}

// Only leaders are hostile; anybody is kind.
TEST(Fit, an_effect_that_separates_one_mark_is_named_with_it) {
  Record record = reference::make_record({.seed = 3, .actors = 6, .events = 80, .ties = 0, .passages = false});
  for (std::size_t i = 0; i < 6; ++i) record.actors[i].kind = i < 2 ? "leader" : "public";
  for (Event& e : record.events) {
    if (e.type < 2) continue;
    e.sender = e.sender % 2;
    if (e.receiver == e.sender) e.receiver = 5;
  }
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const HazardFit fit = fit_of(record, marked_model("log1p(inertia) + by_mark(send(kind=leader))", timing));
    EXPECT_EQ(fit.newton.status, FitStatus::separated) << fit.newton.estimate.transpose();
    EXPECT_NE(fit.newton.message.find("'send(kind=leader) [cold]' separates"), std::string::npos) << fit.newton.message;
    EXPECT_NE(fit.newton.message.find("events have the value 1, above the mean"), std::string::npos)
        << fit.newton.message;
  }
}

TEST(Fit, an_effect_that_never_varies_is_named) {
  Record record = lively();
  for (const double constant : {0.0, 0.1, 7.3, 2024.1, 1.3e6}) {
    for (AttributeValue& v : record.attributes[0].values) v.value = constant;
    const HazardFit ordinal = fit_of(record, model_of("inertia + send(size)"));
    EXPECT_EQ(ordinal.newton.status, FitStatus::rank_deficient)
        << constant << ": " << ordinal.newton.estimate.transpose();
    EXPECT_NE(ordinal.newton.message.find("send(size)"), std::string::npos) << ordinal.newton.message;
    const HazardFit exact = fit_of(record, model_of("inertia + send(size)", Timing::exact));
    EXPECT_EQ(exact.newton.status, FitStatus::rank_deficient) << constant;
    EXPECT_NE(exact.newton.message.find("send(size)"), std::string::npos) << exact.newton.message;
    EXPECT_TRUE(constant == 0 || exact.newton.message.find("baseline") != std::string::npos) << exact.newton.message;
  }
}

// What is the same for everybody says nothing of the order of events, whatever its size and however it changes.
TEST(Fit, effects_of_the_time_alone_are_named_where_timing_is_ordinal) {
  Record record = lively();
  for (const double size : {1.0, 7.3, 2024.1, 1.3e6}) {
    record.series = {{"gdp", {{always, size}}}};
    for (int k = 0; k < 40; ++k) record.series[0].values.push_back({19000.0 + 5 * k, size * (1 + 0.01 * k)});
    for (const char* effect : {"series(gdp)", "weekday(mon)", "month(3)", "time", "time(since=1970-01-01, unit=1)"}) {
      const HazardFit ordinal = fit_of(record, model_of(fmt::format("inertia + {}", effect)));
      EXPECT_EQ(ordinal.newton.status, FitStatus::rank_deficient)
          << effect << " " << ordinal.newton.estimate.transpose();
      EXPECT_NE(ordinal.newton.message.find(fmt::format("'{}' is the same for every dyad at risk", effect)),
                std::string::npos)
          << ordinal.newton.message;
    }
  }
  const HazardFit exact = fit_of(record, model_of("inertia + weekday(mon) + time(unit=30d)", Timing::exact));
  EXPECT_EQ(exact.newton.status, FitStatus::converged) << exact.newton.message;
}

// With one actor pair and a series of 0 and then 1, rates are counts over time.
TEST(Fit, rates_follow_a_series_from_when_it_changes) {
  Record record;
  record.clock = Clock::number;
  record.types = {{"act", "Act"}};
  for (const char* id : {"a", "b"})
    record.actors.push_back({.id = id, .name = id, .kind = "", .note = "", .enters = always});
  for (Actor& actor : record.actors) actor.enters_declared = true;
  for (const double time : {1.0, 3.0, 4.0, 5.0, 6.5, 8.0})
    record.events.push_back({time, 0, 1, 1, 0, Precision::number, 0, 2});
  record.series = {{"war", {{always, 0}, {3.5, 1}}}};
  record.observed_from = 0;
  ModelSpec spec = model_of("series(war)", Timing::exact);
  spec.traces.clear();
  const HazardFit fit = fit_of(record, spec);
  ASSERT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
  const double peace = 2 / (2 * 3.5);  // two dyads at risk
  const double war = 4 / (2 * 4.5);
  EXPECT_NEAR(fit.newton.estimate(0), std::log(peace), 1e-8);
  EXPECT_NEAR(fit.newton.estimate(1), std::log(war / peace), 1e-8);
}

// Of all dyads at risk those with the number 1 have a share p of the events: logit p beside the log odds of the dyads.
TEST(Fit, numbers_of_pairs_give_the_log_odds) {
  Record record = reference::make_record({.seed = 5, .actors = 4, .events = 60, .ties = 0, .passages = false});
  record.pair_attributes = {{"near", {}}};
  for (ActorId i = 0; i < 4; ++i)
    for (ActorId j = 0; j < 4; ++j)
      if (i != j) record.pair_attributes[0].values.push_back({{i, j}, always, i / 2 == j / 2 ? 1.0 : 0.0});
  double near = 0;
  for (const Event& e : record.events) near += e.sender / 2 == e.receiver / 2 ? 1 : 0;
  const HazardFit fit = fit_of(record, model_of("of_pair(near)"));
  ASSERT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
  EXPECT_NEAR(fit.newton.estimate(0), std::log(near / (60 - near)) - std::log(4.0 / 8), 1e-8);
}

std::string refusal_of(const Record& record, const ModelSpec& spec) {
  try {
    (void)fit_of(record, spec);
  } catch (const Error& error) { return error.problem().what; }
  return "";
}

TEST(Fit, a_number_that_is_not_known_where_it_is_needed_is_an_error) {
  Record record = reference::make_record({.seed = 5, .actors = 4, .events = 60, .ties = 0, .passages = false});
  const Time first = std::floor(record.events.front().time);
  record.pair_attributes = {{"trade", {}}};
  for (ActorId i = 0; i < 4; ++i)
    for (ActorId j = 0; j < 4; ++j)
      if (i != j)
        record.pair_attributes[0].values.push_back({{i, j}, i == 2 && j == 1 ? first + 1 : first, 1.0 * i * j});
  EXPECT_EQ(refusal_of(record, model_of("of_pair(trade)")),
            fmt::format("'of_pair(trade)' has no value from 'a2' to 'a1' on {}", format_time(first, record.clock)));
  EXPECT_EQ(refusal_of(record, model_of("of_pair(trade, both)")), "");
  EXPECT_EQ(refusal_of(record, model_of("of_pair(trade, missing=0)")), "");
  EXPECT_NE(refusal_of(record, model_of("inertia:of_pair(trade)")), "");
  // Not at risk until it is known.
  ModelSpec listed = model_of("of_pair(trade)");
  listed.hazards.front().at_risk.rule = "dyads.csv";
  for (ActorId i = 0; i < 4; ++i)
    for (ActorId j = 0; j < 4; ++j)
      if (i != j)
        listed.hazards.front().at_risk.dyads.push_back(
            {.sender = record.actors[i].id,
             .receiver = record.actors[j].id,
             .from = i == 2 && j == 1 ? format_time(first + 1, record.clock) : ""});
  EXPECT_EQ(refusal_of(record, listed), "");
  for (DyadText& row : listed.hazards.front().at_risk.dyads) row.from.clear();
  EXPECT_NE(refusal_of(record, listed), "");
  record.series = {{"rate", {{first + 1, 1}}}};
  EXPECT_EQ(refusal_of(record, model_of("inertia + series(rate)", Timing::exact)),
            fmt::format("'series(rate)' has no value on {}", format_time(first, record.clock)));
  EXPECT_EQ(refusal_of(record, model_of("inertia + series(rate, missing=0)", Timing::exact)), "");
}

TEST(Fit, effects_that_say_the_same_are_named_together) {
  const HazardFit fit = fit_of(lively(), model_of("total_degree + in_degree + out_degree + inertia"));
  EXPECT_EQ(fit.newton.status, FitStatus::rank_deficient);
  for (const char* name : {"'total_degree'", "'in_degree'", "'out_degree'"})
    EXPECT_NE(fit.newton.message.find(name), std::string::npos) << fit.newton.message;
  EXPECT_EQ(fit.newton.message.find("inertia"), std::string::npos) << fit.newton.message;
}

// Only leaders act: nobody else ever does.
TEST(Fit, of_a_factor_is_that_of_its_levels_written_out) {
  Record record = lively();
  record.attributes[1].levels.emplace_back("green");
  for (AttributeValue& value : record.attributes[1].values)
    if (value.actor % 3 == 0) value.value = 2;
  const HazardFit whole = fit_of(record, model_of("log1p(inertia) + receive(camp, reference=blue)"));
  const HazardFit written = fit_of(record, model_of("log1p(inertia) + receive(camp=red) + receive(camp=green)"));
  EXPECT_EQ(whole.newton.status, FitStatus::converged);
  EXPECT_EQ(whole.names, written.names);
  EXPECT_EQ(whole.newton.estimate, written.newton.estimate);
  EXPECT_EQ(whole.newton.covariance, written.newton.covariance);
}

TEST(Fit, separation_is_named) {
  for (const std::size_t actors : {std::size_t{6}, std::size_t{40}}) {
    Record record = reference::make_record({.seed = 3, .actors = actors, .events = 60, .ties = 0, .passages = false});
    for (std::size_t i = 0; i < actors; ++i) record.actors[i].kind = i < 2 ? "leader" : "public";
    for (Event& e : record.events) {
      e.sender = e.sender % 2;
      if (e.receiver == e.sender) e.receiver = 5;
    }
    for (const Timing timing : {Timing::ordinal, Timing::exact}) {
      const HazardFit fit = fit_of(record, model_of("log1p(inertia) + send(kind=leader)", timing));
      EXPECT_EQ(fit.newton.status, FitStatus::separated) << actors << " actors: " << fit.newton.estimate.transpose();
      EXPECT_NE(fit.newton.message.find("'send(kind=leader)' separates"), std::string::npos) << fit.newton.message;
      EXPECT_NE(fit.newton.message.find("infinity: all 60 events have the value 1, above the mean"), std::string::npos)
          << fit.newton.message;
      EXPECT_NE(fit.newton.message.find("event 1 ("), std::string::npos) << fit.newton.message;
      const HazardFit minus = fit_of(record, model_of("log1p(inertia) + send(kind=public)", timing));
      EXPECT_NE(minus.newton.message.find("minus infinity: all 60 events have the value 0, below the mean"),
                std::string::npos)
          << minus.newton.message;
    }
    ModelSpec with_prior = model_of("log1p(inertia) + send(kind=leader)");
    with_prior.hazards.front().prior_scale = 1;
    EXPECT_EQ(fit_of(record, with_prior).newton.status, FitStatus::converged);
  }
}

// The one tie that ruptures is the one between the two of one camp.
TEST(Fit, separation_of_endings_names_the_ties) {
  Record record = reference::make_record({.actors = 8, .events = 0, .ties = 0, .passages = false});
  for (ActorId k = 0; k < 8; k += 2) {
    Tie tie{};
    tie.id = fmt::format("t{}", k);
    tie.a = k;
    tie.b = k + 1;
    tie.kind = "alliance";
    tie.start = 19000;
    record.ties.push_back(tie);
    record.actors[k].kind = record.actors[k + 1].kind = k == 0 ? "leader" : "public";
  }
  record.ties[0].end = 19100;
  record.ties[0].ending = "rupture";
  ModelSpec spec = reference::make_model({.kind = HazardKind::end, .tick = 1});
  spec.hazards.front().formula.text = "send(kind=leader)";
  spec.hazards.front().age_cuts = {};
  const HazardFit fit = fit_of(record, spec, {.until = 19200});
  EXPECT_EQ(fit.newton.status, FitStatus::separated) << fit.newton.estimate.transpose();
  EXPECT_NE(
      fit.newton.message.find("all 1 endings have the value 1, above the mean of the ties over their time at risk; "
                              "most of all tie 't0' (a0 - a1, 2022-01-08 to 2022-04-18, rupture): 1 against"),
      std::string::npos)
      << fit.newton.message;
}

TEST(Fit, raw_counts_into_the_hundreds_converge) {
  Record record = reference::make_record(
      {.seed = 4, .clock = Clock::number, .actors = 12, .events = 480, .ties = 0, .passages = false});
  for (std::size_t k = 0; k < record.events.size(); ++k)
    if (k % 3 != 0) record.events[k].sender = 0, record.events[k].receiver = k % 5 == 0 ? 2U : 1U;
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const HazardFit fit = fit_of(record, model_of("inertia + reciprocity + in_degree(of=receiver)", timing));
    EXPECT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
    EXPECT_LT(fit.newton.evaluations, 40);
    EXPECT_EQ(fit.start, "zero");
    EXPECT_EQ(fit.newton.steps.size(), static_cast<std::size_t>(fit.newton.iterations) + 1);
  }
}

// In exact timing a sample stands for the time after events, when what has just happened is most recent.
TEST(Fit, a_sampled_start_sees_what_is_recent_after_events_alone) {
  Record record = reference::make_record(
      {.seed = 6, .clock = Clock::number, .actors = 40, .events = 3000, .ties = 0, .passages = false});
  for (std::size_t k = 0; k < record.events.size(); ++k) {
    Event& event = record.events[k];
    const std::size_t hour = 24 * (k / 10);
    event.time = static_cast<double>(hour);
    if (k % 10 != 0) event.sender = static_cast<ActorId>(k % 10), event.receiver = event.sender + 1;
  }
  ModelSpec spec = model_of("sqrt(recency)", Timing::exact);
  spec.tick = 24;
  const HazardFit fit = fit_of(record, spec);
  EXPECT_EQ(fit.start, "sampled");
  EXPECT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
  EXPECT_LT(fit.newton.log_likelihood - fit.newton.start_log_likelihood, 100);
}

TEST(Fit, a_step_that_overshoots_is_cut_to_what_was_observed) {
  Record record = reference::make_record(
      {.seed = 4, .clock = Clock::number, .actors = 12, .events = 480, .ties = 0, .passages = false});
  for (std::size_t k = 0; k < record.events.size(); ++k)
    if (k % 3 != 0) record.events[k].sender = 0, record.events[k].receiver = k % 5 == 0 ? 2U : 1U;
  for (const Timing timing : {Timing::ordinal, Timing::exact}) {
    const ModelSpec spec = model_of("inertia + reciprocity + in_degree(of=receiver)", timing);
    const Model model = bind_model(spec, record);
    const TieLikelihood likelihood(record, model, model.hazards.front(), {});
    const LikelihoodFunction function = [&](const Eigen::VectorXd& theta) { return likelihood(theta); };
    const HazardFit cut = fit_of(record, spec);
    const NewtonResult halved = maximize(function, likelihood.start(), likelihood.names(), {});
    EXPECT_EQ(halved.status, FitStatus::converged);
    EXPECT_LT((cut.newton.estimate - halved.estimate).norm(), 1e-6);
    EXPECT_LE(cut.newton.evaluations, halved.evaluations);
  }
}

TEST(Fit, an_attribute_that_is_unknown_is_named) {
  Record record = lively();
  std::erase_if(record.attributes[0].values, [](const AttributeValue& v) { return v.actor == 3; });
  for (const char* formula : {"inertia + send(size)", "receive(size)", "abs_difference(size)", "inertia:send(size)"}) {
    try {
      (void)fit_of(record, model_of(formula));
      FAIL() << formula;
    } catch (const Error& error) {
      EXPECT_NE(error.problem().what.find("'a3'"), std::string::npos) << error.what();
      EXPECT_NE(error.problem().what.find("(size)"), std::string::npos) << error.what();
    }
  }
  record.actors[3].enters = 19100;
  record.attributes[0].values.push_back({3, 19100, 1});
  EXPECT_EQ(fit_of(record, model_of("inertia + send(size)")).newton.status, FitStatus::converged);
}

TEST(Fit, an_attribute_that_is_unknown_of_a_neighbour_is_named) {
  Record record = lively();
  std::erase_if(record.attributes[0].values, [](const AttributeValue& v) { return v.actor == 3; });
  std::erase_if(record.ties, [](const Tie& tie) { return tie.a == 3 || tie.b == 3; });
  for (const HazardKind kind : {HazardKind::tie, HazardKind::end}) {
    ModelSpec model = model_of("neighbours_mean(all, size)");
    model.hazards.front().kind = kind;
    try {
      (void)fit_of(record, model);
      FAIL() << to_string(kind);
    } catch (const Error& error) { EXPECT_NE(error.problem().what.find("'a3'"), std::string::npos) << error.what(); }
    model.hazards.front().formula.text = "neighbours_mean(all, size, missing=1)";
    EXPECT_EQ(fit_of(record, model).newton.status, FitStatus::converged);
  }
}

TEST(Fit, many_acts_of_one_dyad_in_one_day_leave_efron_a_risk_set) {
  Record record = reference::make_record({.actors = 3, .events = 0, .ties = 0, .passages = false});
  for (int day = 0; day < 40; ++day)
    for (int k = 0; k < 8; ++k) {
      const auto i = static_cast<ActorId>((day * day / 3) % 3);
      record.events.push_back(Event{19000.0 + day, i, (i + (k > 5 ? 2 : 1)) % 3, 1, 0, Precision::day, 0, 0});
    }
  ModelSpec spec = model_of("log1p(inertia)");
  spec.hazards.front().simultaneous = Simultaneous::efron;
  const HazardFit fit = fit_of(record, spec);
  EXPECT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
}

TEST(Fit, criteria_are_those_of_the_likelihood) {
  const HazardFit fit = fit_of(lively(), model_of("inertia + reciprocity"));
  const double deviance = -2 * fit.newton.log_likelihood;
  EXPECT_DOUBLE_EQ(fit.aic, deviance + 4);
  EXPECT_DOUBLE_EQ(fit.bic, deviance + 2 * std::log(200));
  EXPECT_DOUBLE_EQ(fit.aicc, deviance + 4 + 12.0 / 197);
}

TEST(Fit, few_events_and_terms_that_do_not_factor_are_warned_of) {
  const Record record = reference::make_record({.seed = 8, .actors = 6, .events = 8, .passages = false});
  ModelSpec spec = model_of("log1p(inertia) + out_degree:in_degree(of=receiver)");
  spec.hazards.front().prior_scale = 1;
  const HazardFit fit = fit_of(record, spec);
  ASSERT_EQ(fit.warnings.size(), 2U);
  EXPECT_EQ(fit.warnings[0], "8 events for 2 effects: estimates rest on little and lean on the prior");
  EXPECT_EQ(fit.warnings[1],
            "'out_degree:in_degree(of=receiver)' does not factor: all dyads at risk are visited at every event, 30 on "
            "average");
}

TEST(Fit, the_baseline_has_no_prior) {
  const Record record = lively();
  ModelSpec spec = model_of("", Timing::exact);
  const HazardFit free = fit_of(record, spec);
  spec.hazards.front().prior_scale = 0.01;
  EXPECT_DOUBLE_EQ(fit_of(record, spec).newton.estimate(0), free.newton.estimate(0));
}

TEST(Quantile, of_the_normal_is_the_tables) {
  EXPECT_NEAR(normal_quantile_two_sided(0.95), 1.959963984540054, 1e-12);
  EXPECT_NEAR(normal_quantile_two_sided(0.5), 0.6744897501960817, 1e-12);
}

// Ties drawn from a log-logistic hazard, raised by e^0.7 for half of them and observed for 40 units of time.
Record log_logistic_ties(std::uint32_t count, double shape, double scale) {
  Record record;
  record.clock = Clock::number;
  record.attributes = {{.name = "tested", .levels = {}, .values = {}}};
  for (std::uint32_t k = 0; k < count; ++k) {
    const double tested = k % 2;
    const double waited = exponential({7, k, Purpose::test, 0, 0}) / std::exp(0.7 * tested);
    const double age = scale * std::pow(std::expm1(waited), 1 / shape);
    Tie tie{};
    tie.id = std::to_string(k);
    tie.a = 2 * k;
    tie.b = 2 * k + 1;
    tie.kind = "alliance";
    tie.end = std::min(age, 40.0);
    tie.ending = age < 40 ? "rupture" : "other";
    for (const ActorId actor : {tie.a, tie.b}) {
      record.actors.emplace_back();
      record.actors.back().id = std::to_string(actor);
      record.attributes[0].values.push_back({actor, always, tested});
    }
    record.ties.push_back(tie);
  }
  return record;
}

TEST(Fit, recovers_a_log_logistic_baseline) {
  const Record record = log_logistic_ties(4000, 2.5, 8);
  HazardText rupture{.name = "rupture", .kind = HazardKind::end};
  rupture.baseline = EndBaseline::log_logistic;
  rupture.formula.text = "send(tested)";
  ModelSpec spec;
  spec.hazards = {rupture};
  const HazardFit one = fit(record, bind_model(spec, record), {}).hazards.front();
  ASSERT_EQ(to_string(one.newton.status), "converged") << one.newton.message;
  const std::vector<double> truth{0, 0.7, std::log(2.5), std::log(8.0)};
  for (std::size_t p = 0; p < truth.size(); ++p)
    EXPECT_LT(std::abs(one.newton.estimate(static_cast<Eigen::Index>(p)) - truth[p]), 3.5 * one.standard_error(p))
        << one.names[p] << " is " << one.newton.estimate(static_cast<Eigen::Index>(p));
  EXPECT_LT(one.standard_error(3), 0.2);
}

}  // namespace detente::fit_test
