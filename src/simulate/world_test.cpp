#include <cmath>

#include <gtest/gtest.h>

#include "simulate/ensemble_run.hpp"
#include "simulate/leaders_fit.hpp"
#include "simulate/test_record.hpp"

namespace detente::world_test {

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

// A court that is an actor: what it draws is an event that layers and leaders' hazards hear, once.
TEST(World, InstitutionsActAmongTheOthers) {
  Small small;
  const auto with_court = [&](double rate) {
    Scenario scenario = small.scenario;
    scenario.layers = {{.layer = "arena",
                        .model = "race",
                        .settings = {{"labs", {std::vector<std::string>{"a0", "a2"}, {}}},
                                     {"courts", {std::vector<std::string>{"a7"}, {}}},
                                     {"court_act", {std::string("blame"), {}}},
                                     {"court", {rate, {}}},
                                     {"regulation", {0.0, {}}},
                                     {"board", {0.0, {}}}}}};
    return scenario;
  };
  const WorldStart start(with_court(300), small.leaders);
  World world(start, 0);
  std::vector<SimulatedAct> kept;
  world.keep_acts(&kept);
  for (int k = 0; k < 40; ++k) world.tick();
  const auto drawn = std::count_if(world.happenings().begin(), world.happenings().end(),
                                   [](const Happening& one) { return one.what == "court acts"; });
  // Those that the hazard of conflict has drawn of it count as well.
  const auto by_hazard = std::count_if(kept.begin(), kept.end(), [](const SimulatedAct& one) {
    return one.event.sender == 7 && (one.event.receiver == 0 || one.event.receiver == 2) && one.event.intensity < 0;
  });
  ASSERT_GT(drawn, 10);
  ReadOuts out;
  world.observe(out);
  EXPECT_EQ(out.value("arena.court_acts"), static_cast<double>(drawn + by_hazard));

  const SimulationRun acting = run(start, 8, 1);
  EXPECT_EQ(run(start, 8, 4).hash(), acting.hash());
  const WorldStart silent(with_court(0), small.leaders);
  const std::string rupture = "leaders.rupture:a0-a7 (alliance, t6)";
  EXPECT_NE(end_of(acting, rupture), end_of(run(silent, 8, 1), rupture));
}

// Small, with a hazard of ties that start: 28 pairs, 21 of them without a tie.
struct Starting : Small {
  Starting() {
    spec.hazards.push_back(test::start_hazard("formation", PairsAtRisk::all, ""));
    leaders.model = bind_model(spec, leaders.known);
    HazardFit formation = leaders.fit.hazards.back();
    formation.hazard = "formation";
    formation.kind = HazardKind::start;
    leaders.fit.hazards.push_back(std::move(formation));
    NewtonResult& newton = leaders.fit.hazards.back().newton;
    newton.status = FitStatus::converged;
    newton.estimate = Eigen::VectorXd::Constant(1, std::log(0.01));
    newton.covariance = Eigen::MatrixXd::Zero(1, 1);
  }
};

TEST(World, TiesStartWhereTheModelSaysSo) {
  Starting one;
  const WorldStart start = one.start();
  EXPECT_TRUE(start.notes().empty());
  const SimulationRun found = run(start, 60, 2);
  const double share = -std::expm1(-0.01 * 40);
  EXPECT_GT(end_of(found, "leaders.starts:formation"), 23 * share * 0.8);  // 21 pairs, and 2 that have ruptured
  double told = 0;
  for (const ReplicatePath& path : found.paths)
    for (const Happening& each : path.happenings) {
      ASSERT_TRUE(each.what == "a tie starts (alliance)" || each.what == "a new tie ruptures (alliance)") << each.what;
      if (each.what == "a tie starts (alliance)") told += 1.0 / 60;
      EXPECT_LT(each.who, each.whom);
    }
  EXPECT_NEAR(told, end_of(found, "leaders.starts:formation"), 1e-9);
  EXPECT_GT(end_of(found, "leaders.new_ruptures"), 0);
  EXPECT_EQ(run(start, 60, 1).hash(), found.hash());
  EXPECT_EQ(run(start, 60, 4).hash(), found.hash());
}

TEST(World, ASnapshotKnowsTheTiesThatStarted) {
  const Starting one;
  const WorldStart start = one.start();
  World whole(start, 1);
  for (int k = 0; k < 20; ++k) whole.tick();
  EXPECT_GT(whole.happenings().size(), 0U);
  World copy = whole;
  for (int k = 0; k < 20; ++k) whole.tick();
  for (int k = 0; k < 20; ++k) copy.tick();
  ReadOuts a;
  ReadOuts b;
  whole.observe(a);
  copy.observe(b);
  EXPECT_EQ(a.values(), b.values());
}

TEST(World, SaysWhyNoTieStarts) {
  EXPECT_NE(Small().start().notes().at(0).find("no hazard of kind"), std::string::npos);
  Starting one;
  one.scenario.new_ties = false;
  EXPECT_NE(one.start().notes().at(0).find("new_ties = false"), std::string::npos);
  const SimulationRun off = run(one.start(), 5, 1);
  EXPECT_EQ(off.hash(), run(Small().start(), 5, 1).hash());
  one.scenario.new_ties = true;
  one.leaders.fit.hazards.back().newton.status = FitStatus::no_events;
  EXPECT_NE(one.start().notes().at(0).find("'formation' starts no ties here"), std::string::npos);
  EXPECT_EQ(off.hash(), run(one.start(), 5, 1).hash());
}

TEST(World, ATieIsStartedFromOutside) {
  Small small;
  small.scenario.interventions = {{.deed = Deed::start, .at = 60, .one = "a6", .other = "a5", .what = "alliance"},
                                  {.deed = Deed::cut, .at = 80, .one = "a5", .other = "a6"}};
  const WorldStart start = small.start();
  World world(start, 1);
  const auto risk = [&] {
    ReadOuts out;
    world.observe(out);
    return out.value("leaders.new_ruptures");
  };
  world.tick();
  EXPECT_EQ(risk(), 0);  // at risk from the next tick on
  world.tick();
  const double once = risk();
  EXPECT_GT(once, 0);
  while (world.ticks_done() < 21) world.tick();
  const double before = risk();
  EXPECT_GE(before, once);
  while (world.ticks_done() < 40) world.tick();
  EXPECT_EQ(risk(), before);
  small.scenario.interventions.front().what = "aliance";
  EXPECT_THROW((void)small.start(), Error);
}

// A board that is never content, and staff that always revolt.
TEST(World, WhoReturnsToOfficeTakesUpItsTie) {
  Small small;
  small.leaders.known.ties[4].kind = "office";  // of a0 and a5
  small.scenario.layers = {{.layer = "organizations",
                            .model = "firm",
                            .settings = {{"organization", {std::string("a0"), {}}},
                                         {"leader", {std::string("a5"), {}}},
                                         {"staff", {20.0, {}}},
                                         {"signal_every", {10.0, {}}},
                                         {"dismissal_threshold", {50.0, {}}},
                                         {"revolt_threshold", {0.0, {}}},
                                         {"attachment", {1.0, {}}},
                                         {"contagion", {0.0, {}}},
                                         {"reversal_share", {0.2, {}}}}}};
  const SimulationRun on = run(small.start(), 20, 1);
  for (const ReplicatePath& path : on.paths)
    for (const char* what : {"dismissal", "return"})
      EXPECT_GE(std::count_if(path.happenings.begin(), path.happenings.end(),
                              [&](const Happening& one) { return one.what == what; }),
                3);
  EXPECT_GT(end_of(on, "leaders.new_ruptures"), 0);  // the tie taken up is at risk
  small.scenario.new_ties = false;
  const SimulationRun off = run(small.start(), 20, 1);
  EXPECT_EQ(end_of(off, "leaders.new_ruptures"), 0);
  EXPECT_GT(end_of(on, "leaders.rupture:a0-a5 (office, t4)"), 0);
}

TEST(World, StopsWhenAsked) {
  const Small small;
  const WorldStart start = small.start();
  SimulationOptions options;
  options.replicates = 3;
  options.cancelled = [] { return true; };
  EXPECT_TRUE(run_simulation(start, options).cancelled);
}

}  // namespace detente::world_test
