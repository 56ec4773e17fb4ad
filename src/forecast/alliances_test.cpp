#include "forecast/alliances.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "log/as_of.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::alliances_test {

// |intensity| of events of some quad classes from one actor to another by the end of the date, faded.
template <class Wanted>
double faded(const Record& record, ActorId from, ActorId to, double half_life, Time date, Wanted wanted) {
  const bool calendar = record.clock == Clock::calendar;
  const Time end = calendar ? std::floor(date) + 1 : date;
  double sum = 0;
  for (const Event& e : record.events)
    if (e.sender == from && e.receiver == to && (calendar ? e.time < end : e.time <= end) &&
        wanted(record.types[e.type].quad))
      sum += std::abs(static_cast<double>(e.intensity)) * std::exp2(-(end - e.time) / half_life);
  return sum;
}

bool is_gift(QuadClass quad) { return quad == QuadClass::material_cooperation; }

ActorId actor_named(const Record& record, const std::string& id) {
  return static_cast<ActorId>(
      std::find_if(record.actors.begin(), record.actors.end(), [&](const Actor& actor) { return actor.id == id; }) -
      record.actors.begin());
}

Record any_record() { return reference::make_record(reference::any_record({2, 6}, {1, 100}, {0, 12})); }

Time any_date(const Record& record) {
  const Span span = time_span(record);
  return span.first +
         *rc::gen::inRange(0, 130).as("date, in hundredths of the record") / 100.0 * (span.last - span.first);
}

RC_GTEST_PROP(Alliances, stand_as_plain_loops_over_the_whole_record_say, ()) {
  const Record record = any_record();
  AllianceOptions options{.as_of = any_date(record), .inferred = *rc::gen::arbitrary<bool>().as("inferred")};
  options.rule = {.half_life = 30, .start = 6, .end = 2};
  options.ledger_half_life = 50;
  options.recent = 9;
  const Alliances alliances = alliances_in_force(record, options);
  const Record& known = alliances.known;
  for (const AllianceState& state : alliances.list) {
    const Tie& tie = known.ties[state.tie];
    const ActorId a = actor_named(record, known.actors[tie.a].id);
    const ActorId b = actor_named(record, known.actors[tie.b].id);
    const auto sum = [&](ActorId from, ActorId to, double half_life, auto wanted) {
      return faded(record, from, to, half_life, options.as_of, wanted);
    };
    const double conflict_ab = sum(a, b, 30, is_conflict), conflict_ba = sum(b, a, 30, is_conflict);
    const double strength = sum(a, b, 30, is_cooperation) + sum(b, a, 30, is_cooperation) - conflict_ab - conflict_ba;
    RC_ASSERT(std::abs(state.strength - strength) < 1e-6);
    RC_ASSERT(std::abs(state.ledger - (sum(a, b, 50, is_gift) - sum(b, a, 50, is_gift))) < 1e-6);
    RC_ASSERT(std::abs(state.slights_a - std::max(0.0, conflict_ba - conflict_ab)) < 1e-6);
    RC_ASSERT(std::abs(state.slights_b - std::max(0.0, conflict_ab - conflict_ba)) < 1e-6);
    const Time today = record.clock == Clock::calendar ? std::floor(options.as_of) : options.as_of;
    std::size_t cooperation = 0, conflict = 0, all = 0;
    for (const Event& e : record.events) {
      const Time day = record.clock == Clock::calendar ? std::floor(e.time) : e.time;
      if (std::minmax(e.sender, e.receiver) != std::minmax(a, b) || day > today) continue;
      ++all;
      cooperation += day > today - 9 && is_cooperation(record.types[e.type].quad) ? 1 : 0;
      conflict += day > today - 9 && is_conflict(record.types[e.type].quad) ? 1 : 0;
    }
    RC_ASSERT(state.events_behind == all);
    RC_ASSERT(state.last.has_value() == (all > 0));
    RC_ASSERT(state.recent_cooperation == cooperation && state.recent_conflict == conflict);
    RC_ASSERT(state.age == today - tie.start);
    if (tie.kind == "inferred") RC_ASSERT(state.strength >= options.rule.end - 1e-6);
  }
  RC_ASSERT(std::is_sorted(alliances.list.begin(), alliances.list.end(),
                           [](const AllianceState& a, const AllianceState& b) { return a.strength > b.strength; }));
}

// Which ties are listed: those of the kind asked for that have started by the end of the date and not ended by then.
RC_GTEST_PROP(Alliances, listed_are_the_ties_in_force_at_the_end_of_the_day, ()) {
  const Record record = any_record();
  const std::string kind = *rc::gen::element<std::string>("cooperative", "litigation").as("kind");
  const AllianceOptions options{.as_of = any_date(record), .ties = kind};
  const Time cut = unknown_from(record.clock, options.as_of);
  std::vector<std::string> expected;
  bool any_known = false;
  for (const Tie& tie : record.ties) {
    any_known = any_known || tie.start < cut;
    if (tie.start < cut && tie.end >= cut && (tie.kind == "alliance") == (kind == "cooperative"))
      expected.push_back(tie.id);
  }
  const Alliances alliances = alliances_in_force(record, options);
  RC_ASSERT(alliances.inferred == !any_known);
  std::vector<std::string> listed;
  for (const AllianceState& state : alliances.list)
    if (const Tie& tie = alliances.known.ties[state.tie]; tie.kind != "inferred") listed.push_back(tie.id);
  std::sort(listed.begin(), listed.end());
  std::sort(expected.begin(), expected.end());
  RC_ASSERT(listed == expected);
}

// The answer to a date does not change when what came later is taken away.
RC_GTEST_PROP(Alliances, know_nothing_of_what_came_later, ()) {
  const Record record = any_record();
  const AllianceOptions options{.as_of = any_date(record), .inferred = true, .rule = {20, 6, 2}};
  const Alliances whole = alliances_in_force(record, options);
  const Alliances early = alliances_in_force(as_of(record, options.as_of), options);
  RC_ASSERT(whole.list.size() == early.list.size());
  for (std::size_t k = 0; k < whole.list.size(); ++k) {
    const AllianceState& a = whole.list[k];
    const AllianceState& b = early.list[k];
    RC_ASSERT(whole.known.ties[a.tie].id == early.known.ties[b.tie].id);
    RC_ASSERT(a.strength == b.strength && a.ledger == b.ledger && a.age == b.age);
    RC_ASSERT(a.slights_a == b.slights_a && a.slights_b == b.slights_b);
    RC_ASSERT(a.last == b.last && a.events_behind == b.events_behind);
  }
}

TEST(Alliances, a_date_before_the_record_and_an_unknown_kind_are_refused) {
  const Record record = reference::make_record({});
  EXPECT_THROW(static_cast<void>(alliances_in_force(record, {.as_of = time_span(record).first - 1})), Error);
  EXPECT_THROW(static_cast<void>(alliances_in_force(record, {.as_of = time_span(record).last, .ties = "aliance"})),
               Error);
}

}  // namespace detente::alliances_test
