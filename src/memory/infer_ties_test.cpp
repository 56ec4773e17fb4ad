#include "memory/infer_ties.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "log/as_of.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::infer_ties_test {

// n just after the events up to `now`, or with `just_before` without those at `now`: the formula, event by event.
double net_cooperation(const Record& record, ActorId a, ActorId b, double half_life, Time now, bool just_before) {
  double net = 0;
  for (const Event& e : record.events) {
    const bool between = (e.sender == a && e.receiver == b) || (e.sender == b && e.receiver == a);
    if (!between || e.time > now || (just_before && e.time == now)) continue;
    const QuadClass quad = record.types[e.type].quad;
    const double sign = is_cooperation(quad) ? 1 : is_conflict(quad) ? -1 : 0;
    net += sign * std::abs(static_cast<double>(e.intensity)) * std::exp2(-(now - e.time) / half_life);
  }
  return net;
}

std::vector<Time> moments(const Record& record) {
  std::vector<Time> times;
  for (const Event& e : record.events)
    if (times.empty() || times.back() != e.time) times.push_back(e.time);
  return times;
}

// When n of a pair, above `level` after the events at `from` and below it before `to`, crosses it: by halving.
Time crossing(const Record& record, ActorId a, ActorId b, const InferOptions& options, Time from, Time to) {
  for (int k = 0; k < 200; ++k) {
    const Time middle = from + (to - from) / 2;
    const bool above = net_cooperation(record, a, b, options.half_life, middle, false) >= options.end;
    (above ? from : to) = middle;
  }
  return to;
}

struct Episode {
  Time start;
  Time end = never;
  std::string ending{};
};

// The rule in plain loops: every pair, every moment of the record, n made anew from the list of events.
std::vector<Episode> slow_episodes(const Record& record, ActorId a, ActorId b, const InferOptions& options,
                                   Time until) {
  std::vector<Episode> episodes;
  bool in_force = false;
  Time last = always;
  const auto end = [&](Time time, const char* how) {
    episodes.back().end = time;
    episodes.back().ending = how;
    in_force = false;
  };
  for (const Time now : moments(record)) {
    if (now >= until) break;
    if (in_force && net_cooperation(record, a, b, options.half_life, now, true) < options.end)
      end(crossing(record, a, b, options, last, now), "faded");
    const double net = net_cooperation(record, a, b, options.half_life, now, false);
    if (in_force && net < options.end) end(now, "rupture");
    if (!in_force && net >= options.start) {
      episodes.push_back({now});
      in_force = true;
    }
    last = now;
  }
  const Time late = until == never ? last + 100 * options.half_life : until;
  if (in_force && net_cooperation(record, a, b, options.half_life, late, true) < options.end)
    end(crossing(record, a, b, options, last, late), "faded");
  return episodes;
}

InferOptions any_rule() {
  const double start = *rc::gen::element(1.0, 4.0, 8.0).as("start");
  const double end = *rc::gen::element(0.25, 0.9).as("end, as a part of it") * start;
  return {*rc::gen::element(2.0, 7.5, 60.0).as("half-life"), start, end};
}

RC_GTEST_PROP(InferTies, matches_the_rule_in_plain_loops_on_random_records, ()) {
  const Record record = reference::make_record(reference::any_record({2, 6}, {0, 120}, {0, 3}));
  const InferOptions options = any_rule();
  const auto day = [&](Time time) { return record.clock == Clock::calendar ? std::floor(time) : time; };
  const bool masked = *rc::gen::arbitrary<bool>().as("masked");
  const Time until = masked && !record.events.empty() ? day(record.events[record.events.size() / 2].time) + 0.5 : never;
  std::vector<Tie> fast = infer_ties(record, options, until);
  for (ActorId a = 0; a < record.actors.size(); ++a)
    for (ActorId b = a + 1; b < record.actors.size(); ++b) {
      std::size_t number = 0;
      for (const Episode& slow : slow_episodes(record, a, b, options, until)) {
        const std::string id = record.actors[a].id + "~" + record.actors[b].id + "#" + std::to_string(++number);
        const auto tie = std::find_if(fast.begin(), fast.end(), [&](const Tie& t) { return t.id == id; });
        RC_ASSERT(tie != fast.end());
        RC_ASSERT(tie->a == a && tie->b == b && tie->kind == "inferred");
        RC_ASSERT(tie->start == day(slow.start));
        RC_ASSERT(tie->ending == slow.ending);
        if (record.clock == Clock::number && slow.end != never)
          RC_ASSERT(std::abs(tie->end - slow.end) < 1e-6);
        else  // the halving may stop a hair beside midnight
          RC_ASSERT(tie->end == day(slow.end) || tie->end == day(slow.end + 1e-6) || tie->end == day(slow.end - 1e-6));
        fast.erase(tie);
      }
    }
  RC_ASSERT(fast.empty());
}

bool same_tie(const Record& one, const Tie& a, const Record& other, const Tie& b) {
  return a.id == b.id && one.actors[a.a].id == other.actors[b.a].id && one.actors[a.b].id == other.actors[b.b].id &&
         a.start == b.start && a.end == b.end && a.ending == b.ending && a.how_it_ended == b.how_it_ended;
}

