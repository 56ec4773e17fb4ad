#include <cmath>

#include <gtest/gtest.h>

#include "layers/organizations/granovetter.hpp"
#include "layers/organizations/march.hpp"

namespace detente::organizations_test {

TEST(KnownResults, GranovetterJumpsBetween1220And1225) {
  EXPECT_NEAR(100 * revolt_end(0.25, 0.1220), 5.48, 0.005);
  EXPECT_NEAR(100 * revolt_end(0.25, 0.1225), 100, 1e-6);
}

TEST(Granovetter, ALargeStaffFollowsTheContinuumRoundByRound) {
  GranovetterRevolt staff(200'000, 0.25, 0.15, {.seed = 3});
  GranovetterRevolt continuum(0, 0.25, 0.15, {.seed = 3});
  for (int round = 0; round < 12; ++round) {
    staff.round();
    continuum.round();
    EXPECT_NEAR(staff.share(), continuum.share(), 0.02) << round;
  }
  EXPECT_GT(continuum.share(), 0.2);
}

// Nobody with a threshold of 0: nobody starts, however close to all would follow.
TEST(Granovetter, NobodyStartsWithoutAnInstigator) {
  GranovetterRevolt none(100, 0.5, 0, {});
  for (int round = 0; round < 200; ++round) none.round();
  EXPECT_EQ(none.share(), 0);
  EXPECT_EQ(revolt_end(0.5, 0), 0);
  EXPECT_EQ(revolt_end(0.5, 0, 0.5), 1);
}

struct Mean {
  double mean;
  double error;
};

Mean march_knowledge(double p1, std::uint32_t runs) {
  double sum = 0;
  double squares = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    const LayerDraws draws{.seed = 7, .replicate = run};
    MarchLearning march({.from_code = p1, .by_code = 0.9}, draws);
    for (int period = 0; period < 2000 && !march.settled(); ++period) march.period(draws);
    sum += march.knowledge();
    squares += march.knowledge() * march.knowledge();
  }
  const double mean = sum / runs;
  return {mean, std::sqrt((squares / runs - mean * mean) / runs)};
}

// 4 standard errors, and half a unit of the last printed digit.
TEST(KnownResults, MarchSlowLearnersKnowMore) {
  const Mean slow = march_knowledge(0.1, 400);
  const Mean fast = march_knowledge(0.9, 400);
  EXPECT_NEAR(slow.mean, 0.86, 4 * slow.error + 0.005) << slow.error;
  EXPECT_NEAR(fast.mean, 0.69, 4 * fast.error + 0.005) << fast.error;
}

TEST(March, WithoutLearningNothingMoves) {
  MarchLearning march({.people = 1000, .from_code = 0, .by_code = 0}, {.seed = 2});
  const double before = march.knowledge();
  for (int period = 0; period < 10; ++period) march.period({.seed = 2});
  EXPECT_EQ(march.knowledge(), before);
  EXPECT_NEAR(before, 1.0 / 3, 4 * std::sqrt(2.0 / 9 / 30000));
  EXPECT_EQ(march.code_knowledge(), 0);
}

}  // namespace detente::organizations_test
