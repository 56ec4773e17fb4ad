#include "memory/memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/random.hpp"
#include "memory/reference/history.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::memory_test {

Record people(std::size_t count, Clock clock = Clock::number) {
  Record record;
  record.clock = clock;
  record.types = {{"meet", "Meet", QuadClass::verbal_cooperation}, {"hit", "Hit", QuadClass::material_conflict}};
  for (std::size_t i = 0; i < count; ++i) {
    Actor actor;
    actor.id = "a" + std::to_string(i);
    record.actors.push_back(actor);
  }
  return record;
}

Event act(Time time, ActorId sender, ActorId receiver, TypeId type = 0, float intensity = 1) {
  return {.time = time,
          .sender = sender,
          .receiver = receiver,
          .intensity = intensity,
          .type = type,
          .precision = Precision::number,
          .order = 0,
          .line = 0};
}

void happen(Memory& memory, const Event& event) {
  memory.advance(event.time);
  memory.apply(event);
}

MemorySpec spec_of(std::vector<TraceSpec> traces, std::vector<TwoPathSpec> two_paths = {}, double tick = 0) {
  return {std::move(traces), std::move(two_paths), tick};
}

TraceSpec half_life(double span) { return {.name = "h", .fade = Fade::half_life, .span = span}; }
TraceSpec window(double span) { return {.name = "w", .fade = Fade::window, .span = span}; }

TEST(Trace, without_fading_counts_for_ever) {
  const Record record = people(3);
  Memory memory(record, spec_of({{.name = "all"}}));
  happen(memory, act(0, 0, 1));
  happen(memory, act(5, 0, 1));
  memory.advance(1e6);
  EXPECT_EQ(memory.weight(0, 0, 1), 2);
  EXPECT_EQ(memory.weight(0, 1, 0), 0);
  EXPECT_EQ(memory.trace(0).out_sum(0), 2);
  EXPECT_EQ(memory.trace(0).in_sum(1), 2);
  EXPECT_EQ(memory.last(0, 0, 1), 5);
  EXPECT_EQ(memory.last(0, 1, 0), always);
}

TEST(Memory, without_directions_counts_every_event_both_ways) {
  const Record record = people(3);
  MemorySpec spec = spec_of({{.name = "all"}});
  spec.directed = false;
  Memory memory(record, spec);
  happen(memory, act(0, 0, 1));
  happen(memory, act(5, 1, 0));
  happen(memory, act(6, 2, 1));
  EXPECT_EQ(memory.weight(0, 0, 1), 2);
  EXPECT_EQ(memory.weight(0, 1, 0), 2);
  EXPECT_EQ(memory.last(0, 0, 1), 5);
  EXPECT_EQ(memory.last(0, 1, 0), 5);
  EXPECT_EQ(memory.trace(0).out_sum(1), 3);
  EXPECT_EQ(memory.trace(0).in_sum(1), 3);
}

TEST(Trace, halves_after_each_half_life) {
  const Record record = people(2);
  Memory memory(record, spec_of({half_life(10)}));
  happen(memory, act(0, 0, 1));
  happen(memory, act(10, 0, 1));
  memory.advance(30);
  EXPECT_DOUBLE_EQ(memory.weight(0, 0, 1), 0.125 + 0.25);
}

TEST(Trace, weighs_by_the_size_of_intensity) {
  const Record record = people(2);
  Memory memory(record, spec_of({{.name = "i", .weight = Weight::intensity}}));
  happen(memory, act(0, 0, 1, 0, -2.5F));
  happen(memory, act(0, 0, 1, 0, 4));
  EXPECT_DOUBLE_EQ(memory.weight(0, 0, 1), 6.5);
}

TEST(Trace, remembers_only_its_types) {
  const Record record = people(2);
  Memory memory(record, spec_of({{.name = "hits", .types = {false, true}}}));
  happen(memory, act(1, 0, 1, 0));
  EXPECT_EQ(memory.weight(0, 0, 1), 0);
  EXPECT_EQ(memory.last(0, 0, 1), always);
  happen(memory, act(2, 0, 1, 1));
  EXPECT_EQ(memory.weight(0, 0, 1), 1);
}

