#include <gtest/gtest.h>

#include "forecast/backtest.hpp"
#include "forecast/held_out.hpp"
#include "simulate/test_record.hpp"

namespace detente::backtest_test {

ModelSpec small_model() {
  ModelSpec spec{.tick = 1, .traces = {{.name = "all", .fade = Fade::half_life, .span = 20}}};
  HazardText rupture{.name = "rupture", .kind = HazardKind::end, .formula = {"log1p(inertia(all))", {}}};
  rupture.prior_scale = 1;
  spec.hazards = {rupture};
  return spec;
}

// Ties of three actors, one of which ruptures every 30 days.
Record some_record() {
  Record record = test::small_record(6, 60, 400, 1);
  for (std::uint32_t k = 0; k < 12; ++k) {
    const ActorId a = k % 6;
    const ActorId b = (k + 1 + k / 6) % 6;
    test::add_tie(record, a, b, 5.0 * k, 40.0 + 30.0 * k, k % 3 == 0 ? "fulfilled" : "rupture");
  }
  return record;
}

BacktestOptions some_options() {
  BacktestOptions options{.from = 120, .to = 300, .every = 30};
  options.forecast.horizon = 25;
  options.forecast.replicates = 40;
  options.bootstrap.resamples = 50;
  return options;
}

TEST(backtest, origins_are_first_days_of_years_or_every_so_many_days) {
  const auto date = [](const char* text) { return parse_time(text, Clock::calendar)->time; };
  const auto text = [](const std::vector<Time>& origins) {
    std::string all;
    for (const Time origin : origins) all += format_time(origin, Clock::calendar) + " ";
    return all;
  };
  const auto years = [&](double every) {
    return text(origins_between(date("1903-05-01"), date("1906-12-31"), every, Clock::calendar));
  };
  EXPECT_EQ(years(365), "1904-01-01 1905-01-01 1906-01-01 ");
  EXPECT_EQ(years(365.25), years(365));
  EXPECT_EQ(years(730), "1904-01-01 1906-01-01 ");
  EXPECT_EQ(text(origins_between(date("1904-01-01"), date("1904-03-01"), 30, Clock::calendar)),
            "1904-01-01 1904-01-31 1904-03-01 ");
  EXPECT_EQ(origins_between(5, 400, 365, Clock::number), (std::vector<Time>{5, 370}));
}

TEST(backtest, forecasts_every_tie_at_risk_and_looks_up_what_happened) {
  const Record record = some_record();
  const Backtest result = backtest(record, small_model(), some_options());
  ASSERT_FALSE(result.forecasts.empty());
  for (const BacktestForecast& one : result.forecasts) {
    const Tie& tie = record.ties[one.tie];
    EXPECT_LT(tie.start, one.origin);
    EXPECT_GE(tie.end, one.origin);
    const bool ended = tie.end < one.origin + 25;
    EXPECT_EQ(one.happened, ended && tie.ending == "rupture") << tie.id << " at " << one.origin;
    EXPECT_EQ(one.time, ended ? tie.end : never);
    EXPECT_GT(one.probability, 0);
    EXPECT_LE(one.low, one.probability);
    EXPECT_GE(one.high, one.probability);
  }
  std::size_t expected = 0;
  for (double origin = 120; origin <= 300; origin += 30)
    for (const Tie& tie : record.ties) expected += tie.start < origin && tie.end >= origin ? 1 : 0;
  EXPECT_EQ(result.forecasts.size(), expected);
  EXPECT_EQ(result.scores.n, expected);
}

TEST(backtest, what_comes_later_changes_no_forecast) {
  const Record record = some_record();
  const BacktestOptions options = some_options();
  const Backtest whole = backtest(record, small_model(), options);
  Record other = record;  // another course of things from day 210 on, still covering the horizons
  for (Tie& tie : other.ties)
    if (tie.end >= 210) tie.ending = tie.ending == "rupture" ? "fulfilled" : "rupture";
  for (Event& event : other.events)
    if (event.time >= 210) std::swap(event.sender, event.receiver);
  const Backtest changed = backtest(other, small_model(), options);
  std::size_t compared = 0;
  for (std::size_t k = 0; k < whole.forecasts.size(); ++k) {
    if (whole.forecasts[k].origin > 210) continue;
    EXPECT_EQ(whole.forecasts[k].probability, changed.forecasts[k].probability);
    EXPECT_EQ(whole.forecasts[k].constant, changed.forecasts[k].constant);
    ++compared;
  }
  EXPECT_GT(compared, 10U);
}

// A constant rate, asked for in the middle of long ticks: forecasts and outcomes are of the same window.
TEST(backtest, a_forecast_is_scored_by_the_ticks_it_is_of) {
  Record record = test::small_record(6, 60, 400, 1);
  for (std::uint32_t k = 0; k < 40; ++k)
    test::add_tie(record, k % 6, (k + 1 + k / 12) % 6, 1, 15.0 + 9.7 * k, k % 4 == 3 ? "fulfilled" : "rupture");
  ModelSpec model = small_model();
  model.tick = 10;
  model.hazards[0].formula.text = "";
  BacktestOptions options = some_options();
  options.from = 123;
  options.every = 10;
  options.forecast.horizon = 10;
  const Backtest result = backtest(record, model, options);
  double expected = 0;
  std::size_t happened = 0;
  for (const BacktestForecast& one : result.forecasts) {
    const Tie& tie = record.ties[one.tie];
    EXPECT_EQ(one.origin, 10 * std::round(one.origin / 10));
    EXPECT_EQ(one.happened, tie.end >= one.origin && tie.end < one.origin + 10 && tie.ending == "rupture");
    happened += one.happened ? 1 : 0;
    expected += one.probability;
  }
  EXPECT_GE(happened, 10U);
  EXPECT_NEAR(expected, static_cast<double>(happened), 0.7 * static_cast<double>(happened));
}

TEST(backtest, endings_are_those_that_the_hazard_makes) {
  const Record record = some_record();
  ModelSpec model = small_model();
  model.hazards[0].endings = {"rupture", "fulfilled"};
  const Backtest result = backtest(record, model, some_options());
  for (const BacktestForecast& one : result.forecasts) {
    const Tie& tie = record.ties[one.tie];
    EXPECT_EQ(one.happened, tie.end >= one.origin && tie.end < one.origin + 25);
  }
}

TEST(held_out, needs_a_clock_that_ticks) {
  ModelSpec spec = small_model();
  spec.tick = 0;
  spec.hazards.front().formula.text = "";
  spec.hazards.front().baseline = EndBaseline::weibull;
  try {
    (void)track_held_out(some_record(), spec, {.folds = 3, .repeats = 1, .resamples = 10});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.problem().what.find("needs a clock that ticks"), std::string::npos) << error.what();
    EXPECT_EQ(error.problem().where.file, "--folds");
  }
}

