#include "memory/infer_sensitivity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "memory/reference/any_record.hpp"

namespace detente::infer_sensitivity_test {

// Day by day over every pair: how many days have a recorded cooperative tie, how many an inferred one, how many both.
struct Days {
  double recorded = 0, inferred = 0, both = 0;
};

Days count_days(const Record& record, const std::vector<Tie>& inferred, Time from, Time until) {
  Days days;
  const auto has = [](const std::vector<Tie>& ties, ActorId a, ActorId b, Time day) {
    for (const Tie& t : ties)
      if (is_cooperative(t.kind) && ((t.a == a && t.b == b) || (t.a == b && t.b == a)) && t.start <= day && day < t.end)
        return true;
    return false;
  };
  for (ActorId a = 0; a < record.actors.size(); ++a)
    for (ActorId b = a + 1; b < record.actors.size(); ++b)
      for (Time day = from; day < until; ++day) {
        const bool was_recorded = has(record.ties, a, b, day);
        const bool was_inferred = has(inferred, a, b, day);
        days.recorded += was_recorded ? 1 : 0;
        days.inferred += was_inferred ? 1 : 0;
        days.both += was_recorded && was_inferred ? 1 : 0;
      }
  return days;
}

RC_GTEST_PROP(InferSensitivity, counts_the_days_that_plain_loops_count, ()) {
  reference::RandomRecord options = reference::any_record({2, 5}, {1, 80}, {0, 8});
  options.clock = Clock::calendar;
  const Record record = reference::make_record(options);
  const std::vector<InferOptions> rules = infer_grid({.half_life = 20, .start = 6, .end = 2});
  const Span span = time_span(record);
  const Time until = std::floor(span.last) + 1;
  const auto outcomes = infer_sensitivity(record, rules, until);
  RC_ASSERT(outcomes.size() == rules.size());
  for (std::size_t k = 0; k < rules.size(); ++k) {
    const std::vector<Tie> ties = infer_ties(record, rules[k], until);
    const Days days = count_days(record, ties, std::floor(span.first), until);
    RC_ASSERT(outcomes[k].episodes == ties.size());
    if (days.recorded > 0)
      RC_ASSERT(std::abs(outcomes[k].recorded_covered - days.both / days.recorded) < 1e-9);
    else
      RC_ASSERT(std::isnan(outcomes[k].recorded_covered));
    if (days.inferred > 0) RC_ASSERT(std::abs(outcomes[k].inferred_recorded - days.both / days.inferred) < 1e-9);
  }
}

TEST(InferSensitivity, the_grid_stands_around_its_centre_and_leaves_out_what_cannot_be) {
  EXPECT_EQ(infer_grid({.half_life = 180, .start = 8, .end = 2}).size(), 27U);
  EXPECT_EQ(infer_grid({.half_life = 180, .start = 8, .end = 4}).size(), 21U);  // not 8 against 6 or 8
}

Record pairs(const std::vector<std::pair<double, double>>& help_then_hit) {
  Record record;
  record.clock = Clock::number;
  record.types = {{"help", "Help", QuadClass::material_cooperation}, {"hit", "Hit", QuadClass::material_conflict}};
  const auto act = [&](Time time, std::size_t pair, TypeId type) {
    record.events.push_back({.time = time,
                             .sender = static_cast<ActorId>(2 * pair),
                             .receiver = static_cast<ActorId>(2 * pair + 1),
                             .intensity = 9,
                             .type = type,
                             .precision = Precision::number,
                             .order = 0,
                             .line = 0});
  };
  for (std::size_t k = 0; k < help_then_hit.size(); ++k) {
    for (int side = 0; side < 2; ++side) {
      Actor actor;
      actor.id = std::to_string(2 * k + static_cast<std::size_t>(side));
      record.actors.push_back(actor);
    }
    act(help_then_hit[k].first, k, 0);
    if (help_then_hit[k].second != never) act(help_then_hit[k].second, k, 1);
  }
  order_events(record);
  return record;
}

// By hand: durations 10, 20+ (in force), 30, 40 of four; S(10) = 3/4, S(30) = 3/8.
TEST(InferSensitivity, alliances_in_force_are_censored_in_the_median_duration) {
  const Record record = pairs({{0, 10}, {80, never}, {0, 30}, {0, 40}});
  const std::vector<InferOptions> rule{{.half_life = 1e9, .start = 8, .end = 2}};
  const InferOutcome outcome = infer_sensitivity(record, rule, 100)[0];
  EXPECT_EQ(outcome.episodes, 4U);
  EXPECT_EQ(outcome.ruptures, 3U);
  EXPECT_EQ(outcome.in_force, 1U);
  EXPECT_EQ(outcome.median_duration, 30);
  EXPECT_EQ(infer_sensitivity(pairs({{0, never}, {0, 5}, {0, never}}), rule, 100)[0].median_duration, never);
}

}  // namespace detente::infer_sensitivity_test
