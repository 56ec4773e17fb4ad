#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "log/as_of.hpp"
#include "log/finding.hpp"
#include "log/record.hpp"
#include "log/validate.hpp"

namespace detente::log_test {

Time day(std::string_view text) { return parse_time(text, Clock::calendar)->time; }

Actor actor(std::string id) {
  Actor a;
  a.id = a.name = std::move(id);
  return a;
}

Event event(std::string_view date, ActorId sender, ActorId receiver, std::int32_t order = 0) {
  const ParsedTime when = *parse_time(date, Clock::calendar);
  return {.time = when.time,
          .sender = sender,
          .receiver = receiver,
          .intensity = 1,
          .type = 0,
          .precision = when.precision,
          .order = order,
          .line = 0};
}

Tie tie(std::string id, ActorId a, ActorId b, std::string_view start, std::string_view end = "") {
  Tie t{};
  t.id = std::move(id);
  t.a = a;
  t.b = b;
  t.kind = "alliance";
  t.start = day(start);
  t.end = end.empty() ? never : day(end);
  t.start_precision = t.end_precision = Precision::day;
  if (t.end != never) t.ending = "rupture";
  return t;
}

Record record_of(std::vector<Event> events, std::size_t actors = 4) {
  Record record;
  record.types.push_back({"meet", "Meet"});
  for (std::size_t i = 0; i < actors; ++i) record.actors.push_back(actor(std::string(1, static_cast<char>('a' + i))));
  record.events = std::move(events);
  std::uint32_t line = 1;
  for (Event& e : record.events) e.line = ++line;
  order_events(record);
  infer_lifetimes(record);
  return record;
}

std::vector<std::uint32_t> lines(const Record& record) {
  std::vector<std::uint32_t> all;
  for (const Event& e : record.events) all.push_back(e.line);
  return all;
}

std::vector<std::string> codes(const Record& record) {
  Findings findings;
  validate(record, {}, findings);
  std::vector<std::string> all;
  for (const Finding& finding : findings.list) all.push_back(finding.code);
  return all;
}

std::string only_finding(const Record& record) {
  Findings findings;
  validate(record, {}, findings);
  return findings.list.size() == 1 ? render(findings.list[0].problem, to_string(findings.list[0].level))
                                   : std::to_string(findings.list.size()) + " findings";
}

TEST(order_events, sorts_by_day_then_order_then_line) {
  const Record record =
      record_of({event("2020-01-02", 0, 1), event("2020-01-01", 0, 1, 2), event("2020-01-01", 1, 0, 1)});
  EXPECT_EQ(lines(record), (std::vector<std::uint32_t>{4, 3, 2}));
}

TEST(order_events, a_months_events_stand_after_the_days_of_its_last_day) {
  const Record record = record_of({event("2020-01", 0, 1), event("2020-01-31", 1, 0), event("2020-02-01", 1, 0)});
  EXPECT_EQ(lines(record), (std::vector<std::uint32_t>{3, 2, 4}));
}

TEST(order_events, spreads_ordered_events_over_their_day) {
  const Record record =
      record_of({event("2020-01-01", 0, 1, 1), event("2020-01-01", 1, 0, 2), event("2020-01-01", 2, 0, 2)});
  const Time start = day("2020-01-01");
  EXPECT_DOUBLE_EQ(record.events[0].time, start + 1.0 / 3);
  EXPECT_DOUBLE_EQ(record.events[1].time, start + 2.0 / 3);
  EXPECT_DOUBLE_EQ(record.events[2].time, start + 2.0 / 3);
}

TEST(order_events, leaves_the_timestamps_of_a_day_where_they_are) {
  const Record record =
      record_of({event("2020-01-01", 0, 1, 1), event("2020-01-01T12:00", 1, 0), event("2020-01-01", 2, 0, 2)});
  const Time start = day("2020-01-01");
  EXPECT_DOUBLE_EQ(record.events[0].time, start);
  EXPECT_DOUBLE_EQ(record.events[1].time, start);
  EXPECT_DOUBLE_EQ(record.events[2].time, start + 0.5);
}

TEST(order_events, leaves_unordered_events_simultaneous) {
  const Record record = record_of({event("2020-01-01", 0, 1), event("2020-01-01", 1, 0)});
  EXPECT_EQ(record.events[0].time, record.events[1].time);
}

TEST(order_events, keeps_texts_with_their_events) {
  Record record = record_of({});
  record.events = {event("2020-01-02", 0, 1), event("2020-01-01", 1, 0)};
  record.texts = {{.description = "second", .reference = "", .sphere = ""},
                  {.description = "first", .reference = "", .sphere = ""}};
  order_events(record);
  EXPECT_EQ(record.texts[0].description, "first");
  EXPECT_EQ(record.texts[1].description, "second");
}

TEST(order_events, spreading_keeps_every_event_in_its_day_and_in_its_order) {
  EXPECT_TRUE(rc::check("times never decrease, days never change", [] {
    const auto orders = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
    std::vector<Event> events;
    for (const int order : orders)
      events.push_back(
          event(*rc::gen::elementOf(std::vector<std::string>{"2020-01-30", "2020-01-31", "2020-01"}), 0, 1, order));
    const Record record = record_of(events);
    for (std::size_t k = 0; k < events.size(); ++k) {
      const Event& e = record.events[k];
      RC_ASSERT(std::floor(e.time) == events[e.line - 2].time);
      if (k == 0) continue;
      const Event& before = record.events[k - 1];
      RC_ASSERT(before.time <= e.time);
      const bool same_day = std::floor(before.time) == std::floor(e.time) && before.precision == e.precision;
      RC_ASSERT(!same_day || before.order <= e.order);
    }
  }));
}

TEST(infer_lifetimes, an_actor_enters_with_its_first_act_or_tie) {
  Record record = record_of({event("2020-01-05", 0, 1)});
  record.actors[3].enters = day("2019-01-01");
  record.actors[3].enters_declared = true;
  record.ties.push_back(tie("t", 1, 2, "2020-01-03"));
  infer_lifetimes(record);
  EXPECT_EQ(record.actors[0].enters, day("2020-01-05"));
  EXPECT_EQ(record.actors[1].enters, day("2020-01-03"));
  EXPECT_EQ(record.actors[2].enters, day("2020-01-03"));
  EXPECT_EQ(record.actors[3].enters, day("2019-01-01"));
}

TEST(infer_lifetimes, an_actor_without_act_or_tie_never_enters) {
  EXPECT_EQ(record_of({event("2020-01-05", 0, 1)}).actors[2].enters, never);
}

TEST(end_ties_of_departed, a_tie_without_an_end_ends_the_day_after_its_first_actor_leaves) {
  Record record = record_of({event("2020-01-05", 0, 1)});
  record.actors[0].leaves = day("2020-09-01");
  record.actors[1].leaves = day("2020-06-30");
  record.ties = {tie("t", 0, 1, "2020-01-01"), tie("u", 2, 3, "2020-01-01"), tie("v", 2, 0, "2020-01-01")};
  end_ties_of_departed(record);
  EXPECT_EQ(record.ties[0].end, day("2020-07-01"));
  EXPECT_EQ(record.ties[0].ending, "loss");
  EXPECT_EQ(record.ties[1].end, never);
  EXPECT_EQ(record.ties[1].ending, "");
  EXPECT_EQ(record.ties[2].end, day("2020-09-02"));
}

TEST(end_ties_of_departed, on_a_clock_of_numbers_it_ends_when_the_actor_leaves) {
  Record record = record_of({});
  record.clock = Clock::number;
  record.actors[1].leaves = 7.5;
  record.ties = {tie("t", 0, 1, "2020-01-01")};
  record.ties[0].start = 2;
  end_ties_of_departed(record);
  EXPECT_EQ(record.ties[0].end, 7.5);
}

TEST(end_ties_of_departed, an_end_of_the_record_stands_and_so_does_a_tie_of_one_who_had_left) {
  Record record = record_of({event("2020-01-05", 0, 1)});
  record.actors[1].leaves = day("2020-06-30");
  record.ties = {tie("early", 0, 1, "2020-01-01", "2020-03-01"), tie("late", 0, 1, "2020-01-01", "2020-08-01"),
                 tie("after", 0, 1, "2020-07-01")};
  end_ties_of_departed(record);
  EXPECT_EQ(record.ties[0].end, day("2020-03-01"));
  EXPECT_EQ(record.ties[0].ending, "rupture");
  EXPECT_EQ(record.ties[1].end, day("2020-08-01"));
  EXPECT_EQ(record.ties[1].ending, "rupture");
  EXPECT_EQ(record.ties[2].end, never);
}

TEST(end_ties_of_departed, a_start_in_the_month_of_leaving_is_not_after_the_end) {
  Record record = record_of({event("2020-01-05", 0, 1)});
  record.actors[1].leaves = day("2020-06-10");
  record.ties = {tie("t", 0, 1, "2020-06-30")};
  record.ties[0].start_precision = Precision::month;
  end_ties_of_departed(record);
  EXPECT_EQ(record.ties[0].ending, "loss");
  EXPECT_EQ(record.ties[0].end, record.ties[0].start);
}

TEST(end_ties_of_departed, a_departure_ahead_of_the_record_does_not_move_its_end) {
  Record record = record_of({event("2020-01-05", 0, 1)});
  record.actors[1].leaves = day("2029-01-20");
  record.ties = {tie("t", 0, 1, "2020-01-01")};
  end_ties_of_departed(record);
  EXPECT_EQ(record.ties[0].end, day("2029-01-21"));
  EXPECT_EQ(time_span(record).last, day("2020-01-05"));
}

TEST(as_of, hides_a_loss_until_its_day) {
  Record record = record_of({event("2020-01-01", 0, 1)});
  record.actors[0].leaves = day("2020-06-01");
  record.ties = {tie("t", 0, 1, "2020-01-01")};
  end_ties_of_departed(record);
  for (const char* date : {"2020-05-31", "2020-06-01"}) {
    const Tie known = as_of(record, day(date)).ties[0];
    EXPECT_EQ(known.end, never) << date;
    EXPECT_EQ(known.ending, "") << date;
    EXPECT_FALSE(known.lost) << date;
  }
  EXPECT_EQ(as_of(record, day("2020-06-02")).ties[0].ending, "loss");
  EXPECT_EQ(as_of(record, day("2020-06-02")).ties[0].end, day("2020-06-02"));
}

TEST(time_span, covers_events_and_ties_and_is_empty_for_an_empty_record) {
  Record record = record_of({event("2020-01-05", 0, 1)});
  record.ties.push_back(tie("t", 1, 2, "2019-01-03", "2021-01-01"));
  EXPECT_EQ(time_span(record).first, day("2019-01-03"));
  EXPECT_EQ(time_span(record).last, day("2021-01-01"));
  EXPECT_GT(time_span(Record{}).first, time_span(Record{}).last);
}

TEST(as_of, knows_all_of_its_day_and_nothing_after) {
  const Record record =
      record_of({event("2020-01-01", 0, 1, 1), event("2020-01-01", 0, 1, 2), event("2020-01-02", 0, 1, 1)});
  EXPECT_EQ(as_of(record, day("2020-01-01")).events.size(), 2U);
  EXPECT_EQ(as_of(record, day("2019-12-31")).events.size(), 0U);
}

TEST(as_of, a_months_event_is_unknown_before_the_month_ends) {
  const Record record = record_of({event("2020-01", 0, 1)});
  EXPECT_TRUE(as_of(record, day("2020-01-30")).events.empty());
  EXPECT_EQ(as_of(record, day("2020-01-31")).events.size(), 1U);
}

TEST(as_of, hides_later_endings_departures_notes_and_values) {
  Record record = record_of({event("2020-01-01", 0, 1)});
  record.actors[0].leaves = day("2020-06-01");
  record.actors[0].note = "left after the quarrel";
  record.ties = {tie("t", 0, 1, "2020-01-01", "2020-06-01"), tie("later", 0, 1, "2020-07-01")};
  record.attributes = {
      {.name = "power", .levels = {}, .values = {{0, day("2020-01-01"), 1}, {0, day("2020-12-31"), 2}}}};
  const Record known = as_of(record, day("2020-03-01"));
  EXPECT_EQ(known.actors[0].leaves, never);
  EXPECT_EQ(known.actors[0].note, "");
  ASSERT_EQ(known.ties.size(), 1U);
  EXPECT_EQ(known.ties[0].end, never);
  EXPECT_EQ(known.ties[0].ending, "");
  EXPECT_EQ(known.attributes[0].values.size(), 1U);
  EXPECT_EQ(as_of(record, day("2020-06-01")).ties[0].ending, "rupture");
}

TEST(as_of, hides_later_numbers_of_pairs_and_times) {
  Record record = record_of({event("2020-01-01", 1, 3), event("2020-06-01", 0, 2)});
  record.pair_attributes = {
      {"trade",
       {{{0, 2}, always, 9}, {{1, 3}, always, 1}, {{1, 3}, day("2020-03-01"), 2}, {{3, 1}, day("2020-03-02"), 3}}},
      {"later", {{{1, 3}, day("2020-03-02"), 4}}}};
  record.series = {{"rate", {{day("2020-01-01"), 5}, {day("2020-03-01"), 6}, {day("2020-03-02"), 7}}},
                   {"later", {{day("2020-03-02"), 8}}}};
  const Record known = as_of(record, day("2020-03-01"));
  ASSERT_EQ(known.pair_attributes.size(), 1U);
  EXPECT_EQ(known.pair_attributes[0].name, "trade");
  ASSERT_EQ(known.pair_attributes[0].values.size(), 2U);  // of the two who are known, who are now 0 and 1
  for (const PairValue& v : known.pair_attributes[0].values) EXPECT_EQ(v.dyad, (Dyad{0, 1}));
  EXPECT_EQ(known.pair_attributes[0].values[1].value, 2);
  ASSERT_EQ(known.series.size(), 1U);
  ASSERT_EQ(known.series[0].values.size(), 2U);
  EXPECT_EQ(known.series[0].values[1].value, 6);
}

TEST(as_of, keeps_the_numbers_of_pairs_in_order_where_actors_change_places) {
  Record record = record_of({event("2020-01-01", 0, 1), event("2020-01-01", 2, 0)});
  record.actors[0].id = "zoe";  // now the last
  record.pair_attributes = {{"trade", {{{0, 1}, always, 1}, {{0, 2}, always, 2}, {{1, 0}, always, 3}}}};
  const Record known = as_of(record, day("2020-02-01"));
  const std::vector<PairValue>& values = known.pair_attributes[0].values;
  ASSERT_EQ(values.size(), 3U);
  EXPECT_EQ(values[0].value, 3);
  EXPECT_EQ(values[0].dyad, (Dyad{0, 2}));
  EXPECT_EQ(values[2].dyad, (Dyad{2, 1}));
}

TEST(known_until, counts_numbers_of_pairs_and_times) {
  Record record = record_of({event("2020-01-01", 0, 1)});
  record.pair_attributes = {{"trade", {{{0, 1}, day("2020-03-01"), 1}}}};
  EXPECT_EQ(known_until(record), day("2020-03-01"));
  record.series = {{"rate", {{day("2020-04-01"), 1}}}};
  EXPECT_EQ(known_until(record), day("2020-04-01"));
}

TEST(as_of, ids_are_compacted_so_that_nothing_depends_on_what_is_unknown) {
  const Record record = record_of({event("2020-01-01", 1, 3), event("2020-02-01", 0, 2)});
  const Record known = as_of(record, day("2020-01-15"));
  ASSERT_EQ(known.actors.size(), 2U);
  EXPECT_EQ(known.actors[0].id, "b");
  EXPECT_EQ(known.actors[1].id, "d");
  EXPECT_EQ(known.events[0].sender, 0U);
  EXPECT_EQ(known.events[0].receiver, 1U);
}

TEST(validate, a_clean_record_has_no_findings) {
  EXPECT_TRUE(codes(record_of({event("2020-01-01", 0, 1), event("2020-01-01", 1, 0)}, 2)).empty());
}

TEST(validate, an_exact_duplicate_is_named_with_its_original) {
  EXPECT_EQ(only_finding(record_of({event("2020-01-01", 0, 1), event("2020-01-01", 0, 1)}, 2)),
            "warning: events.csv:3: the event repeats that of line 2 in every column: both are kept\n  got: 2020-01-01 "
            "a b meet");
}

TEST(validate, the_same_act_in_other_words_is_no_duplicate) {
  Record record = record_of({event("2020-01-01", 0, 1), event("2020-01-01", 0, 1)}, 2);
  record.texts = {{.description = "in the morning", .reference = "", .sphere = ""},
                  {.description = "at night", .reference = "", .sphere = ""}};
  EXPECT_TRUE(codes(record).empty());
}

TEST(validate, events_outside_a_lifetime_are_warned_of) {
  Record record = record_of({event("2020-01-01", 0, 1)}, 2);
  record.actors[1].leaves = day("2019-12-31");
  EXPECT_EQ(only_finding(record),
            "warning: events.csv:2: the event is later than the actor 'b'\n  got: 2020-01-01\n  expected: 2019-12-31 "
            "or earlier, when it leaves");
  record.actors[1].leaves = never;
  record.actors[0].enters_declared = true;
  record.actors[0].enters = day("2020-01-01");
  EXPECT_TRUE(codes(record).empty());
}

TEST(validate, a_month_that_overlaps_a_lifetime_is_inside_it) {
  Record record = record_of({event("2020-01", 0, 1)}, 2);
  record.actors[1].leaves = day("2020-01-10");
  record.actors[0].enters_declared = true;
  record.actors[0].enters = day("2020-01-20");
  EXPECT_TRUE(codes(record).empty());
}

TEST(validate, ties_outside_a_lifetime_are_warned_of_at_both_ends) {
  Record record = record_of({event("2020-01-01", 0, 1)}, 2);
  record.ties = {tie("t", 0, 1, "2019-01-01", "2020-06-01")};
  record.actors[0].enters_declared = true;
  record.actors[0].enters = day("2019-06-01");
  record.actors[1].leaves = day("2020-05-01");
  EXPECT_EQ(codes(record), (std::vector<std::string>{"tie-outside-lifetime", "tie-outside-lifetime"}));
}

TEST(validate, a_tie_that_its_actor_leaves_is_noted_and_not_outside_a_lifetime) {
  Record record = record_of({event("2020-01-01", 0, 1)}, 2);
  record.ties = {tie("t", 0, 1, "2020-01-01")};
  record.actors[1].leaves = day("2020-05-01");
  end_ties_of_departed(record);
  EXPECT_EQ(only_finding(record),
            "note: ties.csv: the tie 't' has no end but the actor 'b' leaves: it ends as loss\n  got: leaves "
            "2020-05-01\n  hint: give the tie an end and an ending where it ended otherwise");
}

TEST(validate, overlapping_ties_of_one_kind_are_noted) {
  Record record = record_of({event("2020-01-01", 0, 1)}, 2);
  record.ties = {tie("t", 0, 1, "2020-01-01", "2020-06-01"), tie("u", 1, 0, "2020-05-01"),
                 tie("v", 0, 1, "2021-05-01")};
  EXPECT_EQ(codes(record), (std::vector<std::string>{"overlapping-ties", "overlapping-ties"}));
  record.ties = {tie("t", 0, 1, "2020-01-01", "2020-06-01"), tie("u", 1, 0, "2020-06-01")};
  EXPECT_TRUE(codes(record).empty());
}

TEST(validate, an_actor_who_never_acts_is_noted) {
  EXPECT_EQ(only_finding(record_of({event("2020-01-01", 0, 1)}, 3)),
            "note: actors.csv: the actor 'c' is in no event and no tie");
}

TEST(validate, an_actor_who_enters_after_the_last_event_is_warned_of) {
  Record record = record_of({event("2020-01-01", 0, 1)}, 3);
  record.actors[2].enters_declared = true;
  record.actors[2].enters = day("2020-01-02");
  EXPECT_EQ(only_finding(record),
            "warning: actors.csv: the actor 'c' enters after the last event\n  got: 2020-01-02\n  expected: 2020-01-01 "
            "or earlier");
}

Record record_with_heap(std::string_view date) {
  std::vector<Event> events;
  for (int k = 0; k < 25; ++k) events.push_back(event(date, static_cast<ActorId>(k), static_cast<ActorId>(k + 1)));
  for (int k = 1; k < 28; ++k)
    events.push_back(event("2020-02-" + std::string(k < 10 ? "0" : "") + std::to_string(k), 0, 1));
  return record_of(std::move(events), 26);
}

TEST(validate, a_heap_of_events_in_mid_month_is_warned_of) {
  EXPECT_EQ(only_finding(record_with_heap("2020-03-15")),
            "warning: events.csv:2: 25 events (48.1 %) share the date 2020-03-15: are their dates uncertain?\n"
            "  hint: events at one time are treated as simultaneous");
  EXPECT_EQ(codes(record_with_heap("2020-03")), std::vector<std::string>{"date-heap"});
  EXPECT_TRUE(codes(record_with_heap("2020-03-03")).empty());
}

TEST(validate, attributes_that_end_before_their_actor_are_noted) {
  Record record = record_of({event("2020-01-01", 0, 1)}, 2);
  record.attributes = {{.name = "power",
                        .levels = {},
                        .values = {{0, day("2000-12-31"), 1}, {0, day("2001-12-31"), 1}, {0, day("2002-12-31"), 1}}}};
  EXPECT_EQ(codes(record), std::vector<std::string>{"attribute-ends"});
}

TEST(validate, intensities_beyond_the_scale_are_warned_of_once) {
  Record record = record_of({event("2020-01-01", 0, 1), event("2020-01-02", 0, 1)}, 2);
  for (Event& e : record.events) e.intensity = 250;
  EXPECT_EQ(only_finding(record),
            "warning: events.csv:2: 2 events have an intensity beyond the scale\n  got: 250\n  expected: -10 to +10");
}

TEST(as_of, keeps_the_values_of_each_actor_together_where_actors_change_places) {
  Record record;
  record.clock = Clock::number;
  record.types = {{"act", "Act"}};
  for (const char* id : {"zoe", "max", "ann"}) record.actors.push_back({.id = id, .name = id, .kind = "", .note = ""});
  record.events = {{1, 0, 1, 1, 0, Precision::number, 0, 2}, {2, 2, 0, 1, 0, Precision::number, 0, 3}};
  record.attributes = {{"size", {}, {{0, 0, 1}, {0, 5, 2}, {1, 0, 3}, {2, 0, 4}, {2, 4, 5}}}};
  const Record known = as_of(record, 10);
  EXPECT_EQ(known.actors[0].id, "ann");
  const auto& values = known.attributes[0].values;
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end(), [](const AttributeValue& a, const AttributeValue& b) {
    return std::pair(a.actor, a.time) < std::pair(b.actor, b.time);
  }));
  EXPECT_EQ(values.front().value, 4);
}

TEST(record_files, a_line_counted_on_from_file_to_file_is_a_line_of_its_own_file) {
  RecordFiles files;
  EXPECT_EQ(to_string(files.event(7)), "events.csv:7");
  files.event_parts = {{"a.tab", 0}, {"b.tab", 5}, {"empty.tab", 9}, {"c.tab", 9}};
  EXPECT_EQ(to_string(files.event(5)), "a.tab:5");
  EXPECT_EQ(to_string(files.event(6)), "b.tab:1");
  EXPECT_EQ(to_string(files.event(10)), "c.tab:1");
}

}  // namespace detente::log_test