TEST(Trace, a_window_forgets_exactly) {
  const Record record = people(3);
  TraceSpec spec = window(10);
  spec.weight = Weight::intensity;
  Memory memory(record, spec_of({spec}));
  happen(memory, act(0, 0, 1, 0, 0.1F));
  happen(memory, act(3, 0, 1, 0, 0.7F));
  happen(memory, act(3, 2, 1, 0, 1.3F));
  memory.advance(10);
  EXPECT_DOUBLE_EQ(memory.weight(0, 0, 1), static_cast<double>(0.1F) + static_cast<double>(0.7F));
  memory.advance(10.5);
  EXPECT_DOUBLE_EQ(memory.weight(0, 0, 1), static_cast<double>(0.7F));
  memory.advance(13.5);
  EXPECT_EQ(memory.weight(0, 0, 1), 0);
  EXPECT_EQ(memory.trace(0).in_sum(1), 0);
  EXPECT_EQ(memory.trace(0).total(), 0);
}

TEST(Trace, rebasing_after_many_half_lives_changes_nothing) {
  const Record record = people(3);
  const auto combined = [](Combine how) { return TwoPathSpec{0, Leg::forward, 0, Leg::forward, how}; };
  Memory memory(record, spec_of({half_life(1)},
                                {combined(Combine::min_sum), combined(Combine::sum), combined(Combine::product)}));
  double expected = 0;
  double before = 0;
  for (double t = 0; t < 700; t += 7) {
    happen(memory, act(t, 0, 1));
    happen(memory, act(t, 1, 2));
    expected = expected * std::exp2(-(t - before)) + 1;
    before = t;
    ASSERT_DOUBLE_EQ(memory.weight(0, 0, 1), expected) << "at " << t;
    ASSERT_DOUBLE_EQ(memory.trace(0).out_sum(0), expected) << "at " << t;
    ASSERT_DOUBLE_EQ(memory.two_paths(0, {0, 2}), expected) << "at " << t;
    ASSERT_DOUBLE_EQ(memory.two_paths(1, {0, 2}), 2 * expected) << "at " << t;
    ASSERT_DOUBLE_EQ(memory.two_paths(2, {0, 2}), expected * expected) << "at " << t;
  }
}

TEST(Trace, a_pair_quiet_for_a_thousand_half_lives_is_still_one_partner) {
  const Record record = people(3);
  Memory memory(record, spec_of({half_life(1)}, {{0, Leg::forward, 0, Leg::forward, Combine::unique}}));
  happen(memory, act(0, 0, 1));
  happen(memory, act(0, 1, 2));
  memory.advance(3000);
  happen(memory, act(3000, 0, 1));
  EXPECT_EQ(memory.two_paths(0, {0, 2}), 1);
  happen(memory, act(3000, 1, 2));
  EXPECT_EQ(memory.two_paths(0, {0, 2}), 1);
}

TEST(Trace, an_interval_counts_from_its_beginning_until_just_before_its_end) {
  const Record record = people(3);
  TraceSpec spec{.name = "echo", .fade = Fade::interval, .span = 10, .from = 3, .weight = Weight::intensity};
  Memory memory(record, spec_of({spec}));
  happen(memory, act(0, 0, 1, 0, 0.5F));
  happen(memory, act(2, 0, 1, 0, 0.25F));
  happen(memory, act(2, 2, 1, 0, 4));
  const auto weights = [&](Time now) {
    memory.advance(now);
    return std::tuple(memory.weight(0, 0, 1), memory.trace(0).in_sum(1), memory.trace(0).total());
  };
  EXPECT_EQ(weights(2.5), std::tuple(0, 0, 0));
  EXPECT_EQ(memory.last(0, 0, 1), always);
  EXPECT_EQ(weights(3), std::tuple(0.5, 0.5, 0.5));
  EXPECT_EQ(memory.last(0, 0, 1), 0);
  EXPECT_EQ(weights(5), std::tuple(0.75, 4.75, 4.75));
  EXPECT_EQ(memory.last(0, 0, 1), 2);
  EXPECT_EQ(weights(9.5), std::tuple(0.75, 4.75, 4.75));
  EXPECT_EQ(weights(10), std::tuple(0.25, 4.25, 4.25));
  EXPECT_EQ(weights(12), std::tuple(0, 0, 0));
  EXPECT_EQ(memory.last(0, 0, 1), 2);
}

