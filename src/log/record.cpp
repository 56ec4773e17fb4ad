#include "log/record.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <tuple>

namespace detente {
namespace {

double day_of(const Event& e) { return std::floor(e.time); }

auto sort_key(const Event& e, Clock clock) {
  const Time time = e.precision == Precision::instant || clock == Clock::number ? e.time : day_of(e);
  return std::tuple(time, e.precision == Precision::month, e.order, e.line);
}

// Events that share day, precision and order are simultaneous: one position.
bool same_position(const Event& a, const Event& b) { return a.precision == b.precision && a.order == b.order; }

void spread_day(Event* first, Event* last) {
  double positions = 1;
  for (Event* e = first + 1; e < last; ++e) positions += same_position(e[-1], *e) ? 0 : 1;
  const double day = std::floor(first->time);
  double position = 1;
  const Event* previous = first;
  std::vector<double> times;
  for (const Event* e = first; e < last; previous = e++) {
    if (!same_position(*previous, *e)) ++position;
    times.push_back(day + position / (positions + 1));
  }
  for (std::size_t k = 0; k < times.size(); ++k) first[k].time = times[k];
}

// The first possible day of a tie whose start is known to the month stands before its `start`.
Time first_possible_start(const Tie& tie) {
  if (tie.start_precision != Precision::month) return tie.start;
  const CivilDate last = civil_from_days(static_cast<std::int64_t>(tie.start));
  return static_cast<Time>(days_from_civil(last.year, last.month, 1));
}

}  // namespace

std::string_view to_string(QuadClass q) {
  constexpr std::array<std::string_view, 5> names{"verbal-cooperation", "material-cooperation", "verbal-conflict",
                                                  "material-conflict", "none"};
  return names[static_cast<std::size_t>(q)];
}

bool is_cooperative(std::string_view tie_kind) {
  constexpr std::array<std::string_view, 7> kinds{"alliance", "office", "employment", "investment",
                                                  "founding", "board",  "inferred"};
  return std::find(kinds.begin(), kinds.end(), tie_kind) != kinds.end();
}

void order_events(Record& record) {
  std::vector<std::size_t> index(record.events.size());
  std::iota(index.begin(), index.end(), std::size_t{0});
  const auto before = [&](std::size_t a, std::size_t b) {
    return sort_key(record.events[a], record.clock) < sort_key(record.events[b], record.clock);
  };
  if (!std::is_sorted(index.begin(), index.end(), before)) {
    std::stable_sort(index.begin(), index.end(), before);
    std::vector<Event> events;
    std::vector<EventText> texts;
    events.reserve(index.size());
    for (const std::size_t i : index) events.push_back(record.events[i]);
    if (!record.texts.empty())
      for (const std::size_t i : index) texts.push_back(std::move(record.texts[i]));
    record.events = std::move(events);
    record.texts = std::move(texts);
  }
  if (record.clock == Clock::number) return;
  Event* const end = record.events.data() + record.events.size();
  for (Event* first = record.events.data(); first < end;) {
    Event* last = first + 1;
    while (last < end && day_of(*last) == day_of(*first)) ++last;
    const bool ordered = std::any_of(first, last, [](const Event& e) { return e.order != 0; });
    const bool timed = std::any_of(first, last, [](const Event& e) { return e.precision == Precision::instant; });
    if (ordered && !timed) spread_day(first, last);
    first = last;
  }
}

void infer_lifetimes(Record& record) {
  std::vector<Time> first(record.actors.size(), never);
  const auto act = [&](ActorId actor, Time time) { first[actor] = std::min(first[actor], time); };
  for (const Event& e : record.events) {
    const bool whole_day = record.clock == Clock::calendar && e.precision != Precision::instant;
    const Time from = whole_day ? std::floor(e.time) : e.time;
    act(e.sender, from);
    act(e.receiver, from);
  }
  for (const Tie& tie : record.ties) {
    act(tie.a, tie.start);
    act(tie.b, tie.start);
  }
  for (std::size_t i = 0; i < record.actors.size(); ++i) {
    Actor& actor = record.actors[i];
    if (actor.enters_declared) continue;
    actor.enters = first[i];
    // What came before its first act and before its return is no absence of it.
    for (; !actor.absences.empty() && actor.enters > actor.absences.front().leaves;
         actor.absences.erase(actor.absences.begin()))
      actor.enters = std::min(actor.enters, actor.absences.front().returns);
  }
}

void end_ties_of_departed(Record& record) {
  for (Tie& tie : record.ties) {
    const Time leaves = std::min(record.actors[tie.a].leaves, record.actors[tie.b].leaves);
    if (tie.end != never || leaves == never || first_possible_start(tie) > leaves) continue;
    const Time gone = record.clock == Clock::calendar ? std::floor(leaves) + 1 : leaves;
    tie.end = std::max(gone, tie.start);
    tie.ending = "loss";
    tie.lost = true;
  }
}

void sort_values(PairAttribute& attribute) {
  const auto key = [](const PairValue& v) { return std::tuple(v.dyad.sender, v.dyad.receiver, v.time); };
  std::stable_sort(attribute.values.begin(), attribute.values.end(),
                   [&](const PairValue& a, const PairValue& b) { return key(a) < key(b); });
}

void append_ties(Record& record, std::vector<Tie> ties) {
  record.ties.insert(record.ties.end(), std::make_move_iterator(ties.begin()), std::make_move_iterator(ties.end()));
  for (TieAttribute& attribute : record.tie_attributes)
    attribute.values.resize(record.ties.size(), std::numeric_limits<double>::quiet_NaN());
}

double unit_of(const Record& record) { return record.clock == Clock::calendar ? 1 : record.unit_days; }

Time observation_start(const Record& record) {
  if (record.observed_from != always) return record.observed_from;
  Time first = never;
  const auto include = [&](Time time, Precision precision) {
    const bool whole_day = record.clock == Clock::calendar && precision != Precision::instant;
    first = std::min(first, whole_day ? std::floor(time) : time);
  };
  if (!record.events.empty()) include(record.events.front().time, record.events.front().precision);
  for (const Tie& tie : record.ties) include(tie.start, tie.start_precision);
  return first;
}

double time_tolerance(const Record& record) {
  const Span span = time_span(record);
  return span.first > span.last ? 0 : time_tolerance(std::max(std::abs(span.first), std::abs(span.last)));
}

Time known_until(const Record& record) {
  Time last = time_span(record).last;
  for (const Attribute& attribute : record.attributes)
    for (const AttributeValue& value : attribute.values)
      if (!attribute.of_layer) last = std::max(last, value.time);
  for (const PairAttribute& attribute : record.pair_attributes)
    for (const PairValue& value : attribute.values) last = std::max(last, value.time);
  for (const Series& series : record.series)
    for (const SeriesValue& value : series.values) last = std::max(last, value.time);
  return last;
}

Span time_span(const Record& record) {
  Span span{never, always};
  const auto include = [&](Time time) {
    span.first = std::min(span.first, time);
    span.last = std::max(span.last, time);
  };
  if (!record.events.empty()) {
    include(record.events.front().time);
    include(record.events.back().time);
  }
  for (const Tie& tie : record.ties) {
    include(tie.start);
    if (tie.end != never && !tie.lost) include(tie.end);
  }
  return span;
}

}  // namespace detente
