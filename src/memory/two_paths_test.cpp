#include "memory/two_paths.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "memory/memory.hpp"
#include "memory/reference/history.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::two_paths_test {

TraceSpec half_life(double span) { return {.name = "h", .fade = Fade::half_life, .span = span}; }
TraceSpec window(double span) { return {.name = "w", .fade = Fade::window, .span = span}; }

// Every kind of two-path over every kind of trace, against loops over the list of events.
class TwoPathsOf : public testing::TestWithParam<int> {};

TEST_P(TwoPathsOf, random_logs_equal_those_recomputed) {
  std::vector<TraceSpec> traces{
      {.name = "all"},
      half_life(5),
      {.name = "good", .types = {true, true, false, false}, .fade = Fade::half_life, .span = 5},
      half_life(2),
      window(6),
      {.name = "echo", .fade = Fade::interval, .span = 9, .from = 2},
      {.name = "sized", .fade = Fade::window, .span = 4, .weight = Weight::intensity}};
  MemorySpec spec{traces, {}, GetParam() % 2 == 0 ? 1.0 : 0.0, GetParam() <= 6};
  for (TraceId first = 0; first < traces.size(); ++first)
    for (const TraceId second : {first, static_cast<TraceId>((first + 1) % traces.size())})
      for (const Leg one : {Leg::forward, Leg::backward, Leg::both})
        for (const Leg two : {Leg::forward, Leg::backward, Leg::both})
          for (const Combine how : {Combine::min_sum, Combine::sum, Combine::product, Combine::unique})
            spec.two_paths.push_back({first, one, second, two, how});
  const Record record =
      reference::make_record({.seed = static_cast<std::uint64_t>(GetParam()), .actors = 5, .events = 40});
  Memory memory(record, spec);
  spec.maintain_two_paths = false;
  Memory summed_when_read(record, spec);
  for (const double shift : {8.0, 19.5, 33.25, 61.0}) {
    const Time now = 19000 + shift;
    reference::relive(memory, record, now);
    reference::relive(summed_when_read, record, now);
    const reference::History history = reference::after_events(record, now, spec.tick.length(), spec.directed);
    for (TwoPathId id = 0; id < spec.two_paths.size(); ++id)
      for (ActorId i = 0; i < record.actors.size(); ++i)
        for (ActorId j = 0; j < record.actors.size(); ++j) {
          if (i == j) continue;
          const double expected = reference::two_paths(history, traces, spec.two_paths[id], i, j);
          ASSERT_NEAR(memory.two_paths(id, {i, j}), expected, 1e-12 * (1 + expected))
              << "two-path " << id << " of " << i << "-" << j;
          ASSERT_NEAR(summed_when_read.two_paths(id, {i, j}), expected, 1e-12 * (1 + expected))
              << "summed when read, two-path " << id << " of " << i << "-" << j;
        }
  }
}
INSTANTIATE_TEST_SUITE_P(, TwoPathsOf, testing::Range(1, 11));

TEST(TwoPaths, are_maintained_where_both_traces_fade_alike) {
  const Record record = reference::make_record({.actors = 3, .events = 0});
  const TwoPathSpec same{0, Leg::forward, 1, Leg::both, Combine::min_sum};
  EXPECT_TRUE(Memory(record, MemorySpec{{half_life(3), half_life(3)}, {same}, 0}).two_paths_of(0).maintained());
  EXPECT_FALSE(Memory(record, MemorySpec{{half_life(3), half_life(4)}, {same}, 0}).two_paths_of(0).maintained());
  EXPECT_FALSE(Memory(record, MemorySpec{{window(3), window(3)}, {same}, 0}).two_paths_of(0).maintained());
  const TraceSpec echo{.name = "e", .fade = Fade::interval, .span = 3, .from = 1};
  EXPECT_FALSE(Memory(record, MemorySpec{{echo, echo}, {same}, 0}).two_paths_of(0).maintained());
}

TEST(TwoPaths, touch_every_dyad_whose_value_an_event_changed) {
  const Record record = reference::make_record({.seed = 5, .actors = 5, .events = 40});
  const std::vector<TraceSpec> traces{half_life(5), window(6)};
  for (const TwoPathSpec& spec : {TwoPathSpec{0, Leg::both, 0, Leg::backward, Combine::min_sum},
                                  TwoPathSpec{0, Leg::forward, 1, Leg::both, Combine::unique}}) {
    Memory memory(record, MemorySpec{traces, {spec}, 1});
    const auto values = [&] {
      std::map<std::pair<ActorId, ActorId>, double> all;
      for (ActorId i = 0; i < 5; ++i)
        for (ActorId j = 0; j < 5; ++j)
          if (i != j) all[{i, j}] = memory.two_paths(0, {i, j});
      return all;
    };
    for (const Event& e : record.events) {
      memory.advance(e.time);
      const auto before = values();
      memory.clear_touched();
      memory.apply(e);
      auto after = values();
      for (const TwoPathChange& change : memory.two_path_changes())
        after[{change.dyad.sender, change.dyad.receiver}] = before.at({change.dyad.sender, change.dyad.receiver});
      ASSERT_EQ(before, after);
    }
  }
}

// What events did not announce, time cannot bring in: a two-path over a trace that ripens is told of beforehand.
TEST(TwoPaths, announce_every_dyad_that_time_alone_may_reach) {
  const Record record = reference::make_record({.seed = 6, .actors = 6, .events = 50});
  const std::vector<TraceSpec> traces{{.name = "echo", .fade = Fade::interval, .span = 9, .from = 3}, half_life(5)};
  const std::vector<TwoPathSpec> specs{{0, Leg::forward, 0, Leg::forward, Combine::min_sum},
                                       {0, Leg::both, 1, Leg::backward, Combine::sum},
                                       {1, Leg::backward, 0, Leg::both, Combine::unique}};
  Memory memory(record, MemorySpec{traces, specs, 1});
  std::set<std::tuple<TwoPathId, ActorId, ActorId>> announced;
  std::size_t ripened = 0;
  for (Time now = 19000; now < 19070; now += 0.5) {
    reference::relive(memory, record, now);
    for (const TwoPathChange& c : memory.two_path_changes()) announced.insert({c.id, c.dyad.sender, c.dyad.receiver});
    for (TwoPathId id = 0; id < specs.size(); ++id)
      for (ActorId i = 0; i < 6; ++i)
        for (ActorId j = 0; j < 6; ++j) {
          if (i == j || !(memory.two_paths(id, {i, j}) > 0)) continue;
          ASSERT_TRUE(announced.contains({id, i, j})) << id << ": " << i << "-" << j << " at " << now;
          ripened += memory.two_path_changes().empty() ? 1 : 0;
        }
    std::vector<Dyad> reached;
    memory.two_paths_of(0).append_reached(memory.pairs(), memory.traces(), reached);
    for (const auto& [id, i, j] : announced)
      EXPECT_TRUE(id != 0 || std::find(reached.begin(), reached.end(), Dyad{i, j}) != reached.end());
    memory.clear_touched();
  }
  EXPECT_GT(ripened, 0U);
}

}  // namespace detente::two_paths_test