TEST(Trace, an_interval_may_pass_between_two_moments) {
  const Record record = people(2);
  Memory memory(record, spec_of({{.name = "echo", .fade = Fade::interval, .span = 4, .from = 3}}));
  happen(memory, act(0, 0, 1));
  memory.advance(5);
  EXPECT_EQ(memory.weight(0, 0, 1), 0);
  EXPECT_EQ(memory.trace(0).total(), 0);
  EXPECT_EQ(memory.last(0, 0, 1), 0);
}

TEST(Trace, an_interval_from_nothing_counts_at_once) {
  const Record record = people(2);
  Memory memory(record, spec_of({{.name = "echo", .fade = Fade::interval, .span = 2}}));
  happen(memory, act(0, 0, 1));
  EXPECT_EQ(memory.weight(0, 0, 1), 1);
  memory.advance(2);
  EXPECT_EQ(memory.weight(0, 0, 1), 0);
}

TEST(Trace, an_interval_is_read_on_the_clock_of_fading) {
  const Record record = people(2, Clock::calendar);
  Memory memory(record, spec_of({{.name = "echo", .fade = Fade::interval, .span = 2, .from = 1}}, {}, 1));
  happen(memory, act(100.75, 0, 1));
  memory.advance(100.9);
  EXPECT_EQ(memory.weight(0, 0, 1), 0);
  memory.advance(101.1);
  EXPECT_EQ(memory.weight(0, 0, 1), 1);
  memory.advance(101.9);
  EXPECT_EQ(memory.weight(0, 0, 1), 1);
  memory.advance(102);
  EXPECT_EQ(memory.weight(0, 0, 1), 0);
}

TEST(Trace, a_tick_holds_fading_until_it_passes) {
  const Record record = people(2, Clock::calendar);
  Memory memory(record, spec_of({half_life(1)}, {}, 1));
  happen(memory, act(100.25, 0, 1));
  memory.advance(100.9);
  EXPECT_EQ(memory.weight(0, 0, 1), 1);
  memory.advance(101);
  EXPECT_DOUBLE_EQ(memory.weight(0, 0, 1), 0.5);
}

TEST(Memory, its_clock_stands_on_a_tick_at_every_tick) {
  const Record record = people(2);
  for (const double tick : {1.0 / 24, 0.1, 1.0 / 3, 7.0}) {
    Memory memory(record, spec_of({}, {}, tick));
    for (int k = 0; k < 20000; ++k) {
      memory.advance(k * tick);
      ASSERT_EQ(memory.fade_time(), k * tick) << "tick " << tick << " number " << k;
    }
  }
}

TEST(Memory, the_last_time_is_on_the_clock_of_fading) {
  const Record record = people(2);
  Memory memory(record, spec_of({{.name = "all"}}, {}, 1));
  happen(memory, act(3.75, 0, 1));
  EXPECT_EQ(memory.last(0, 0, 1), 3);
}

MemorySpec that_keeps(Keeps keeps, double tick = 0) { return spec_of({{.name = "all", .keeps = keeps}}, {}, tick); }

TEST(LastActs, the_latest_are_all_those_of_one_moment) {
  const Record record = people(4);
  Memory memory(record, that_keeps({.latest = true}, 1));
  happen(memory, act(0.25, 0, 1));
  happen(memory, act(0.5, 1, 2));
  memory.apply(act(0.5, 3, 0));
  const std::span<const Dyad> latest = memory.trace(0).last_acts().latest();
  EXPECT_EQ(std::vector(latest.begin(), latest.end()), (std::vector<Dyad>{{1, 2}, {3, 0}}));
}

TEST(LastActs, an_act_touches_those_whose_place_it_takes) {
  const Record record = people(6);
  for (const bool kept : {false, true}) {
    Memory memory(record, that_keeps({.latest = kept}));
    happen(memory, act(1, 0, 1));
    happen(memory, act(2, 2, 3));
    memory.clear_touched();
    memory.apply(act(2, 4, 5));  // joins
    memory.apply(act(2, 5, 2));  // shares an actor with each
    happen(memory, act(3, 4, 5));
    const auto among = [&](Dyad dyad) {
      return std::count(memory.touched().begin(), memory.touched().end(), dyad) > 0;
    };
    EXPECT_FALSE(among({0, 1}));
    EXPECT_EQ(among({2, 3}), kept);
    EXPECT_EQ(among({3, 2}), kept);
  }
}

