#include <cmath>

#include <gtest/gtest.h>

#include "layers/arena/bass.hpp"

namespace detente::arena_test {

// ln(q/p)/(p+q) with p = .03, q = .38.
TEST(KnownResults, BassPeaksAt6193) {
  BassDiffusion bass(0.03, 0.38);
  double best = 0;
  double peak = 0;
  constexpr double step = 1e-3;
  for (int k = 0; k < 20000; ++k) {
    if (bass.rate() > best) {
      best = bass.rate();
      peak = k * step;
    }
    bass.advance(step);
  }
  EXPECT_NEAR(peak, 6.193, 1e-3);
}

TEST(Bass, FollowsItsClosedFormInStepsOfAnyLength) {
  BassDiffusion one(0.03, 0.38);
  BassDiffusion many(0.03, 0.38);
  one.advance(7);
  for (int k = 0; k < 70; ++k) many.advance(0.1);
  const double e = std::exp(-0.41 * 7);
  EXPECT_NEAR(one.adopted(), (1 - e) / (1 + 0.38 / 0.03 * e), 1e-14);
  EXPECT_NEAR(many.adopted(), one.adopted(), 1e-13);
}

}  // namespace detente::arena_test