TEST(backtest, is_the_same_for_any_number_of_threads) {
  const Record record = some_record();
  BacktestOptions options = some_options();
  options.forecast.threads = 1;
  const Backtest one = backtest(record, small_model(), options);
  options.forecast.threads = 3;
  const Backtest three = backtest(record, small_model(), options);
  ASSERT_EQ(one.forecasts.size(), three.forecasts.size());
  for (std::size_t k = 0; k < one.forecasts.size(); ++k)
    EXPECT_EQ(one.forecasts[k].probability, three.forecasts[k].probability);
  EXPECT_EQ(one.bands.auc.low, three.bands.auc.low);
}

TEST(backtest, dates_without_a_rupture_to_learn_from_are_named) {
  const Record record = some_record();
  BacktestOptions options = some_options();
  options.from = 20;
  const Backtest result = backtest(record, small_model(), options);
  ASSERT_FALSE(result.refused.empty());
  EXPECT_EQ(result.refused.front().origin, 20);
  EXPECT_NE(result.refused.front().why.find("no tie at risk has ruptured"), std::string::npos);
  options.to = 40;
  EXPECT_THROW((void)backtest(record, small_model(), options), Error);
  options.from = 5000;
  options.to = 6000;
  EXPECT_THROW((void)backtest(record, small_model(), options), Error);
}

}  // namespace detente::backtest_test