TEST(LastActs, are_when_an_actor_acted_and_was_acted_upon_on_the_clock_of_fading) {
  const Record record = people(3);
  Memory memory(record, that_keeps({.actors = true}, 1));
  happen(memory, act(1.75, 0, 1));
  happen(memory, act(3.5, 1, 0));
  const LastActs& acts = memory.trace(0).last_acts();
  EXPECT_EQ(acts.last_sent(0), 1);
  EXPECT_EQ(acts.last_received(0), 3);
  EXPECT_EQ(acts.last_sent(2), always);
}

TEST(LastActs, rank_partners_by_their_last_act) {
  const Record record = people(5);
  Memory memory(record, that_keeps({.ranks = true}, 7));
  happen(memory, act(1, 0, 1));
  happen(memory, act(2, 0, 2));
  happen(memory, act(3, 0, 1));
  happen(memory, act(4, 0, 3));
  memory.apply(act(4, 0, 4));
  happen(memory, act(5, 2, 3));
  const auto rank = [&](ActorId sender, ActorId receiver, bool out) {
    const LastActs& acts = memory.trace(0).last_acts();
    const PairId pair = memory.pairs().find(sender, receiver);
    return out ? acts.out_rank({sender, receiver}, pair) : acts.in_rank({sender, receiver}, pair);
  };
  EXPECT_EQ(rank(0, 3, true), 1U);
  EXPECT_EQ(rank(0, 4, true), 1U);
  EXPECT_EQ(rank(0, 1, true), 3U);
  EXPECT_EQ(rank(0, 2, true), 4U);
  EXPECT_EQ(rank(1, 0, true), 0U);
  EXPECT_EQ(rank(2, 3, false), 1U);
  EXPECT_EQ(rank(0, 3, false), 2U);
}

TEST(LastActs, are_in_the_fingerprint) {
  const Record record = people(3);
  const auto order = [&](Keeps keeps, bool first) {
    Memory memory(record, that_keeps(keeps, 10));
    happen(memory, act(1, 0, first ? 1 : 2));
    happen(memory, act(2, 0, first ? 2 : 1));
    return memory.trace(0).last_acts().state();
  };
  EXPECT_TRUE(order({}, true).empty());
  EXPECT_NE(order({.latest = true}, true), order({.latest = true}, false));
  Memory one(record, that_keeps({.latest = true}, 10));
  Memory other = one;
  happen(one, act(1, 0, 1));
  happen(one, act(1, 0, 2));
  happen(other, act(1, 0, 1));
  happen(other, act(2, 0, 2));
  one.advance(2);
  EXPECT_NE(one.fingerprint(), other.fingerprint());
}

TEST(Memory, a_snapshot_run_over_the_same_events_has_the_same_fingerprint) {
  const Record record = reference::make_record({.seed = 3, .actors = 6, .events = 60, .ties = 8});
  Memory memory(record, spec_of({half_life(5), window(9)}, {{0, Leg::both, 0, Leg::both, Combine::min_sum}}, 1));
  reference::relive(memory, record, 19025);
  Memory snapshot = memory;
  EXPECT_EQ(snapshot.fingerprint(), memory.fingerprint());
  reference::relive(memory, record, 19100);
  EXPECT_NE(snapshot.fingerprint(), memory.fingerprint());
  reference::relive(snapshot, record, 19100);
  EXPECT_EQ(snapshot.fingerprint(), memory.fingerprint());
}

TEST(AttributeBook, keeps_the_value_in_force) {
  Record record = people(2);
  record.actors[1].kind = "leader";
  record.attributes = {{"size", {}, {{0, always, 1}, {0, 5, 2}, {0, 9, 3}}}};
  Memory memory(record, {});
  memory.advance(0);
  const AttributeId size = memory.attributes().find("size");
  EXPECT_EQ(memory.attributes().value(size, 0), 1);
  EXPECT_TRUE(std::isnan(memory.attributes().value(size, 1)));
  const std::uint64_t epoch = memory.epoch();
  memory.advance(5);
  EXPECT_EQ(memory.attributes().value(size, 0), 2);
  EXPECT_GT(memory.epoch(), epoch);
  memory.advance(100);
  EXPECT_EQ(memory.attributes().value(size, 0), 3);
  EXPECT_EQ(memory.attributes().find("height"), no_id);
}

TEST(AttributeBook, every_actor_has_a_kind) {
  Record record = people(3);
  record.actors[1].kind = record.actors[2].kind = "leader";
  const AttributeBook book(record);
  const AttributeId kind = book.find("kind");
  EXPECT_EQ(book.levels(kind), (std::vector<std::string>{"", "leader"}));
  EXPECT_EQ(book.value(kind, 1), book.value(kind, 2));
  EXPECT_NE(book.value(kind, 0), book.value(kind, 1));
}

