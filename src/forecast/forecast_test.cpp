#include "forecast/forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "forecast/baselines.hpp"
#include "forecast/ensemble.hpp"
#include "simulate/test_record.hpp"

namespace detente::forecast_test {

// Ten ties; by day 100 two have ruptured and one was closed.
Record tied_record() {
  Record record = test::small_record(8, 80, 200, 11);
  for (std::size_t k = 0; k < 10; ++k) {
    const auto a = static_cast<ActorId>(k % 8);
    test::add_tie(record, a, static_cast<ActorId>((k + 1 + k / 8) % 8), static_cast<Time>(5 * k));
  }
  record.ties[0].end = 60;
  record.ties[0].ending = "rupture";
  record.ties[1].end = 90;
  record.ties[1].ending = "rupture";
  record.ties[2].end = 80;
  record.ties[2].ending = "closed";
  record.ties[3].end = 130;
  record.ties[3].ending = "rupture";
  record.ties[3].how_it_ended = "A quarrel";
  record.ties[4].end = 140;
  record.ties[4].ending = "closed";
  return record;
}

ModelSpec small_model(const std::string& rupture_formula) {
  return {.traces = {{.name = "grievance", .events = {"conflict"}, .fade = Fade::half_life, .span = 30}},
          .hazards = {test::tie_hazard("acts", "all", "sqrt(recency(way=back))"),
                      test::end_hazard("rupture", "rupture", rupture_formula), test::end_hazard("other", "other", "")}};
}

ForecastOptions options_as_of(Time as_of) {
  ForecastOptions options;
  options.as_of = as_of;
  options.horizon = 50;
  options.replicates = 80;
  options.seed = 3;
  return options;
}

TEST(baselines, are_rates_of_events_over_tie_time) {
  Record record = test::small_record(3, 4, 10, 1);
  test::add_tie(record, 0, 1, 0, 100, "rupture");
  test::add_tie(record, 0, 2, 0);
  const Model model = bind_model(small_model(""), record);
  const Baselines baselines(record, model, *model.find(HazardKind::end, "rupture"), 299);
  const double time = 99.5 + 299, rupture = 1.5 / time, other = 0.5 / time;
  const double expected = rupture / (rupture + other) * -std::expm1(-(rupture + other) * 180);
  EXPECT_NEAR(baselines.constant(180), expected, 1e-12);
  EXPECT_GT(baselines.duration(0, 180), baselines.duration(180, 180));  // the one rupture came within the first band
}

TEST(ensemble, noise_within_draws_is_taken_out_of_the_interval) {
  std::vector<std::vector<double>> draws;
  for (std::uint32_t d = 0; d < 4000; ++d) {
    const double centre = 0.5 + 0.02 * normal({1, d, Purpose::test, 0, 0});
    draws.emplace_back();
    for (std::uint32_t r = 0; r < 4; ++r) draws.back().push_back(centre + 0.06 * normal({1, d, Purpose::test, 1, r}));
  }
  const Interval interval = interval_of_draws(draws, 0.8);
  EXPECT_NEAR(interval.mean, 0.5, 0.005);
  EXPECT_NEAR(interval.high - interval.low, 2 * 1.2816 * 0.02,
              0.006);  // the draws' own spread, not the 0.092 of their means
}

TEST(ensemble, equal_draws_give_a_point) {
  const Interval interval = interval_of_draws({{0.25, 0.25}, {0.25, 0.25}}, 0.8);
  EXPECT_DOUBLE_EQ(interval.low, 0.25);
  EXPECT_DOUBLE_EQ(interval.high, 0.25);
}

TEST(forecast, ranks_every_tie_in_force_with_an_interval_around_its_probability) {
  const Record record = tied_record();
  const Forecast f = forecast(record, small_model("log1p(inertia(grievance))"), options_as_of(100));
  ASSERT_EQ(f.alliances.size(), 7U);
  EXPECT_EQ(f.ends, 150);
  for (std::size_t k = 0; k < f.alliances.size(); ++k) {
    const AllianceForecast& one = f.alliances[k];
    EXPECT_EQ(one.rank, k + 1);
    if (k > 0) { EXPECT_LE(one.probability, f.alliances[k - 1].probability); }
    EXPECT_GT(one.probability, 0);
    EXPECT_LE(one.low, one.probability + 1e-12);
    EXPECT_GE(one.high, one.probability - 1e-12);
    EXPECT_LE(one.probability + one.probability_other_ending, 1 + 1e-9);
    EXPECT_EQ(one.curve.back().time, f.ends);
    for (std::size_t p = 1; p < one.curve.size(); ++p)
      EXPECT_GE(one.curve[p].probability, one.curve[p - 1].probability);
  }
}

TEST(forecast, of_constant_hazards_is_the_closed_form) {
  const Record record = tied_record();
  ModelSpec model = small_model("");
  ForecastOptions options = options_as_of(100);
  options.replicates = 2000;
  const Forecast f = forecast(record, model, options);
  // The posterior mean over draws of the rates, by the same draws the forecast used.
  double expected = 0;
  for (std::uint32_t draw = 0; draw < 500; ++draw) {
    const Coefficients theta = draw_coefficients(f.fit, options.seed, draw);
    const double rupture = std::exp(theta[1](0)), other = std::exp(theta[2](0));
    expected += rupture / (rupture + other) * -std::expm1(-(rupture + other) * 50) / 500;
  }
  for (const AllianceForecast& one : f.alliances) EXPECT_NEAR(one.probability, expected, 0.02);
}

TEST(forecast, reasons_multiply_to_the_hazard_ratio) {
  const Forecast f =
      forecast(tied_record(), small_model("log1p(inertia(grievance)) + log1p(in_degree(grievance, of=receiver))"),
               options_as_of(100));
  double log_ratios = 0;
  for (const AllianceForecast& one : f.alliances) {
    ASSERT_EQ(one.reasons.size(), 2U);
    EXPECT_DOUBLE_EQ(one.hazard_ratio, one.reasons[0].hazard_ratio * one.reasons[1].hazard_ratio);
    log_ratios += std::log(one.hazard_ratio);
    for (const Reason& reason : one.reasons) {
      EXPECT_LE(reason.low, reason.hazard_ratio);
      EXPECT_GE(reason.high, reason.hazard_ratio);
      for (const EventId id : reason.events) EXPECT_TRUE(is_conflict(f.known.types[f.known.events[id].type].quad));
    }
  }
  EXPECT_NEAR(log_ratios, 0, 1e-9);  // against the average of the ties
}

// The factors of actors' own coefficients too: the ratios of two ties' hazards are those that paths are drawn from.
TEST(forecast, reasons_include_what_actors_have_of_their_own) {
  Record record = tied_record();
  for (ActorId i = 1; i < 8; ++i) test::add_tie(record, 0, i, 10, 40 + i, "rupture");
  for (ActorId i = 3; i < 7; ++i) test::add_tie(record, 1, i, 10, 400);
  const ModelSpec spec = small_model("log1p(inertia(grievance)) + by_actor(1 + log1p(inertia(grievance)))");
  const Forecast f = forecast(record, spec, options_as_of(100));
  const Model model = bind_model(spec, f.known);
  const RandomEffects& effects = f.fit.find("rupture")->random.front();
  ASSERT_GT(effects.covariance(0, 0), 0);
  EXPECT_GT(effects.estimate(0, 0), effects.estimate(4, 0));
  Memory memory = PathStart(f.known, model, 100).memory();
  const Coefficients theta = estimated_coefficients(f.fit);
  memory.set_own_values(theta.own);
  std::vector<double> x;
  double log_ratios = 0;
  for (const AllianceForecast& one : f.alliances) {
    ASSERT_EQ(one.reasons.size(), 2U);
    EXPECT_NE(one.reasons[1].effect.find("its actors' own"), std::string::npos);
    EXPECT_LE(one.reasons[1].low, one.reasons[1].hazard_ratio);
    log_ratios += std::log(one.hazard_ratio);
    EXPECT_FALSE(one.history.empty());
  }
  EXPECT_NEAR(log_ratios, 0, 1e-9);
  memory.advance(101);  // where the forecast begins
  double mean = 0;
  std::vector<double> rates;
  for (const AllianceForecast& one : f.alliances) {
    rates.push_back(std::log(end_rate(model.hazards[1], memory, one.tie, theta[1], x)));
    mean += rates.back() / static_cast<double>(f.alliances.size());
  }
  for (std::size_t k = 0; k < rates.size(); ++k)
    EXPECT_NEAR(std::log(f.alliances[k].hazard_ratio), rates[k] - mean, 1e-9);
}

// A public that hears acts, and whose approval the hazards read.
ModelSpec layered_model() {
  ModelSpec model = small_model("log1p(inertia(grievance)) + send(approval) + receive(approval)");
  model.tick = 1;
  model.hazards[0] = test::tie_hazard("acts", "all", "receive(approval)");
  model.layers.push_back({.layer = "publics",
                          .model = "followers",
                          .settings = {{"leaders", {std::vector<std::string>{"a0", "a3", "a5"}, {}}},
                                       {"people", {30.0, {}}},
                                       {"start_spread", {0.6, {}}},
                                       {"cue_gain", {2.0, {}}}}});
  return model;
}

void expect_blind(const ModelSpec& model) {
  const Record record = tied_record();
  Record blind = record;
  std::erase_if(blind.events, [](const Event& e) { return e.time >= 101; });
  for (Tie& tie : blind.ties) {
    if (tie.end < 101) continue;
    tie.end = never;
    tie.ending.clear();
    tie.how_it_ended.clear();
  }
  Record along = record;  // as a backtest has it
  (void)complete_record(along, model, {.until = known_until(record)});
  const Forecast a = forecast(along, model, options_as_of(100));
  const Forecast b = forecast(blind, model, options_as_of(100));
  ASSERT_EQ(a.alliances.size(), b.alliances.size());
  for (std::size_t k = 0; k < a.alliances.size(); ++k) {
    EXPECT_EQ(a.alliances[k].probability, b.alliances[k].probability);
    EXPECT_EQ(a.alliances[k].low, b.alliances[k].low);
    EXPECT_EQ(a.alliances[k].baseline_duration, b.alliances[k].baseline_duration);
  }
}

TEST(forecast, does_not_see_what_comes_later) { expect_blind(small_model("log1p(inertia(grievance))")); }
TEST(forecast, with_layers_does_not_see_what_comes_later) { expect_blind(layered_model()); }

TEST(forecast, is_the_same_bits_for_any_number_of_threads) {
  const Record record = tied_record();
  ForecastOptions options = options_as_of(100);
  options.threads = 1;
  const Forecast one = forecast(record, small_model("log1p(inertia(grievance))"), options);
  options.threads = 2;
  const Forecast two = forecast(record, small_model("log1p(inertia(grievance))"), options);
  for (std::size_t k = 0; k < one.alliances.size(); ++k) {
    EXPECT_EQ(one.alliances[k].probability, two.alliances[k].probability);
    EXPECT_EQ(one.alliances[k].high, two.alliances[k].high);
  }
}

TEST(forecast, is_scored_by_what_the_record_says_later) {
  const Record record = tied_record();
  const Forecast f = forecast(record, small_model(""), options_as_of(100));
  const Outcomes outcomes = look_up_outcomes(record, f);
  ASSERT_EQ(outcomes.alliances.size(), f.alliances.size());
  EXPECT_EQ(outcomes.ruptures, 1U);
  double log_loss = 0;
  for (const Outcome& outcome : outcomes.alliances) {
    const AllianceForecast& one = f.alliances[outcome.index];
    const std::string& id = f.known.ties[one.tie].id;
    EXPECT_EQ(outcome.what, id == "t3" ? "rupture" : id == "t4" ? "other ending" : "in force");
    if (id == "t3") { EXPECT_EQ(outcome.how, "A quarrel"); }
    log_loss -= std::log(id == "t3" ? one.probability : 1 - one.probability) / 7;
  }
  EXPECT_NEAR(outcomes.forecast.log_loss, log_loss, 1e-12);
  EXPECT_TRUE(look_up_outcomes(f.known, f).alliances.empty());  // that record ends before the horizon
}

// Pairs that rupture and are mended later, over and over, beside those of tied_record().
Record mended_record() {
  Record record = tied_record();
  for (ActorId a = 0; a < 4; ++a)
    for (Time start = 3; start < 190; start += 40 + 7 * a)
      test::add_tie(record, a, a + 4, start, start + 15 + a, "rupture");
  return record;
}

ModelSpec start_model(PairsAtRisk pairs, const std::string& formula) {
  ModelSpec model = small_model("");
  HazardText start{.name = "mending", .kind = HazardKind::start};
  start.pairs = pairs;
  start.formula = {formula, {.file = "test"}};
  start.prior_scale = 1;
  model.hazards.push_back(start);
  return model;
}

TEST(forecast, ranks_the_pairs_at_risk_of_a_start) {
  const Record record = mended_record();
  for (const PairsAtRisk pairs : {PairsAtRisk::met, PairsAtRisk::ruptured, PairsAtRisk::all}) {
    const Forecast f = forecast(record, start_model(pairs, "log1p(inertia(grievance))"), options_as_of(100));
    ASSERT_EQ(f.start_hazards.size(), 1U);
    ASSERT_GT(f.starts.size(), pairs == PairsAtRisk::ruptured ? 1U : 10U);
    double log_ratios = 0;
    for (std::size_t k = 0; k < f.starts.size(); ++k) {
      const StartForecast& one = f.starts[k];
      EXPECT_EQ(one.rank, k + 1);
      if (k > 0) { EXPECT_LE(one.probability, f.starts[k - 1].probability); }
      EXPECT_LE(one.low, one.probability + 1e-12);
      EXPECT_GE(one.high, one.probability - 1e-12);
      EXPECT_EQ(one.curve.back().time, f.ends);
      EXPECT_LE(one.since, 100);
      for (const Tie& tie : f.known.ties) {
        const bool between = (tie.a == one.pair.sender && tie.b == one.pair.receiver) ||
                             (tie.b == one.pair.sender && tie.a == one.pair.receiver);
        EXPECT_FALSE(between && tie.end == never) << tie.id;
      }
      log_ratios += std::log(one.hazard_ratio);
    }
    EXPECT_NEAR(log_ratios, 0, 1e-9);  // against the average of the pairs
  }
}

// 1 - E e^{-rate h} over the same draws of the rate that the forecast used.
TEST(forecast, of_constant_starts_is_the_closed_form) {
  const Forecast f = forecast(mended_record(), start_model(PairsAtRisk::ruptured, ""), options_as_of(100));
  double expected = 0;
  for (std::uint32_t draw = 0; draw < 40; ++draw)
    expected += -std::expm1(-50 * std::exp(draw_coefficients(f.fit, 3, draw)[3](0))) / 40;
  for (const StartForecast& one : f.starts) EXPECT_NEAR(one.probability, expected, 1e-12);
}

// Reading one tick of each week must not move the mean: against every tick of the same paths, as PathObserver tells them.
TEST(forecast, of_starts_is_the_mean_over_all_ticks) {
  const Record record = mended_record();
  const ModelSpec spec = start_model(PairsAtRisk::met, "log1p(inertia(grievance)) + sqrt(recency(way=back))");
  ForecastOptions options = options_as_of(100);
  options.replicates = 400;
  const Forecast f = forecast(record, spec, options);
  const Model model = bind_model(spec, f.known);
  const PathStart start(f.known, model, 100);
  std::vector<std::size_t> every_tick(50);
  for (std::size_t k = 0; k < every_tick.size(); ++k) every_tick[k] = k;
  std::vector<double> mean(start.pairs().size(), 0.0);
  for (std::uint32_t r = 0; r < options.replicates; ++r) {
    std::vector<double> cumulative(mean.size(), 0.0);
    PathObserver observer;
    observer.start_ticks = every_tick;
    observer.on_start_rate = [&](std::size_t, std::size_t pair, double rate) { cumulative[pair] += rate; };
    EXPECT_TRUE(run_path(start, draw_coefficients(f.fit, options.seed, r / 2), {options.seed, r}, 50, observer));
    for (std::size_t pair = 0; pair < mean.size(); ++pair)
      mean[pair] -= std::expm1(-cumulative[pair]) / static_cast<double>(options.replicates);
  }
  ASSERT_EQ(f.starts.size(), mean.size());
  for (const StartForecast& one : f.starts)
    for (std::size_t pair = 0; pair < mean.size(); ++pair)
      if (start.pairs()[pair].spell.pair == one.pair) { EXPECT_NEAR(one.probability, mean[pair], 0.02 * mean[pair]); }
}

TEST(forecast, of_starts_does_not_see_what_comes_later) {
  const Record record = mended_record();
  Record blind = record;
  std::erase_if(blind.events, [](const Event& e) { return e.time >= 101; });
  std::erase_if(blind.ties, [](const Tie& t) { return t.start >= 101; });
  ASSERT_LT(blind.ties.size(), record.ties.size());
  for (Tie& tie : blind.ties) {
    if (tie.end < 101) continue;
    tie.end = never;
    tie.ending.clear();
    tie.how_it_ended.clear();
  }
  for (const PairsAtRisk pairs : {PairsAtRisk::met, PairsAtRisk::ruptured, PairsAtRisk::all}) {
    const ModelSpec model = start_model(pairs, "log1p(inertia(grievance))");
    const Forecast a = forecast(record, model, options_as_of(100));
    const Forecast b = forecast(blind, model, options_as_of(100));
    ASSERT_EQ(a.starts.size(), b.starts.size());
    for (std::size_t k = 0; k < a.starts.size(); ++k) {
      EXPECT_EQ(a.starts[k].pair, b.starts[k].pair);
      EXPECT_EQ(a.starts[k].probability, b.starts[k].probability);
      EXPECT_EQ(a.starts[k].low, b.starts[k].low);
      EXPECT_EQ(a.starts[k].baseline_duration, b.starts[k].baseline_duration);
    }
  }
}

TEST(forecast, of_starts_is_scored_by_what_the_record_says_later) {
  const Record record = mended_record();
  const Forecast f = forecast(record, start_model(PairsAtRisk::ruptured, ""), options_as_of(100));
  const Outcomes outcomes = look_up_outcomes(record, f);
  ASSERT_EQ(outcomes.starts.size(), 1U);
  ASSERT_EQ(outcomes.starts[0].pairs.size(), f.starts.size());
  std::size_t started = 0;
  double log_loss = 0;
  for (const Outcome& outcome : outcomes.starts[0].pairs) {
    const StartForecast& one = f.starts[outcome.index];
    Time first = never;
    for (const Tie& tie : record.ties)
      if (tie.a == one.pair.sender && tie.b == one.pair.receiver && tie.start > 100 && tie.start <= f.ends)
        first = std::min(first, tie.start);
    EXPECT_EQ(outcome.what, first == never ? "none" : "started");
    EXPECT_EQ(outcome.time, first);
    started += first == never ? 0 : 1;
    log_loss -= std::log(first == never ? 1 - one.probability : one.probability) / static_cast<double>(f.starts.size());
  }
  EXPECT_GT(started, 0U);
  EXPECT_EQ(outcomes.starts[0].started, started);
  EXPECT_NEAR(outcomes.starts[0].forecast.log_loss, log_loss, 1e-12);
}

TEST(forecast, of_starts_needs_no_rupture_hazard) {
  ModelSpec model = start_model(PairsAtRisk::ruptured, "");
  model.hazards.erase(model.hazards.begin() + 1, model.hazards.begin() + 3);
  const Forecast f = forecast(mended_record(), model, options_as_of(100));
  EXPECT_TRUE(f.alliances.empty());
  EXPECT_FALSE(f.starts.empty());
}

// At risk on the days 51 ... 80, the last of which counts half, and 151 ... 299.
TEST(baselines, of_starts_are_rates_of_starts_over_time_at_risk) {
  Record record = test::small_record(3, 0, 10, 1);
  test::add_tie(record, 0, 1, 0, 50, "rupture");
  test::add_tie(record, 0, 1, 80);
  test::add_tie(record, 0, 2, 0, 150, "rupture");
  const Model model = bind_model(start_model(PairsAtRisk::ruptured, ""), record);
  const Baselines baselines = Baselines::of_starts(record, model, *model.find(HazardKind::start, "mending"), 299);
  constexpr double time = 29.5 + 149;
  EXPECT_NEAR(baselines.constant(90), -std::expm1(-90 * 1.5 / time), 1e-12);
  // All of it is in the first band, where one pseudo-start is drawn in with its time of time / 1.5.
  EXPECT_NEAR(baselines.duration(0, 90), -std::expm1(-90 * 2 / (time + time / 1.5)), 1e-12);
}

TEST(forecast, needs_a_rupture_hazard_and_a_date_in_the_record) {
  const Record record = tied_record();
  const ModelSpec without{.hazards = {test::tie_hazard("acts", "all", "")}};
  EXPECT_THROW((void)forecast(record, without, options_as_of(100)), Error);
  EXPECT_THROW((void)forecast(record, small_model(""), options_as_of(-3)), Error);
}

}  // namespace detente::forecast_test