// What a forecast rests on: episodes of the whole record, their later endings masked, are those of the masked record.
RC_GTEST_PROP(InferTies, of_a_masked_record_are_the_masked_ties_of_the_whole_one, ()) {
  Record record = reference::make_record(reference::any_record({2, 6}, {1, 120}, {0, 3}));
  record.ties.clear();
  record.tie_attributes.clear();
  const InferOptions options = any_rule();
  const Span span = time_span(record);
  const Time date =
      span.first + *rc::gen::inRange(0, 140).as("date, in hundredths of the record") / 100.0 * (span.last - span.first);
  const Record early = as_of(record, date);
  const std::vector<Tie> then = infer_ties(early, options, unknown_from(record.clock, date));
  Record whole = record;
  append_ties(whole, infer_ties(record, options));
  const Record masked = as_of(whole, date);
  RC_ASSERT(masked.ties.size() == then.size());
  for (std::size_t k = 0; k < then.size(); ++k) RC_ASSERT(same_tie(masked, masked.ties[k], early, then[k]));
}

// Two actors whose ids stand the other way round than their numbers.
Record two(Clock clock = Clock::number) {
  Record record;
  record.clock = clock;
  record.types = {{"help", "Help", QuadClass::material_cooperation},
                  {"hit", "Hit", QuadClass::material_conflict},
                  {"note", "Note", QuadClass::none}};
  for (const char* id : {"zoe", "ann"}) {
    Actor actor;
    actor.id = id;
    record.actors.push_back(actor);
  }
  return record;
}

void act(Record& record, Time time, TypeId type, float intensity, ActorId sender = 0) {
  record.events.push_back({.time = time,
                           .sender = sender,
                           .receiver = 1 - sender,
                           .intensity = intensity,
                           .type = type,
                           .precision = Precision::number,
                           .order = 0,
                           .line = 0});
}

TEST(InferTies, one_strong_act_begins_an_alliance_and_silence_ends_it) {
  Record record = two();
  act(record, 10, 0, 8);
  const std::vector<Tie> ties = infer_ties(record, {.half_life = 180, .start = 8, .end = 2});
  ASSERT_EQ(ties.size(), 1U);
  EXPECT_EQ(ties[0].id, "ann~zoe#1");
  EXPECT_EQ(ties[0].start, 10);
  EXPECT_EQ(ties[0].end, 370);  // 8 -> 2: two half-lives
  EXPECT_EQ(ties[0].ending, "faded");
  EXPECT_EQ(ties[0].how_it_ended, "net cooperation faded below 2");
}

TEST(InferTies, conflict_ends_one_in_rupture_whoever_acts_and_whatever_its_sign) {
  for (const float intensity : {-7.0F, 7.0F})
    for (const ActorId sender : {0U, 1U}) {
      Record record = two();
      act(record, 0, 0, 5);
      act(record, 0, 0, 3, 1);
      act(record, 0, 1, intensity, sender);  // at the same time: 1, not enough
      act(record, 1, 0, 8);
      act(record, 2, 1, intensity, sender);
      act(record, 3, 2, 9);  // no quad class: nothing
      const std::vector<Tie> ties = infer_ties(record, {.half_life = 1000, .start = 8, .end = 2.5});
      ASSERT_EQ(ties.size(), 1U);
      EXPECT_EQ(ties[0].start, 1);
      EXPECT_EQ(ties[0].end, 2);
      EXPECT_EQ(ties[0].ending, "rupture");
      EXPECT_EQ(ties[0].how_it_ended,
                std::string("net cooperation fell below 2.5 at 'Hit' by ") + (sender == 0 ? "zoe" : "ann"));
    }
}

TEST(InferTies, between_the_thresholds_nothing_begins_and_nothing_ends) {
  Record record = two();
  for (int day = 0; day < 10; ++day) act(record, day, static_cast<TypeId>(day % 2), 5);  // 5, 0, 5, ...
  EXPECT_TRUE(infer_ties(record, {.half_life = 1e6, .start = 8, .end = 2}).empty());
  record.events.clear();
  act(record, 0, 0, 10);
  for (int day = 1; day < 10; ++day) act(record, day, static_cast<TypeId>(day % 2), 5);  // 10, 5, 10, ...
  const std::vector<Tie> ties = infer_ties(record, {.half_life = 1e6, .start = 8, .end = 2}, 10);
  ASSERT_EQ(ties.size(), 1U);
  EXPECT_EQ(ties[0].end, never);
}

TEST(InferTies, days_bound_an_alliance_on_the_calendar) {
  Record record = two(Clock::calendar);
  act(record, 100.75, 0, 8);
  const InferOptions options{.half_life = 1, .start = 8, .end = 2};
  EXPECT_EQ(infer_ties(record, options)[0].start, 100);
  EXPECT_EQ(infer_ties(record, options)[0].end, 102);            // 102.75, rounded down
  EXPECT_EQ(infer_ties(record, options, 102.75)[0].end, never);  // not yet below
  EXPECT_EQ(infer_ties(record, options, std::nextafter(102.75, 200))[0].end, 102);
}

TEST(InferTies, with_an_end_at_zero_only_conflict_ends_one) {
  Record record = two();
  act(record, 0, 0, 9);
  EXPECT_EQ(infer_ties(record, {.half_life = 1, .start = 8, .end = 0})[0].end, never);
  act(record, 500, 1, 1);
  EXPECT_EQ(infer_ties(record, {.half_life = 1, .start = 8, .end = 0})[0].ending, "rupture");
}

TEST(InferTies, thresholds_that_make_no_sense_are_refused) {
  for (const InferOptions& bad : {InferOptions{0, 8, 2}, InferOptions{never, 8, 2}, InferOptions{180, 2, 2},
                                  InferOptions{180, 8, -1}, InferOptions{180, 8, std::nan("")}})
    EXPECT_THROW(static_cast<void>(infer_ties(two(), bad)), Error);
}

}  // namespace detente::infer_ties_test
