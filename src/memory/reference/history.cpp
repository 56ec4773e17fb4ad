#include "memory/reference/history.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace detente::reference {
namespace {

bool remembered(const TraceSpec& trace, const Event& e) { return trace.types.empty() || trace.types[e.type]; }

double fade(const TraceSpec& trace, double age, double rounding) {
  switch (trace.fade) {
    case Fade::none: return 1;
    case Fade::half_life: return std::pow(2.0, -age / trace.span);
    case Fade::window: return age <= trace.span + rounding ? 1 : 0;
    case Fade::interval: return trace.from - rounding <= age && age < trace.span - rounding ? 1 : 0;
  }
  return 0;
}

double amount(const TraceSpec& trace, const Event& e) {
  return trace.weight == Weight::count ? 1.0 : std::abs(static_cast<double>(e.intensity));
}

bool acts(const History& history, const Event& e, ActorId from, ActorId to) {
  return (e.sender == from && e.receiver == to) || (!history.directed && e.sender == to && e.receiver == from);
}

double leg(const History& history, const TraceSpec& trace, Leg leg, ActorId a, ActorId b) {
  const double there = leg == Leg::backward ? 0 : weight(history, trace, a, b);
  const double back = leg == Leg::forward ? 0 : weight(history, trace, b, a);
  return there + back;
}

const Attribute* find(const History& history, std::string_view name) {
  for (const Attribute& attribute : history.record->attributes)
    if (attribute.name == name) return &attribute;
  return nullptr;
}

}  // namespace

History before_events(const Record& record, Time now, double tick, bool directed) {
  const auto end =
      std::find_if(record.events.begin(), record.events.end(), [&](const Event& e) { return e.time >= now; });
  return {&record, {record.events.begin(), end}, now, tick, true, directed};
}

History after_events(const Record& record, Time now, double tick, bool directed) {
  const auto end =
      std::find_if(record.events.begin(), record.events.end(), [&](const Event& e) { return e.time > now; });
  return {&record, {record.events.begin(), end}, now, tick, true, directed};
}

// Counted, so that the k-th tick stands at exactly k x tick whatever the division rounds to.
Time tick_of(const History& history, Time time) {
  if (history.tick == 0) return time;
  double k = std::floor(time / history.tick);
  while ((k + 1) * history.tick <= time) ++k;
  while (k * history.tick > time) --k;
  return k * history.tick;
}

double weight(const History& history, const TraceSpec& trace, ActorId from, ActorId to) {
  double sum = 0;
  for (const Event& e : history.past)
    if (acts(history, e, from, to) && remembered(trace, e))
      sum += amount(trace, e) *
             fade(trace, tick_of(history, history.now) - tick_of(history, e.time), time_tolerance(history.now));
  return sum;
}

double out_sum(const History& history, const TraceSpec& trace, ActorId actor) {
  double sum = 0;
  for (ActorId other = 0; other < history.record->actors.size(); ++other) sum += weight(history, trace, actor, other);
  return sum;
}

double in_sum(const History& history, const TraceSpec& trace, ActorId actor) {
  double sum = 0;
  for (ActorId other = 0; other < history.record->actors.size(); ++other) sum += weight(history, trace, other, actor);
  return sum;
}

Time last(const History& history, const TraceSpec& trace, ActorId from, ActorId to) {
  Time latest = always;
  for (const Event& e : history.past) {
    const bool waits = trace.fade == Fade::interval && tick_of(history, history.now) - tick_of(history, e.time) <
                                                           trace.from - time_tolerance(history.now);
    if (acts(history, e, from, to) && remembered(trace, e) && !waits) latest = tick_of(history, e.time);
  }
  return latest;
}

double two_paths(const History& history, std::span<const TraceSpec> traces, const TwoPathSpec& spec, ActorId i,
                 ActorId j) {
  double sum = 0;
  for (ActorId h = 0; h < history.record->actors.size(); ++h) {
    if (h == i || h == j) continue;
    const double first = leg(history, traces[spec.first], spec.first_leg, i, h);
    const double second = leg(history, traces[spec.second], spec.second_leg, h, j);
    if (first <= 0 || second <= 0) continue;
    if (spec.combine == Combine::unique) sum += 1;
    if (spec.combine == Combine::min_sum) sum += std::min(first, second);
    if (spec.combine == Combine::sum) sum += first + second;
    if (spec.combine == Combine::product) sum += first * second;
  }
  return sum;
}

Time gone_from(const Record& record, ActorId actor) {
  const Time leaves = record.actors[actor].leaves;
  if (leaves == never) return never;
  return record.clock == Clock::calendar ? std::floor(leaves) + 1 : std::nextafter(leaves, never);
}

bool present(const History& history, ActorId actor) {
  const Actor& one = history.record->actors[actor];
  const bool calendar = history.record->clock == Clock::calendar;
  for (const Absence& away : one.absences) {
    const bool left = calendar ? history.now >= std::floor(away.leaves) + 1 : history.now > away.leaves;
    if (left && history.now < away.returns) return false;
  }
  return one.enters <= history.now && history.now < gone_from(*history.record, actor);
}

bool in_force(const History& history, const Tie& tie) {
  if (tie.start >= tie.end) return false;
  return history.ties_changed ? tie.start <= history.now && history.now < tie.end
                              : tie.start < history.now && history.now <= tie.end;
}

double attribute(const History& history, std::string_view name, ActorId actor) {
  double value = std::numeric_limits<double>::quiet_NaN();
  Time since = always;
  if (const Attribute* found = find(history, name))
    for (const AttributeValue& v : found->values)
      if (v.actor == actor && v.time <= history.now && v.time >= since) {
        value = v.value;
        since = v.time;
      }
  return value;
}

double pair_value(const History& history, std::string_view name, ActorId from, ActorId to) {
  double value = std::numeric_limits<double>::quiet_NaN();
  Time since = always;
  for (const PairAttribute& attribute : history.record->pair_attributes)
    for (const PairValue& v : attribute.values)
      if (attribute.name == name && v.dyad == Dyad{from, to} && v.time <= history.now && v.time >= since) {
        value = v.value;
        since = v.time;
      }
  return value;
}

double series_value(const History& history, std::string_view name) {
  double value = std::numeric_limits<double>::quiet_NaN();
  for (const Series& series : history.record->series)
    for (const SeriesValue& v : series.values)
      if (series.name == name && v.time <= history.now) value = v.value;
  return value;
}

bool has_level(const History& history, std::string_view name, std::string_view level, ActorId actor) {
  if (name == "kind") return history.record->actors[actor].kind == level;
  const double index = attribute(history, name, actor);
  return !std::isnan(index) && find(history, name)->levels[static_cast<std::size_t>(index)] == level;
}

}  // namespace detente::reference