TEST(TieBook, knows_the_ties_in_force_of_both_actors) {
  Record record = people(3);
  record.ties.resize(2);
  record.ties[0].a = 0;
  record.ties[0].b = record.ties[1].a = 1;
  record.ties[1].b = 2;
  Memory memory(record, {});
  memory.start_tie(0);
  memory.start_tie(1);
  EXPECT_EQ(memory.ties().of(1), (std::vector<TieId>{0, 1}));
  memory.end_tie(0);
  EXPECT_FALSE(memory.ties().in_force(0));
  EXPECT_EQ(memory.ties().of(1), (std::vector<TieId>{1}));
  EXPECT_EQ(memory.touched().size(), 6U);
}

TEST(Memory, on_the_calendar_an_actor_is_present_through_the_day_it_leaves) {
  Record record = people(2, Clock::calendar);
  record.actors[0].enters = 100;
  record.actors[0].leaves = 110;
  Memory memory(record, {});
  memory.advance(99.5);
  EXPECT_FALSE(memory.present(0));
  EXPECT_EQ(memory.present_count(), 1U);
  memory.advance(100);
  EXPECT_TRUE(memory.present(0));
  memory.advance(110.9);
  EXPECT_TRUE(memory.present(0));
  memory.advance(111);
  EXPECT_FALSE(memory.present(0));
  EXPECT_EQ(memory.epoch(), 3U);  // the other's entry before all time, and two passages
}

TEST(Memory, an_actor_who_leaves_before_it_enters_is_never_present) {
  Record record = people(2, Clock::calendar);
  record.actors[0].enters = 100;
  record.actors[0].leaves = 90;
  Memory memory(record, {});
  memory.advance(200);
  EXPECT_FALSE(memory.present(0));
}

TEST(Memory, numbers_of_pairs_and_times_are_the_latest_by_now_and_begin_an_epoch) {
  Record record;
  record.clock = Clock::number;
  record.actors.resize(4);
  record.pair_attributes = {{"near", {{{1, 0}, always, 7}, {{1, 3}, 2, 8}, {{1, 3}, 5, 9}, {{3, 1}, 5, 10}}},
                            {"trade", {{{0, 2}, 5, 11}}}};
  record.series = {{"rate", {{always, 1}, {3, 2}}}, {"late", {{6, 3}}}};
  Memory memory(record, {});
  const auto near = [&](ActorId i, ActorId j) { return memory.pair_values().value(0, {i, j}); };
  memory.advance(1);
  EXPECT_EQ(near(1, 0), 7);
  for (const Dyad unknown : {Dyad{0, 1}, Dyad{1, 3}, Dyad{1, 2}, Dyad{2, 0}, Dyad{3, 1}, Dyad{3, 3}})
    EXPECT_TRUE(std::isnan(near(unknown.sender, unknown.receiver)));
  EXPECT_EQ(memory.series().value(0), 1);
  EXPECT_TRUE(std::isnan(memory.series().value(1)));
  std::vector<Time> epochs;
  for (Time now = 1.5; now <= 8; now += 0.5) {
    const Memory before = memory;
    memory.advance(now);
    if (memory.epoch() == before.epoch()) continue;
    epochs.push_back(now);
    EXPECT_NE(memory.fingerprint(), before.fingerprint());
  }
  EXPECT_EQ(epochs, (std::vector<Time>{2, 3, 5, 6}));
  EXPECT_EQ(near(1, 3), 9);
  EXPECT_EQ(near(3, 1), 10);
  EXPECT_EQ(near(1, 0), 7);
  EXPECT_EQ(memory.pair_values().value(1, {0, 2}), 11);
  EXPECT_TRUE(std::isnan(memory.pair_values().value(1, {1, 0})));
  EXPECT_EQ(memory.series().value(0), 2);
  EXPECT_EQ(memory.series().value(1), 3);
  std::vector<Dyad> pairs;
  memory.pair_values().for_each_pair(0, [&](Dyad pair) { pairs.push_back(pair); });
  EXPECT_EQ(pairs, (std::vector<Dyad>{{1, 0}, {1, 3}, {3, 1}}));
}

}  // namespace detente::memory_test
