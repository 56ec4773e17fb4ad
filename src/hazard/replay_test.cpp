#include "hazard/replay.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "memory/reference/random_record.hpp"

namespace detente::replay_test {

Record quiet(std::size_t actors = 2) {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = actors, .events = 0, .ties = 0, .passages = false});
  record.pair_attributes.clear();
  record.series.clear();
  return record;
}

Event act(Time time) { return {time, 0, 1, 1, 0, Precision::number, 0, 0}; }

std::vector<Time> times_of(Replay replay) {
  std::vector<Time> times;
  for (Moment moment; replay.next(moment);) times.push_back(moment.time);
  return times;
}

TEST(Replay, simultaneous_events_are_one_moment) {
  Record record = quiet();
  record.attributes.clear();
  record.events = {act(1), act(2), act(2), act(5)};
  EXPECT_EQ(times_of(Replay(record, 0, never)), (std::vector<Time>{1, 2, 5}));
  EXPECT_EQ(times_of(Replay(record, 0, 2)), (std::vector<Time>{1, 2}));
}

TEST(Replay, ticks_stand_between_and_on_events) {
  Record record = quiet();
  record.attributes.clear();
  record.events = {act(1.5), act(3)};
  Replay replay(record, 1, 4);
  EXPECT_EQ(replay.first(), 1);
  std::vector<std::pair<Time, bool>> seen;
  for (Moment moment; replay.next(moment);) seen.emplace_back(moment.time, moment.tick);
  EXPECT_EQ(seen, (std::vector<std::pair<Time, bool>>{{1, true}, {1.5, false}, {2, true}, {3, true}, {4, true}}));
}

TEST(Replay, its_ticks_are_those_of_the_memory) {
  Record record = quiet();
  record.events = {act(0.3)};
  for (const double tick : {1.0 / 24, 0.1, 1.0 / 3}) {
    Memory memory(record, {{}, {}, tick});
    Replay replay(record, tick, 1000 * tick);
    std::size_t ticks = 0;
    for (Moment moment; replay.next(moment);) {
      enter(memory, moment);
      if (!moment.tick) continue;
      ++ticks;
      ASSERT_EQ(memory.fade_time(), moment.time) << "tick " << tick;
    }
    EXPECT_GE(ticks, 990U);
  }
}

TEST(Replay, a_tie_that_ends_makes_room_for_one_that_starts_that_day) {
  Record record = quiet();
  record.attributes.clear();
  record.ties.resize(2);
  for (Tie& tie : record.ties) tie.b = 1;
  record.ties[0].start = 1;
  record.ties[0].end = record.ties[1].start = 4;
  Memory memory(record, {});
  Replay replay(record, 0, never);
  std::vector<std::size_t> in_force;
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    in_force.push_back(memory.ties().of(0).size());
  }
  EXPECT_EQ(in_force, (std::vector<std::size_t>{1, 1}));
  EXPECT_TRUE(memory.ties().in_force(1));
}

TEST(Replay, a_tie_that_ends_when_it_starts_is_never_in_force) {
  Record record = quiet();
  record.ties.resize(1);
  record.ties[0].b = 1;
  record.ties[0].start = record.ties[0].end = 3;
  Memory memory(record, {});
  Replay replay(record, 0, never);
  for (Moment moment; replay.next(moment);) enter(memory, moment);
  EXPECT_FALSE(memory.ties().in_force(0));
}

TEST(Replay, passages_and_changed_numbers_are_moments) {
  Record record = quiet(3);
  record.attributes = {{"size", {}, {{0, always, 1}, {0, 6, 2}}}};
  record.actors[2].enters = 3;
  record.actors[2].leaves = 8;
  record.events = {act(1), act(9)};
  EXPECT_EQ(times_of(Replay(record, 0, never)), (std::vector<Time>{1, 3, 6, std::nextafter(8, never), 9}));
  record.pair_attributes = {{"trade", {{{0, 1}, always, 1}, {{0, 1}, 4, 2}}}};
  record.series = {{"rate", {{5, 1}, {6, 2}}}};
  EXPECT_EQ(times_of(Replay(record, 0, never)), (std::vector<Time>{1, 3, 4, 5, 6, std::nextafter(8, never), 9}));
}

TEST(Replay, of_nothing_has_no_moment) {
  Record record = quiet();
  EXPECT_TRUE(times_of(Replay(record, 1, never)).empty());
}

}  // namespace detente::replay_test
