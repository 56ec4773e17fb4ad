#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "estimate/fit.hpp"
#include "hazard/clock.hpp"
#include "simulate/path.hpp"
#include "simulate/test_record.hpp"

namespace detente::simulate_test {

Eigen::VectorXd vector(std::initializer_list<double> values) {
  Eigen::VectorXd v(static_cast<Eigen::Index>(values.size()));
  std::copy(values.begin(), values.end(), v.data());
  return v;
}

std::vector<Event> simulated_events(const PathStart& start, const Coefficients& theta, PathKey key, std::size_t ticks) {
  std::vector<Event> events;
  PathObserver observer;
  observer.on_event = [&](const Event& event, std::size_t) { events.push_back(event); };
  EXPECT_TRUE(run_path(start, theta, key, ticks, observer));
  return events;
}

TEST(path, a_constant_hazard_makes_poisson_counts) {
  const Record record = test::small_record(6, 20, 10, 1);
  const ModelSpec spec{.hazards = {test::tie_hazard("all", "all", "")}};
  const Model model = bind_model(simulated(spec), record);
  const PathStart start(record, model, 10 - 1e-9);
  const Coefficients theta{vector({std::log(0.01)})};  // 30 dyads: 0.3 events a day
  double sum = 0, squares = 0;
  constexpr int paths = 400;
  for (std::uint32_t r = 0; r < paths; ++r) {
    const auto n = static_cast<double>(simulated_events(start, theta, {5, r}, 100).size());
    sum += n;
    squares += n * n;
  }
  const double mean = sum / paths;
  EXPECT_NEAR(mean, 30, 4 * std::sqrt(30.0 / paths));
  EXPECT_NEAR(squares / paths - mean * mean, 30, 30 * 0.3);  // a Poisson variable's variance is its mean
}

TEST(path, only_dyads_at_risk_act) {
  Record record = test::small_record(6, 60, 20, 4);
  for (ActorId other = 1; other < 4; ++other) test::add_tie(record, other, 0, 1);
  ModelSpec spec{
      .directed = false,
      .hazards = {test::tie_hazard("all", "all", "sqrt(recency)"), test::end_hazard("rupture", "rupture", "")}};
  const Coefficients theta{vector({std::log(0.1), 0.5}), vector({std::log(0.02)})};
  for (ActorId actor = 0; actor < 6; ++actor) record.actors[actor].kind = actor < 4 ? "person" : "petition";
  for (const char* rule : {"allied", "not_allied", "observed", "dyads.csv", "bipartite(petition, person)"}) {
    RiskSetText& at_risk = spec.hazards.front().at_risk;
    at_risk = {.rule = rule};
    if (names_file(at_risk)) at_risk.dyads = {{.sender = "a5", .receiver = "a2", .from = "1970-02-10"}};
    const Model model = bind_model(simulated(spec), record);
    const PathStart start(record, model, 20 - 1e-9);
    std::vector<bool> allied{false, true, true, true, false, false};  // with a0
    std::size_t events = 0;
    PathObserver observer;
    observer.on_end = [&](std::size_t, std::size_t index, std::size_t) { allied[index + 1] = false; };
    observer.on_event = [&](const Event& event, std::size_t) {
      ++events;
      ASSERT_LT(event.sender, event.receiver);
      const bool now = event.sender == 0 && allied[event.receiver];
      EXPECT_TRUE(now || at_risk.rule != "allied");
      EXPECT_TRUE(!now || at_risk.rule != "not_allied");
      EXPECT_TRUE((event.sender < 4 && event.receiver >= 4) || !at_risk.rule.starts_with("bipartite"));
      if (!names_file(at_risk)) return;
      EXPECT_EQ((Dyad{event.sender, event.receiver}), (Dyad{2, 5}));
      EXPECT_GE(event.time, 40);
    };
    EXPECT_TRUE(run_path(start, theta, {3, 1}, 200, observer));
    EXPECT_GT(events, 5U) << rule;
  }
}

TEST(path, is_a_function_of_its_key) {
  const Record record = test::small_record(6, 40, 20, 2);
  const ModelSpec spec{
      .hazards = {test::tie_hazard("all", "all", "sqrt(recency(way=back)) + sqrt(attention_share(of=receiver))")}};
  const Model model = bind_model(simulated(spec), record);
  const PathStart start(record, model, 20 - 1e-9);
  const Coefficients theta{vector({-3.5, 1.5, 1})};
  const auto times = [&](PathKey key) {
    std::vector<Time> all;
    for (const Event& event : simulated_events(start, theta, key, 60)) all.push_back(event.time);
    return all;
  };
  EXPECT_EQ(times({1, 1}), times({1, 1}));
  EXPECT_NE(times({1, 1}), times({1, 2}));
  EXPECT_NE(times({1, 1}), times({2, 1}));
}

TEST(path, ties_end_as_competing_exponential_clocks_say) {
  Record record = test::small_record(4, 20, 10, 3);
  for (int k = 0; k < 3; ++k) test::add_tie(record, 0, static_cast<ActorId>(k + 1), 1);
  const ModelSpec spec{.hazards = {test::end_hazard("rupture", "rupture", ""), test::end_hazard("other", "other", "")}};
  const Model model = bind_model(simulated(spec), record);
  const PathStart start(record, model, 10 - 1e-9);
  ASSERT_EQ(start.ties().size(), 3U);
  const double rupture = 0.004, other = 0.002;
  const Coefficients theta{vector({std::log(rupture)}), vector({std::log(other)})};
  const double expected = rupture / (rupture + other) * -std::expm1(-(rupture + other) * 200);
  double ended = 0, compensator = 0;
  constexpr int paths = 1500;
  for (std::uint32_t r = 0; r < paths; ++r) {
    PathObserver observer;
    observer.on_risk = [&](std::size_t, std::size_t, std::span<const double> p) { compensator += p[0]; };
    observer.on_end = [&](std::size_t, std::size_t, std::size_t hazard) { ended += hazard == 0 ? 1 : 0; };
    EXPECT_TRUE(run_path(start, theta, {9, r}, 200, observer));
  }
  const double n = 3.0 * paths;
  EXPECT_NEAR(ended / n, expected, 4 * std::sqrt(expected * (1 - expected) / n));
  EXPECT_NEAR(compensator / n, expected, 4 * std::sqrt(expected * (1 - expected) / n));
}

TEST(path, what_is_simulated_is_what_is_fitted) {
  const Record seed_record = test::small_record(10, 30, 60, 4);
  const std::string formula =
      "sqrt(recency(blame, way=back)) + sqrt(recency(blame)) + sqrt(attention_share(of=receiver))";
  ModelSpec spec{.traces = {{.name = "blame", .events = {"blame"}, .fade = Fade::half_life, .span = 20}},
                 .hazards = {test::tie_hazard("all", "all", formula)}};
  spec.hazards.front().prior_scale = 0;
  const Model model = bind_model(simulated(spec), seed_record);
  const PathStart start(seed_record, model, 60 - 1e-9);
  const Eigen::VectorXd truth = vector({-4.5, 1.5, 0.8, 1.2});
  Record grown = seed_record;
  for (const Event& event : simulated_events(start, {truth}, {17, 3}, 1200)) grown.events.push_back(event);
  ASSERT_GT(grown.events.size(), 500U);
  const Model again = bind_model(simulated(spec), grown);
  const Fit refit = fit(grown, again, {.first = seed_record.events.size() + 1, .until = 1260});
  const HazardFit& one = refit.hazards.front();
  ASSERT_EQ(one.newton.status, FitStatus::converged);
  for (std::size_t p = 0; p < one.names.size(); ++p)
    EXPECT_NEAR(one.newton.estimate(static_cast<Eigen::Index>(p)), truth(static_cast<Eigen::Index>(p)),
                3.5 * one.standard_error(p))
        << one.names[p];
}

// Separate hazards with the coefficients of each mark are drawn by the same draws.
TEST(path, marks_are_drawn_as_hazards_of_their_own) {
  const Record record = test::small_record(6, 30, 10, 7);
  HazardText acts = test::tie_hazard("acts", "all", "sqrt(recency) + by_mark(sqrt(recency(way=back)))");
  acts.marks = {{"warm", {"help"}}, {"cold", {"blame"}}};
  const ModelSpec together{.hazards = {acts}};
  const std::string terms = "sqrt(recency) + sqrt(recency(way=back))";
  const ModelSpec apart{.hazards = {test::tie_hazard("warm", "help", terms), test::tie_hazard("cold", "blame", terms)}};
  const Model marked = bind_model(simulated(together), record);
  const Model separate = bind_model(simulated(apart), record);
  const PathStart one(record, marked, 10 - 1e-9);
  const PathStart two(record, separate, 10 - 1e-9);
  std::size_t cold = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    const std::vector<Event> a = simulated_events(one, {vector({-5, -4, 0.7, 0.9, -0.6})}, {5, r}, 40);
    const std::vector<Event> b = simulated_events(two, {vector({-5, 0.7, 0.9}), vector({-4, 0.7, -0.6})}, {5, r}, 40);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
      EXPECT_EQ(a[k].time, b[k].time);
      EXPECT_EQ(a[k].type, b[k].type);
      EXPECT_EQ(a[k].sender, b[k].sender);
      EXPECT_EQ(a[k].receiver, b[k].receiver);
      cold += a[k].type == 1 ? 1 : 0;
    }
  }
  EXPECT_GT(cold, 20U);
}

TEST(path, an_explosion_is_cut_short_and_told) {
  const Record record = test::small_record(5, 50, 10, 5);
  const ModelSpec spec{.hazards = {test::tie_hazard("all", "all", "inertia")}};
  const Model model = bind_model(simulated(spec), record);
  const PathStart start(record, model, 10 - 1e-9);
  EXPECT_FALSE(run_path(start, {vector({0, 1})}, {1, 1}, 3, {}));
}

TEST(path, ordinal_timing_cannot_be_simulated) {
  const Record record = test::small_record(5, 20, 10, 6);
  ModelSpec spec{.hazards = {test::tie_hazard("all", "all", "inertia")}};
  spec.hazards.front().timing = Timing::ordinal;
  const Model model = bind_model(simulated(spec), record);
  EXPECT_THROW(PathStart(record, model, 10), Error);
}

}  // namespace detente::simulate_test
