#include "base/duration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include <fmt/format.h>

namespace detente::duration_test {

TEST(Duration, is_read_in_days_on_a_calendar) {
  EXPECT_EQ(duration_on("180d", 1), 180.0);
  EXPECT_EQ(duration_on("36h", 1), 1.5);
  EXPECT_EQ(duration_on("2w", 1), 14.0);
  EXPECT_EQ(duration_on("6mo", 1), 182.625);
  EXPECT_EQ(duration_on("1y", 1), 365.25);
  EXPECT_EQ(duration_on("90s", 1), 1.0 / 960);
  EXPECT_EQ(duration_on("5min", 1), 5.0 / 1440);
  EXPECT_EQ(duration_on("42", 1), 42.0);
}

TEST(Duration, refuses_what_is_no_positive_finite_length) {
  for (const char* text : {"", "d", "0d", "-3d", "nan", "inf", "infd", "1e308y", "1e400", "1x", "3 d", "5M", "1e-400d"})
    EXPECT_FALSE(duration_on(text, 1)) << text;
}

TEST(Duration, refuses_m_with_both_readings) {
  EXPECT_FALSE(parse_duration("5m"));
  EXPECT_EQ(duration_advice("5m", 1).expected, "5min (minutes) or 5mo (months)");
}

TEST(Duration, of_the_calendar_has_no_length_on_a_clock_whose_unit_nobody_named) {
  EXPECT_FALSE(duration_on("90d", unknown_unit));
  EXPECT_EQ(duration_on("90", unknown_unit), 90.0);
  EXPECT_NE(duration_advice("90d", unknown_unit).hint.find("unit = \"s\""), std::string::npos);
  EXPECT_EQ(duration_on("90d", days_in(TimeUnit::second)), 90.0 * 86400);
}

RC_GTEST_PROP(Duration, is_as_long_in_any_unit_as_it_is_in_days, ()) {
  const double amount = *rc::gen::inRange(1, 1'000'000) / 64.0;
  for (const char* suffix : {"s", "min", "h", "d", "w", "mo", "y"}) {
    const std::string text = fmt::format("{}{}", amount, suffix);
    const TimeUnit unit = *time_unit_named(suffix);
    RC_ASSERT(to_string(*parse_duration(text)) == text);
    const double days = *duration_on(text, 1);
    for (const TimeUnit clock : {TimeUnit::second, TimeUnit::day, TimeUnit::year})
      RC_ASSERT(std::abs(*duration_on(text, days_in(clock)) * days_in(clock) - days) <= 1e-12 * days);
    RC_ASSERT(std::abs(*duration_on(text, days_in(unit)) - amount) <= 1e-12 * amount);
  }
}

RC_GTEST_PROP(Duration, is_finite_and_positive_or_refused_whatever_the_text, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', '.', 'e', '+', '-', 'd', 'm', 'o', 'y'));
  const auto length = duration_on(text, 1);
  if (length) RC_ASSERT(std::isfinite(*length) && *length > 0);
}

}  // namespace detente::duration_test
