#include "forecast/change.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "forecast/forecast.hpp"
#include "hazard/end_likelihood.hpp"
#include "log/as_of.hpp"
#include "simulate/path.hpp"
#include "simulate/test_record.hpp"

namespace detente::change_test {

// Ten ties among eight actors with random events; two have ruptured by day 90, one begins on day 85.
Record random_record(std::uint64_t seed) {
  Record record = test::small_record(8, 120, 200, seed);
  for (std::size_t k = 0; k < 10; ++k) {
    const auto a = static_cast<ActorId>(k % 8);
    test::add_tie(record, a, static_cast<ActorId>((k + 1 + k / 8) % 8), k == 9 ? 85 : static_cast<Time>(3 * k));
  }
  for (const std::size_t k : {0U, 1U}) {
    record.ties[k].end = 60 + 30 * static_cast<double>(k);
    record.ties[k].ending = "rupture";
  }
  return record;
}

ModelSpec model_with(const std::string& formula, EndBaseline baseline = EndBaseline::piecewise) {
  ModelSpec spec{.traces = {{.name = "grievance", .events = {"conflict"}, .fade = Fade::half_life, .span = 30},
                            {.name = "goodwill", .events = {"cooperation"}, .fade = Fade::half_life, .span = 60}},
                 .hazards = {test::tie_hazard("acts", "all", "sqrt(recency(way=back))"),
                             test::end_hazard("rupture", "rupture", formula), test::end_hazard("other", "other", "")}};
  spec.hazards[1].baseline = baseline;
  if (baseline == EndBaseline::piecewise) spec.hazards[1].age_cuts = {88};
  return spec;
}

const std::string formula =
    "log1p(inertia(grievance)) + log1p(friend_of_enemy(goodwill, grievance)) + in_degree(grievance, of=receiver)";

ForecastOptions options_since(Time since) {
  ForecastOptions options;
  options.as_of = 100;
  options.since = since;
  options.horizon = 20;
  options.replicates = 8;
  return options;
}

// Of a tie at the first tick after a day, by a memory of its own.
double log_rate(const Record& record, const ModelSpec& spec, Time day, const std::string& tie, const Fit& fit) {
  const Model model = bind_model(spec, record);
  Memory memory = PathStart(record, model, day + 1 - 1e-9).memory();
  memory.advance(day + 1);
  const Coefficients theta = estimated_coefficients(fit);
  memory.set_own_values(theta.own);
  std::vector<double> x;
  for (TieId id = 0; id < record.ties.size(); ++id)
    if (record.ties[id].id == tie) return std::log(end_rate(model.hazards[1], memory, id, theta[1], x));
  return std::nan("");
}

void expect_the_same_as_two_memories(const ModelSpec& spec, const Record& record) {
  const Forecast f = forecast(record, spec, options_since(70));
  const Record then = as_of(record, 70);
  ASSERT_EQ(then.actors.size(), f.known.actors.size());  // the same ids, so that actors' own coefficients are theirs
  std::size_t told = 0;
  for (const AllianceForecast& one : f.alliances) {
    if (!one.change) continue;
    ++told;
    const std::string& id = f.known.ties[one.tie].id;
    const double expected = log_rate(f.known, spec, 100, id, f.fit) - log_rate(then, spec, 70, id, f.fit);
    EXPECT_NEAR(std::log(one.change->ratio), expected, 1e-9) << id;
  }
  EXPECT_GE(told, 6U);
}

TEST(change, is_the_difference_of_two_memories_built_on_their_own) {
  for (const std::uint64_t seed : {1U, 2U, 3U})
    expect_the_same_as_two_memories(model_with(formula), random_record(seed));
}

TEST(change, has_a_factor_for_the_shape_of_the_baseline) {
  expect_the_same_as_two_memories(model_with("log1p(inertia(grievance))", EndBaseline::weibull), random_record(4));
}

TEST(change, has_a_factor_for_what_actors_have_of_their_own) {
  Record record = random_record(11);
  // Blame comes before a rupture in the ties of the first actor, and before nothing in those of the second.
  const auto blame = [&](ActorId from, ActorId to, Time time) {
    record.events.push_back({time, from, to, -2, 1, Precision::day, 0, 0});
  };
  for (ActorId i = 1; i < 8; ++i) test::add_tie(record, 0, i, 10, 40 + i, "rupture");
  for (ActorId i = 3; i < 7; ++i) test::add_tie(record, 1, i, 10, 400);
  for (ActorId i = 1; i < 8; ++i)
    for (int k = 0; k < 3; ++k) blame(0, i, 38.0 + i);
  for (ActorId i = 3; i < 7; ++i)
    for (int k = 0; k < 6; ++k) blame(1, i, 20.0 + 12 * k);
  order_events(record);
  ModelSpec spec = model_with("by_actor(log1p(inertia(grievance)))");
  spec.hazards[1].age_cuts.clear();
  expect_the_same_as_two_memories(spec, record);
  bool moved = false;
  for (const AllianceForecast& one : forecast(record, spec, options_since(70)).alliances)
    moved = moved || (one.change && std::abs(one.change->ratio - 1) > 0.01);
  EXPECT_TRUE(moved);
}

TEST(change, factors_multiply_to_its_ratio_and_reasons_to_the_hazard_ratio) {
  for (std::uint64_t seed = 10; seed < 22; ++seed) {
    const Forecast f = forecast(random_record(seed), model_with(formula), options_since(40 + static_cast<Time>(seed)));
    for (const AllianceForecast& one : f.alliances) {
      double ratio = 1;
      for (const Reason& reason : one.reasons) ratio *= reason.hazard_ratio;
      EXPECT_DOUBLE_EQ(ratio, one.hazard_ratio);
      if (!one.change) continue;
      double change = 1;
      for (const ChangeFactor& factor : one.change->factors) change *= factor.ratio;
      EXPECT_NEAR(change, one.change->ratio, 1e-12 * change);
      ASSERT_EQ(one.change->factors.size(), one.reasons.size());
      for (std::size_t k = 0; k < one.reasons.size(); ++k) {
        EXPECT_EQ(one.change->factors[k].effect, one.reasons[k].effect);
        EXPECT_EQ(one.change->factors[k].value_now, one.reasons[k].value);
      }
    }
  }
}

TEST(change, is_told_of_events_since_then_alone_that_the_factor_reads) {
  const Forecast f = forecast(random_record(2), model_with(formula), options_since(70));
  std::size_t events = 0;
  for (const AllianceForecast& one : f.alliances) {
    if (!one.change) continue;
    const Tie& tie = f.known.ties[one.tie];
    std::size_t between = 0;
    for (const Event& e : f.known.events)
      between += e.time >= 71 && e.time < 101 && e.type == 1 &&
                 ((e.sender == tie.a && e.receiver == tie.b) || (e.sender == tie.b && e.receiver == tie.a));
    EXPECT_EQ(one.change->factors[1].events_since, between);  // inertia(grievance); the first is the age
    for (const ChangeFactor& factor : one.change->factors)
      for (const EventId id : factor.events) {
        ++events;
        EXPECT_GE(f.known.events[id].time, 71);
        EXPECT_LT(f.known.events[id].time, 101);
      }
  }
  EXPECT_GT(events, 0U);
}

TEST(change, of_a_tie_that_was_not_there_is_nothing) {
  const Forecast f = forecast(random_record(1), model_with(formula), options_since(84));
  for (const AllianceForecast& one : f.alliances) EXPECT_EQ(one.change.has_value(), f.known.ties[one.tie].start <= 84);
}

TEST(change, does_not_see_what_comes_later) {
  const Record record = random_record(3);
  Record blind = record;
  std::erase_if(blind.events, [](const Event& e) { return e.time >= 101; });
  const Forecast a = forecast(record, model_with(formula), options_since(70));
  const Forecast b = forecast(blind, model_with(formula), options_since(70));
  ASSERT_EQ(a.alliances.size(), b.alliances.size());
  for (std::size_t k = 0; k < a.alliances.size(); ++k) {
    EXPECT_EQ(a.alliances[k].sentence, b.alliances[k].sentence);
    ASSERT_EQ(a.alliances[k].change.has_value(), b.alliances[k].change.has_value());
    if (!a.alliances[k].change) continue;
    EXPECT_EQ(a.alliances[k].change->ratio, b.alliances[k].change->ratio);
    EXPECT_EQ(a.alliances[k].change->sentence, b.alliances[k].change->sentence);
  }
}

}  // namespace detente::change_test
