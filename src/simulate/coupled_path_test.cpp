// What is simulated beside layers is what is fitted along a record.
#include <gtest/gtest.h>

#include <cmath>

#include "simulate/coupled_path.hpp"
#include "simulate/ensemble_run.hpp"
#include "simulate/leaders_fit.hpp"
#include "simulate/test_record.hpp"

namespace detente::coupled_path_test {

ModelSpec spec_with_layers() {
  ModelSpec spec{.tick = 1,
                 .traces = {{.name = "grievance", .events = {"conflict"}, .fade = Fade::half_life, .span = 10}},
                 .hazards = {test::tie_hazard("conflict", "conflict", "receive(approval)"),
                             test::tie_hazard("cooperation", "cooperation", "")}};
  spec.layers.push_back({.layer = "publics",
                         .model = "followers",
                         .settings = {{"leaders", {std::vector<std::string>{"a0", "a1", "a2"}, {}}},
                                      {"people", {40.0, {}}},
                                      {"start_spread", {0.6, {}}},
                                      {"cue_gain", {2.0, {}}},
                                      {"reach", {0.7, {}}}}});
  return spec;
}

TEST(CoupledPath, PublishesWhatALayerAlongItsRecordPublishes) {
  const ModelSpec spec = spec_with_layers();
  const Record recorded = test::small_record(5, 40, 30, 3);
  Record known = recorded;
  CoupledLayers layers = complete_record(known, spec, {.until = 29.9});
  const Model model = bind_model(spec, known);
  const PathStart start(known, model, 29.9);
  Path path(start, {Eigen::Vector2d(-2, 0.5), Eigen::VectorXd::Constant(1, -2)}, {1, 0});
  const std::vector<SignalAttribute> attributes = signal_attributes(start.memory().attributes());
  ASSERT_EQ(attributes.size(), 1u);

  Record simulated = recorded;
  PathObserver observer;
  observer.on_event = [&](const Event& event, std::size_t) { simulated.events.push_back(event); };
  std::vector<std::vector<double>> published;
  for (std::uint32_t tick = 0; tick < 25; ++tick) {
    published.push_back(layers.signals().approval);
    const LayerStep step{start.at(tick), 1, tick, {1, 0}};
    ASSERT_TRUE(tick_together(path, layers, attributes, step, observer));
    for (ActorId actor = 0; actor < 3; ++actor)
      EXPECT_EQ(path.memory().attributes().value(attributes[0].attribute, actor), published.back()[actor]);
  }
  ASSERT_GT(simulated.events.size(), recorded.events.size() + 20);

  (void)complete_record(simulated, spec, {.until = 60});
  AttributeBook book(simulated);
  const AttributeId approval = book.find("approval");
  double moved = 0;
  for (std::size_t tick = 0; tick < published.size(); ++tick) {
    (void)book.advance(start.at(tick));
    for (ActorId actor = 0; actor < 3; ++actor) {
      EXPECT_EQ(book.value(approval, actor), published[tick][actor]) << tick;
      moved = std::max(moved, std::abs(published[tick][actor] - published[0][actor]));
    }
  }
  EXPECT_GT(moved, 0.01);
}

// Of those whom the followers know; the others have none.
std::vector<double> approval(const Signals& signals) {
  return {signals.approval.begin(), signals.approval.begin() + 3};
}

struct Starting {
  Starting() {
    scenario.clock = Clock::calendar;
    scenario.start = 29;
    scenario.horizon = 20;
    spec = spec_with_layers();
    adopt_layers(scenario, spec.layers);
    fit_leaders(leaders, test::small_record(5, 60, 30, 3), spec, scenario, 1, {});
  }
  ModelSpec spec;
  Scenario scenario;
  LeadersFit leaders;
};

TEST(World, StartsFromTheLayersAtTheEndOfTheRecord) {
  Starting starting;
  const WorldStart start(starting.scenario, starting.leaders);
  World world(start, 0);
  EXPECT_EQ(approval(world.signals()), approval(starting.leaders.layers.signals()));
  World other(start, 1);
  for (int k = 0; k < 20; ++k) {
    world.tick();
    other.tick();
  }
  EXPECT_NE(approval(world.signals()), approval(other.signals()));  // each replicate draws for itself

  SimulationOptions options;
  options.replicates = 6;
  options.threads = 1;
  const std::string hash = run_simulation(start, options).hash();
  options.threads = 4;
  EXPECT_EQ(run_simulation(start, options).hash(), hash);
}

TEST(World, ChangesOnlyWhatMayChangeInALayerOfItsModel) {
  Starting starting;
  const Setting none{0.0, {}};
  set_setting(starting.scenario, "publics", "cue_gain", none);
  const WorldStart start(starting.scenario, starting.leaders);
  World world(start, 0);
  const std::vector<double> before = approval(world.signals());
  EXPECT_EQ(before, approval(starting.leaders.layers.signals()));
  EXPECT_THROW(set_setting(starting.scenario, "publics", "people", Setting{50.0, {}}), Error);
  EXPECT_THROW(adopt_layers(starting.scenario, starting.spec.layers), Error);  // it has one already

  const LeadersFit& leaders = starting.leaders;
  Scenario as_fitted = starting.scenario;
  as_fitted.layers.front().changed.clear();
  const WorldStart other_start(as_fitted, leaders);
  World other(other_start, 0);
  for (int k = 0; k < 20; ++k) {
    world.tick();
    other.tick();
  }
  EXPECT_NE(approval(world.signals()), approval(other.signals()));
}

}  // namespace detente::coupled_path_test
