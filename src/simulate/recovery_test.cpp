// Paths of the simulator, fitted again: a small version of bench/coverage_bench.
#include <gtest/gtest.h>

#include <cmath>

#include "simulate/recovery_study.hpp"

namespace detente::test::recovery_test {

void expect_honest(Recovered kind) {
  const Recovery found = recover({.kind = kind, .records = 200, .seed = 11});
  EXPECT_EQ(found.converged, found.records);
  for (const RecoveredCoefficient& c : found.coefficients) {
    const double share = static_cast<double>(c.covered) / found.converged;
    EXPECT_GE(share, 0.90) << c.name;
    EXPECT_LE(share, 0.99) << c.name;
    EXPECT_NEAR(c.mean, c.truth, 4 * c.spread / std::sqrt(found.converged) + 0.15 * c.spread) << c.name;
  }
}

TEST(path, ordinal_fits_recover_what_wrote_it) { expect_honest(Recovered::ordinal); }
TEST(path, exact_fits_recover_what_wrote_it) { expect_honest(Recovered::exact); }
TEST(path, end_fits_recover_what_wrote_it) { expect_honest(Recovered::end); }
TEST(path, fits_along_a_layer_recover_what_wrote_it_beside_one) { expect_honest(Recovered::layer); }
TEST(path, choices_recover_what_wrote_it) { expect_honest(Recovered::choice); }
TEST(path, rates_recover_what_wrote_it) { expect_honest(Recovered::rate); }
TEST(path, rates_recover_what_wrote_them_beside_choices) { expect_honest(Recovered::rate_of_steps); }
TEST(path, choices_recover_what_wrote_them_beside_rates) { expect_honest(Recovered::choice_of_steps); }
TEST(path, fits_with_marks_recover_what_wrote_it) { expect_honest(Recovered::marks); }
TEST(path, ordinal_fits_with_marks_recover_what_wrote_it) { expect_honest(Recovered::marks_in_order); }
TEST(path, start_fits_recover_what_wrote_it) { expect_honest(Recovered::start); }

TEST(recovery, is_the_same_bits_for_any_number_of_threads) {
  for (const Recovered kind : {Recovered::exact, Recovered::choice_of_steps}) {
    const Recovery one = recover({.kind = kind, .records = 8, .threads = 1});
    const Recovery many = recover({.kind = kind, .records = 8, .threads = 4});
    for (std::size_t p = 0; p < one.coefficients.size(); ++p) {
      EXPECT_EQ(one.coefficients[p].mean, many.coefficients[p].mean);
      EXPECT_EQ(one.coefficients[p].mean_error, many.coefficients[p].mean_error);
    }
  }
}

}  // namespace detente::test::recovery_test
