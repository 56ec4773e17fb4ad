// Two tracks on the same origins: the difference is over what both forecast, and is paired.
#include "forecast/backtest_difference.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace detente::backtest_difference_test {

BacktestForecast row(Time origin, TieId tie, double probability, bool happened) {
  BacktestForecast one{};
  one.origin = origin;
  one.tie = tie;
  one.pair = {0, tie + 1};
  one.probability = probability;
  one.happened = happened;
  return one;
}

// Ties of which each is as hard for both models, and the first says a little more of what happened.
Track track(double better) {
  Track track;
  for (TieId tie = 0; tie < 12; ++tie)
    for (Time origin = 0; origin < 5; ++origin) {
      const bool happened = (tie + static_cast<TieId>(origin)) % 4 == 0;
      const double hard = 0.02 + 0.03 * tie;
      track.forecasts.push_back(row(origin, tie, happened ? hard * better : hard / better, happened));
    }
  return track;
}

TEST(LossDifference, is_the_mean_over_what_both_forecast) {
  Track one = track(1.2);
  const Track other = track(1);
  double by_hand = 0;
  for (std::size_t k = 5; k < one.forecasts.size(); ++k)
    by_hand += log_loss(one.forecasts[k].probability, one.forecasts[k].happened) -
               log_loss(other.forecasts[k].probability, other.forecasts[k].happened);
  one.forecasts.erase(one.forecasts.begin(), one.forecasts.begin() + 5);
  const LossDifference found = loss_difference(one, other, {});
  EXPECT_EQ(found.n, 55U);
  EXPECT_EQ(found.alone, 5U);
  EXPECT_NEAR(found.mean, by_hand / 55, 1e-12);
  EXPECT_NEAR(found.mean, found.one - found.other, 1e-12);
}

TEST(LossDifference, is_told_from_0_where_the_intervals_of_both_overlap) {
  const Track one = track(1.2), other = track(1);
  for (const Block block : {Block::tie, Block::date}) {
    const BootstrapOptions options{.block = block};
    const LossDifference found = loss_difference(one, other, options);
    EXPECT_LT(found.band.low, found.mean);
    EXPECT_GT(found.band.high, found.mean);
    EXPECT_LT(found.band.high, 0);
    const LossDifference turned = loss_difference(other, one, options);
    EXPECT_NEAR(turned.mean, -found.mean, 1e-12);
    EXPECT_NEAR(turned.band.low, -found.band.high, 1e-3);
  }
  const double low = bootstrap(scored(other.forecasts), {}).log_loss.low;
  EXPECT_GT(bootstrap(scored(one.forecasts), {}).log_loss.high, low);
}

TEST(LossDifference, of_a_model_to_itself_is_0_and_of_nothing_in_common_is_not_known) {
  const Track one = track(1.2);
  const LossDifference same = loss_difference(one, one, {});
  EXPECT_EQ(same.mean, 0);
  EXPECT_EQ(same.band.low, 0);
  EXPECT_EQ(same.band.high, 0);
  EXPECT_TRUE(std::isnan(loss_difference(one, Track{}, {}).mean));
}

}  // namespace detente::backtest_difference_test
