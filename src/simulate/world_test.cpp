#include <cmath>

#include <gtest/gtest.h>

#include "simulate/ensemble_run.hpp"
#include "simulate/leaders_fit.hpp"
#include "simulate/test_record.hpp"

namespace detente {
namespace {

// Eight actors, two months of events, ties of which two have ruptured.
struct Small {
  Small() {
    Record record = test::small_record(8, 120, 60, 3);
    for (ActorId other = 1; other < 8; ++other)
      test::add_tie(record, 0, other, 1, other < 3 ? 20.0 + other : never, other < 3 ? "rupture" : "");
    spec = {.tick = 1,
            .traces = {{.name = "grievance", .events = {"conflict"}, .fade = Fade::half_life, .span = 10}},
            .hazards = {test::tie_hazard("conflict", "conflict", "sqrt(recency(grievance, way=back))"),
                        test::tie_hazard("cooperation", "cooperation", ""),
                        test::end_hazard("rupture", "rupture", "log1p(inertia(grievance))")}};
    scenario.clock = Clock::calendar;
    scenario.start = 59;
    scenario.horizon = 40;
    fit_leaders(leaders, record, spec, scenario, 1, {});
  }
  [[nodiscard]] WorldStart start() const { return {scenario, leaders}; }

  ModelSpec spec;
  Scenario scenario;
  LeadersFit leaders;
};

SimulationRun run(const WorldStart& start, std::size_t replicates, unsigned threads, std::size_t first = 0) {
  SimulationOptions options;
  options.first = first;
  options.replicates = replicates;
  options.threads = threads;
  return run_simulation(start, options);
}

double end_of(const SimulationRun& run, const std::string& name) {
  return band(run, run.times.size() - 1, run.find(name)).mean;
}

TEST(World, HasOneHashForAnyNumberOfThreads) {
  const Small small;
  const WorldStart start = small.start();
  const std::string one = run(start, 12, 1).hash();
  EXPECT_EQ(run(start, 12, 2).hash(), one);
  EXPECT_EQ(run(start, 12, 4).hash(), one);
}

TEST(World, ReplaysOneReplicateAlone) {
  const Small small;
  const WorldStart start = small.start();
  const SimulationRun all = run(start, 5, 2);
  const SimulationRun one = run(start, 1, 1, 3);
  EXPECT_EQ(one.paths.front().values, all.paths[3].values);
  EXPECT_NE(one.paths.front().values, all.paths[2].values);
}

TEST(World, GoesOnFromASnapshotToTheSameBits) {
  const Small small;
  const WorldStart start = small.start();
  World whole(start, 1);
  for (int k = 0; k < 15; ++k) whole.tick();
  World copy = whole;
  for (int k = 0; k < 25; ++k) whole.tick();
  for (int k = 0; k < 25; ++k) copy.tick();
  ReadOuts a;
  ReadOuts b;
  whole.observe(a);
  copy.observe(b);
  EXPECT_EQ(a.values(), b.values());
  EXPECT_GT(a.value("leaders.events:conflict"), 0);
}

TEST(World, ACutTieDoesNotRupture) {
  Small small;
  const SimulationRun base = run(small.start(), 40, 2);
  small.scenario.interventions = {{.deed = Deed::cut, .at = 60, .one = "a3", .other = "a0"}};
  const SimulationRun cut = run(small.start(), 40, 2);
  const std::string tie = "leaders.rupture:a0-a3 (alliance, t2)";
  EXPECT_GT(end_of(base, tie), 0.01);
  EXPECT_EQ(end_of(cut, tie), 0);
}

TEST(World, WhatIsForbiddenIsThinnedOut) {
  Small small;
  const SimulationRun base = run(small.start(), 40, 2);
  small.scenario.interventions = {{.deed = Deed::forbid, .at = 60, .one = "a0", .what = "conflict"}};
  const WorldStart start = small.start();
  const SimulationRun forbidden = run(start, 40, 2);
  const auto touches = [](const SimulatedAct& act) {
    return act.hazard == 0 && (act.event.sender == 0 || act.event.receiver == 0);
  };
  EXPECT_GT(std::count_if(base.acts.begin(), base.acts.end(), touches), 0);
  EXPECT_EQ(std::count_if(forbidden.acts.begin(), forbidden.acts.end(), touches), 0);
  EXPECT_LT(end_of(forbidden, "leaders.events:conflict"), end_of(base, "leaders.events:conflict"));
}

TEST(World, AForcedEventIsRemembered) {
  Small small;
  const double before = end_of(run(small.start(), 60, 2), "leaders.rupture:a0-a4 (alliance, t3)");
  for (int k = 0; k < 6; ++k)
    small.scenario.interventions.push_back(
        {.deed = Deed::event, .at = 60, .one = "a4", .other = "a0", .what = "blame"});
  EXPECT_NE(end_of(run(small.start(), 60, 2), "leaders.rupture:a0-a4 (alliance, t3)"), before);
}

TEST(World, JudgesInterventionsBeforeItStarts) {
  Small small;
  const auto message = [&](const Intervention& one) {
    small.scenario.interventions = {one};
    try {
      (void)small.start();
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(message({.deed = Deed::cut, .at = 59, .one = "a0", .other = "a1"}).find("outside the simulated time"),
            std::string::npos);
  EXPECT_NE(message({.deed = Deed::cut, .at = 100, .one = "a0", .other = "a1"}).find("outside the simulated time"),
            std::string::npos);
  EXPECT_NE(message({.deed = Deed::cut, .at = 70, .one = "a0", .other = "b1"}).find("unknown actor 'b1'"),
            std::string::npos);
  EXPECT_NE(message({.deed = Deed::event, .at = 70, .one = "a0", .other = "a1", .what = "blam"})
                .find("did you mean 'blame'?"),
            std::string::npos);
  EXPECT_NE(message({.deed = Deed::set, .at = 70, .layer = "publics", .setting = "x"}).find("no layer 'publics'"),
            std::string::npos);
}

TEST(World, ALayerAloneFollowsItsOwnModel) {
  Scenario scenario;
  scenario.horizon = 20 * 365.25;
  scenario.tick = 30.4375;
  scenario.layers = {{.layer = "arena", .model = "bass"}};
  const WorldStart start(scenario);
  const SimulationRun bass = run(start, 1, 1);
  EXPECT_NEAR(end_of(bass, "arena.peak_time"), 6.193, 1.0 / 12);
  scenario.layers.front().settings["innovation"] = {-0.1};
  EXPECT_THROW((void)run(WorldStart(scenario), 1, 1), Error);
}

TEST(World, StopsWhenAsked) {
  const Small small;
  const WorldStart start = small.start();
  SimulationOptions options;
  options.replicates = 3;
  options.cancelled = [] { return true; };
  EXPECT_TRUE(run_simulation(start, options).cancelled);
}

}  // namespace
}  // namespace detente
