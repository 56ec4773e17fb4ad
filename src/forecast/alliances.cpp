#include "forecast/alliances.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "effects/catalogue.hpp"
#include "forecast/known_date.hpp"
#include "hazard/vocabulary.hpp"
#include "log/as_of.hpp"
#include "memory/memory.hpp"

namespace detente {
namespace {

constexpr double before_midnight = 1e-9;  // all of the as-of day has been observed

enum TraceOf : TraceId { goodwill, grievance, gifts };

MemorySpec traces_of(const Record& record, const AllianceOptions& options) {
  const auto trace = [&](const char* name, const char* events, double half_life) {
    return TraceSpec{.name = name,
                     .types = match_types({events}, record, {}),
                     .fade = Fade::half_life,
                     .span = half_life,
                     .weight = Weight::intensity};
  };
  return {.traces = {trace("goodwill", "cooperation", options.rule.half_life),
                     trace("grievance", "conflict", options.rule.half_life),
                     trace("gifts", "material-cooperation", options.ledger_half_life)},
          .two_paths = {}};
}

// The effects, and the memory they read: of everything by the end of the as-of date.
struct Reading {
  std::unique_ptr<Effect> ledger;
  std::unique_ptr<Effect> slights;
  Memory memory;
};

Reading read_memory(const Record& known, const AllianceOptions& options) {
  MemorySpec spec = traces_of(known, options);
  BindContext context = make_bind_context(known, spec);
  const auto effect = [&](const char* name, const char* trace) {
    return bind_effect({name, 0, {{"", trace, 0}}}, context);
  };
  Reading reading{effect("ledger", "gifts"), effect("unanswered_slights", "grievance"), Memory(known, spec)};
  for (const Event& e : known.events) {
    reading.memory.advance(e.time);
    reading.memory.apply(e);
  }
  const Time end = known.clock == Clock::calendar ? std::floor(options.as_of) + 1 - before_midnight : options.as_of;
  reading.memory.advance(std::max(reading.memory.now(), end));
  return reading;
}

using Pair = std::pair<ActorId, ActorId>;

Pair pair_of(ActorId a, ActorId b) { return {std::min(a, b), std::max(a, b)}; }

std::map<Pair, std::vector<EventId>> events_by_pair(const Record& record, const std::vector<TieId>& ties) {
  std::map<Pair, std::vector<EventId>> events;
  for (const TieId id : ties) events[pair_of(record.ties[id].a, record.ties[id].b)];
  for (EventId id = 0; id < record.events.size(); ++id) {
    const Event& e = record.events[id];
    if (const auto found = events.find(pair_of(e.sender, e.receiver)); found != events.end())
      found->second.push_back(id);
  }
  return events;
}

std::vector<TieId> ties_in_force(const Record& known, const std::string& kind) {
  std::vector<TieId> ties;
  for (TieId id = 0; id < known.ties.size(); ++id)
    if (known.ties[id].end == never && is_of_kind(known.ties[id], kind)) ties.push_back(id);
  return ties;
}

// `after`: events later than this are recent; on the calendar, on later days.
void count_events(const Record& known, const std::vector<EventId>& events, Time after, AllianceState& state) {
  for (const EventId id : events) {
    const Event& e = known.events[id];
    if ((known.clock == Clock::calendar ? std::floor(e.time) : e.time) <= after) continue;
    const QuadClass quad = known.types[e.type].quad;
    state.recent_cooperation += is_cooperation(quad) ? 1 : 0;
    state.recent_conflict += is_conflict(quad) ? 1 : 0;
  }
  state.events_behind = events.size();
  if (!events.empty()) state.last = events.back();
}

AllianceState state_of(const Tie& tie, const Reading& reading) {
  const Memory& memory = reading.memory;
  const Dyad ab{tie.a, tie.b};
  const Dyad ba = reversed(ab);
  AllianceState state{};
  for (const Dyad d : {ab, ba})
    state.strength += memory.weight(goodwill, d.sender, d.receiver) - memory.weight(grievance, d.sender, d.receiver);
  state.ledger = reading.ledger->value(memory, ab);
  state.slights_a = reading.slights->value(memory, ab);
  state.slights_b = reading.slights->value(memory, ba);
  return state;
}

// The record as it was known, with the alliances inferred from it.
void infer(Alliances& result, const AllianceOptions& options) {
  Record& known = result.known;
  result.inferred = options.inferred || known.ties.empty();
  if (!result.inferred) return;
  std::vector<Tie> ties = infer_ties(known, options.rule, unknown_from(known.clock, options.as_of));
  append_ties(known, std::move(ties));
}

}  // namespace

Alliances alliances_in_force(const Record& record, const AllianceOptions& options) {
  check_infer_options(options.rule);
  check_words({options.ties}, tie_kinds(record), "kind of tie", {.file = "--ties"});
  require_known(record, options.as_of);
  Alliances result{.known = as_of(record, options.as_of), .options = options, .list = {}};
  infer(result, options);
  const Record& known = result.known;
  const std::vector<TieId> ties = ties_in_force(known, options.ties);
  const auto events = events_by_pair(known, ties);

  const Reading reading = read_memory(known, options);
  const Time today = known.clock == Clock::calendar ? std::floor(options.as_of) : options.as_of;
  for (const TieId id : ties) {
    const Tie& tie = known.ties[id];
    AllianceState state = state_of(tie, reading);
    state.tie = id;
    state.age = today - tie.start;
    count_events(known, events.at(pair_of(tie.a, tie.b)), today - options.recent, state);
    result.list.push_back(state);
  }
  std::stable_sort(result.list.begin(), result.list.end(), [&](const AllianceState& a, const AllianceState& b) {
    return a.strength != b.strength ? a.strength > b.strength : known.ties[a.tie].id < known.ties[b.tie].id;
  });
  return result;
}

}  // namespace detente
