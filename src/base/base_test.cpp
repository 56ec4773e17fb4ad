#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atomic>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/ticks.hpp"
#include "base/time.hpp"

namespace detente::base_test {

TEST(time, days_and_civil_dates_are_inverse) {
  EXPECT_TRUE(rc::check("civil_from_days(days_from_civil) is the identity", [] {
    const auto days = *rc::gen::inRange<std::int64_t>(-800000, 800000);
    const CivilDate date = civil_from_days(days);
    RC_ASSERT(days_from_civil(date.year, date.month, date.day) == days);
  }));
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11017);
}

TEST(time, a_month_stands_at_its_last_day) {
  const auto leap = parse_time("2024-02", Clock::calendar);
  ASSERT_TRUE(leap);
  EXPECT_EQ(format_time(leap->time, Clock::calendar), "2024-02-29");
  EXPECT_EQ(leap->precision, Precision::month);
}

TEST(time, timestamps_carry_fractions_and_offsets) {
  EXPECT_DOUBLE_EQ(parse_time("1970-01-02T12:00:00Z", Clock::calendar)->time, 1.5);
  EXPECT_DOUBLE_EQ(parse_time("1970-01-02 01:00+01:00", Clock::calendar)->time, 1.0);
}

TEST(time, what_is_no_date_is_refused) {
  for (const char* text : {"", "2025", "2025-13", "2025-02-30", "2025-1-2", "2025-01-02x", "2025-01-02T25:00", "nan"})
    EXPECT_FALSE(parse_time(text, Clock::calendar)) << text;
  for (const char* text : {"", "1e999", "nan", "inf", "12 ", "0x10"})
    EXPECT_FALSE(parse_time(text, Clock::number)) << text;
}

TEST(error, says_what_where_got_expected_and_hint) {
  const Error error({.what = "unknown actor 'Frnace'",
                     .where = {.file = "events.csv", .line = 1042},
                     .got = "Frnace",
                     .expected = "a declared actor",
                     .hint = "a similar actor exists: 'France'"});
  EXPECT_STREQ(error.what(),
               "error: events.csv:1042: unknown actor 'Frnace'\n  got: Frnace\n  expected: a declared actor\n"
               "  hint: a similar actor exists: 'France'");
}

TEST(error, suggests_the_closest_name_only_when_it_is_close) {
  const std::vector<std::string> names{"France", "Germany", "Italy"};
  EXPECT_EQ(closest("Frnace", names), "France");
  EXPECT_EQ(closest("frnace", names), "France");  // a swap is one mistake, case is none
  EXPECT_EQ(closest("Portugal", names), "");
}

TEST(error, user_bytes_are_made_safe_to_print) {
  using namespace std::string_view_literals;
  EXPECT_EQ(printable("a\0b\xff"sv), "a\\x00b\\xff");
  EXPECT_EQ(printable("détente"), "détente");
  EXPECT_EQ(printable("abcdef", 3), "abc…");
}

TEST(random, draws_depend_on_every_part_of_the_key) {
  const DrawKey key{1, 2, Purpose::test, 3, 4};
  EXPECT_EQ(uniform(key), uniform(key));
  EXPECT_NE(uniform(key), uniform({2, 2, Purpose::test, 3, 4}));
  EXPECT_NE(uniform(key), uniform({1, 3, Purpose::test, 3, 4}));
  EXPECT_NE(uniform(key), uniform({1, 2, Purpose::generate, 3, 4}));
  EXPECT_NE(uniform(key), uniform({1, 2, Purpose::test, 4, 4}));
  EXPECT_NE(uniform(key), uniform({1, 2, Purpose::test, 3, 5}));
}

TEST(random, moments_are_those_of_the_distributions) {
  constexpr std::uint32_t n = 100000;
  double u = 0, e = 0, z = 0, zz = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const DrawKey key{7, 0, Purpose::test, 0, i};
    u += uniform(key);
    e += exponential(key);
    z += normal(key);
    zz += normal(key) * normal(key);
  }
  EXPECT_NEAR(u / n, 0.5, 0.005);
  EXPECT_NEAR(e / n, 1, 0.02);
  EXPECT_NEAR(z / n, 0, 0.02);
  EXPECT_NEAR(zz / n, 1, 0.03);
}

TEST(ticks, plain_ones_are_counted_and_hold_their_beginning) {
  for (const double length : {1.0, 0.1, 1.0 / 3, 7.0}) {
    const Ticks ticks(length);
    for (int k = -50; k <= 50; ++k) {
      EXPECT_EQ(ticks.index(ticks.at(k)), k);
      EXPECT_EQ(ticks.index(std::nextafter(ticks.at(k), always)), k - 1);
      EXPECT_EQ(ticks.last(ticks.at(k) + 0.5 * length), ticks.at(k));
    }
  }
  EXPECT_EQ(Ticks().last(3.25), 3.25);
}

TEST(ticks, years_on_the_calendar_begin_on_1_january) {
  const Ticks years(365.25, Clock::calendar);
  for (const std::int64_t year : {1816, 1899, 1900, 1969, 1970, 2000, 2024}) {
    const auto first = static_cast<Time>(days_from_civil(year, 1, 1));
    const double k = years.index(first);
    EXPECT_EQ(k, static_cast<double>(year - 1970));
    EXPECT_EQ(years.at(k), first);
    EXPECT_EQ(years.last(first + 364.99), first);
    EXPECT_EQ(years.index(first - 0.01), k - 1);
    EXPECT_EQ(format_time(years.ends(k, Clock::calendar), Clock::calendar), std::to_string(year) + "-12-31");
  }
  EXPECT_EQ(years.length(), 365.25);
  EXPECT_EQ(Ticks(365.25, Clock::number).at(1), 365.25);  // plain numbers know no years
  EXPECT_EQ(Ticks(365, Clock::calendar).at(1), 365);
}

TEST(ticks, months_on_the_calendar_begin_on_their_first_day) {
  const Ticks quarters(3 * 30.4375, Clock::calendar);
  const auto day = [](std::int64_t y, unsigned m, unsigned d) { return static_cast<Time>(days_from_civil(y, m, d)); };
  EXPECT_EQ(quarters.last(day(2024, 2, 29)), day(2024, 1, 1));
  EXPECT_EQ(quarters.last(day(1969, 12, 31)), day(1969, 10, 1));
  EXPECT_EQ(quarters.ends(quarters.index(day(2024, 2, 1)), Clock::calendar), day(2024, 3, 31));
  EXPECT_EQ(Ticks(1, Clock::calendar).ends(19000, Clock::calendar), 19000);
}

TEST(parallel, every_block_runs_once_for_any_number_of_threads) {
  for (const unsigned threads : {0U, 1U, 2U, 4U}) {
    std::vector<std::atomic<int>> seen(101);
    for_each_block(seen.size(), threads, [&](std::size_t block) { ++seen[block]; });
    for (const auto& count : seen) EXPECT_EQ(count, 1);
  }
}

TEST(parallel, the_exception_of_a_block_reaches_the_caller) {
  for (const unsigned threads : {1U, 2U})
    EXPECT_THROW(for_each_block(8, threads,
                                [](std::size_t block) {
                                  if (block == 3) throw std::runtime_error("x");
                                }),
                 std::runtime_error);
}

TEST(hash, a_file_and_its_bytes_have_one_fingerprint) {
  EXPECT_EQ(fingerprint("abc").size(), 32U);
  EXPECT_NE(fingerprint("abc"), fingerprint("abd"));
  EXPECT_THROW((void)fingerprint_file("no/such/file"), Error);
}

}  // namespace detente::base_test
