#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "forecast/scores.hpp"

namespace detente::scores_test {

double draw(std::uint32_t purpose, std::uint32_t k) { return uniform({17, 0, Purpose::test, purpose, k}); }

// Forecasts that are right on average, many of them equal.
std::vector<Scored> random_forecasts(std::size_t n, std::uint32_t seed) {
  std::vector<Scored> all;
  for (std::uint32_t k = 0; k < n; ++k) {
    Scored one;
    one.probability = std::round(20 * draw(seed, 3 * k)) / 20 * 0.5;
    one.constant = 0.25;
    one.duration = 0.2;
    one.happened = draw(seed, 3 * k + 1) < one.probability;
    one.time = one.happened ? std::round(10 * draw(seed, 3 * k + 2)) : never;
    one.date = k % 7;
    one.tie = k % 11;
    all.push_back(one);
  }
  return all;
}

// Each score by plain loops.
RC_GTEST_PROP(Scores, equal_plain_loops_over_all_pairs, ()) {
  const auto forecasts = random_forecasts(*rc::gen::inRange<std::size_t>(1, 80), *rc::gen::inRange(0U, 1000U));
  double pairs = 0, won = 0, dated = 0, first = 0, log_loss = 0, brier = 0;
  for (const Scored& a : forecasts) {
    const double p = std::min(std::max(a.probability, 1e-6), 1 - 1e-6);
    log_loss -= std::log(a.happened ? p : 1 - p) / static_cast<double>(forecasts.size());
    brier += std::pow(a.probability - (a.happened ? 1 : 0), 2) / static_cast<double>(forecasts.size());
    for (const Scored& b : forecasts) {
      const double half = a.probability > b.probability ? 1 : a.probability == b.probability ? 0.5 : 0;
      if (a.happened && !b.happened) {
        pairs += 1;
        won += half;
      }
      if (a.happened && a.date == b.date && a.time < b.time) {
        dated += 1;
        first += half;
      }
    }
  }
  const Scores scores = score(forecasts);
  RC_ASSERT(std::abs(scores.log_loss - log_loss) < 1e-12);
  RC_ASSERT(std::abs(scores.brier - brier) < 1e-12);
  RC_ASSERT((pairs == 0 ? std::isnan(scores.auc) : std::abs(scores.auc - won / pairs) < 1e-12));
  RC_ASSERT((dated == 0 ? std::isnan(scores.concordance) : std::abs(scores.concordance - first / dated) < 1e-12));
  RC_ASSERT(std::abs(scores.parts.reliability - scores.parts.resolution + scores.parts.uncertainty - brier) < 1e-12);
}

TEST(scores, of_a_perfect_order) {
  std::vector<Scored> forecasts;
  for (std::size_t k = 0; k < 40; ++k)
    forecasts.push_back({.probability = 0.02 * static_cast<double>(k),
                         .constant = 0.1,
                         .duration = 0.1,
                         .happened = k >= 36,
                         .time = k >= 36 ? 5 : never,
                         .date = 0,
                         .tie = k});
  const Scores scores = score(forecasts);
  EXPECT_EQ(scores.auc, 1);
  EXPECT_EQ(scores.concordance, 1);
  EXPECT_EQ(scores.recall_top_tenth, 1);
  EXPECT_EQ(scores.events, 4U);
}

TEST(scores, equal_forecasts_have_no_order_and_share_the_top) {
  std::vector<Scored> forecasts(50, {.probability = 0.1, .constant = 0.1, .duration = 0.1});
  forecasts[3].happened = forecasts[30].happened = true;
  const Scores scores = score(forecasts);
  EXPECT_EQ(scores.auc, 0.5);
  EXPECT_DOUBLE_EQ(scores.recall_top_tenth, 0.1);
  EXPECT_DOUBLE_EQ(scores.skill_constant, 0);
  EXPECT_EQ(calibration(forecasts, 0.9).size(), 1U);
}

TEST(calibration, bins_hold_all_forecasts_and_wilsons_interval) {
  const auto forecasts = random_forecasts(500, 3);
  const auto bins = calibration(forecasts, 0.95);
  std::size_t n = 0;
  for (const CalibrationBin& bin : bins) {
    n += bin.n;
    EXPECT_LE(bin.low, bin.mean_forecast);
    EXPECT_GE(bin.high, bin.mean_forecast);
    EXPECT_LE(bin.observed_low, bin.observed);
    EXPECT_GE(bin.observed_high, bin.observed);
  }
  EXPECT_EQ(n, forecasts.size());
  EXPECT_LE(bins.size(), 10U);
  // 10 of 100 at 95 %: the interval of Wilson (1927), from his formula by hand.
  std::vector<Scored> ten(100, {.probability = 0.1});
  for (std::size_t k = 0; k < 10; ++k) ten[k].happened = true;
  EXPECT_NEAR(calibration(ten, 0.95)[0].observed_low, 0.05523, 1e-5);
  EXPECT_NEAR(calibration(ten, 0.95)[0].observed_high, 0.17437, 1e-5);
}

TEST(bootstrap, resamples_whole_blocks_and_is_the_same_for_any_number_of_threads) {
  const auto forecasts = random_forecasts(300, 5);
  BootstrapOptions options{.resamples = 200, .threads = 1};
  const ScoreBands one = bootstrap(forecasts, options);
  options.threads = 3;
  EXPECT_EQ(one.auc.low, bootstrap(forecasts, options).auc.low);
  EXPECT_LT(one.auc.low, score(forecasts).auc);
  EXPECT_GT(one.auc.high, score(forecasts).auc);
  // Every forecast of a block copied: a bootstrap by block sees no more than there was, one by single rows would.
  std::vector<Scored> copies;
  for (int copy = 0; copy < 8; ++copy) copies.insert(copies.end(), forecasts.begin(), forecasts.end());
  const ScoreBand width = one.log_loss;
  const ScoreBand copied = bootstrap(copies, options).log_loss;
  EXPECT_NEAR(copied.high - copied.low, width.high - width.low, 1e-9);
}

}  // namespace detente::scores_test
