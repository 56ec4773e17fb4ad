// Intervals of P(rupture) against the truth: a small version of bench/coverage_bench.
#include <gtest/gtest.h>

#include "forecast/coverage_study.hpp"

namespace detente::test::coverage_test {

// Three standard errors of the share, about 4 % each: intervals of half the width would hold some 48 % and fail.
TEST(coverage, of_80_percent_intervals_of_rupture_is_80_percent) {
  const Coverage found = cover({.records = 60, .seed = 5, .prior = 1, .replicates = 400, .truth_paths = 300});
  EXPECT_EQ(found.forecast, found.records);
  EXPECT_GT(found.ties, 600U);
  EXPECT_EQ(found.covered + found.below + found.above, found.ties);
  EXPECT_LT(found.error, 0.055);
  EXPECT_NEAR(found.share(), 0.8, 3 * found.error);
  EXPECT_LT(found.truth_error, 0.1 * found.mean_width);  // else the noise of the truth would be what is covered
  EXPECT_NEAR(found.bias, 0, 3 * found.bias_error);
}

TEST(coverage, is_the_same_bits_for_any_number_of_threads) {
  const Coverage one = cover({.records = 4, .replicates = 16, .truth_paths = 8, .threads = 1});
  const Coverage two = cover({.records = 4, .replicates = 16, .truth_paths = 8, .threads = 2});
  EXPECT_EQ(one.covered, two.covered);
  EXPECT_EQ(one.mean_width, two.mean_width);
  EXPECT_EQ(one.mean_truth, two.mean_truth);
}

}  // namespace detente::test::coverage_test
