#include "log/as_of.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace detente {
namespace {

// In the order of the actors' file; without one, by id, because the order in which a file mentions them may be that of
// later rows.
std::vector<std::size_t> known_actors(const Record& record, const std::vector<bool>& seen) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i]) known.push_back(i);
  const auto by_id = [&](std::size_t a, std::size_t b) { return record.actors[a].id < record.actors[b].id; };
  if (!record.closed_actors) std::sort(known.begin(), known.end(), by_id);
  return known;
}

// Types that the record declares, or else those that were seen by then, in the order of their events.  Returns where each
// went.
std::vector<TypeId> keep_types(const Record& record, Time cut, Record& known) {
  constexpr auto unknown = std::numeric_limits<TypeId>::max();
  std::vector<TypeId> moved(record.types.size(), unknown);
  const auto keep = [&](std::size_t type) {
    if (moved[type] != unknown) return;
    moved[type] = static_cast<TypeId>(known.types.size());
    known.types.push_back(record.types[type]);
  };
  for (std::size_t type = 0; type < moved.size() && record.closed_types; ++type) keep(type);
  for (const Event& e : record.events)
    if (e.time < cut) keep(e.type);
  return moved;
}

std::optional<double> number_in(const std::string& text) {
  const char* const first = text.data() + (text.starts_with('+') ? 1 : 0);
  const char* const last = text.data() + text.size();
  double value = 0;
  const auto [end, code] = std::from_chars(first, last, value);
  return code == std::errc{} && end == last ? std::optional(value) : std::nullopt;
}

// An attribute is a factor if a word is among the values that are known, with those levels only.
void keep_levels(Attribute& attribute) {
  if (!attribute.is_factor()) return;
  const std::vector<std::string> all = std::move(attribute.levels);
  attribute.levels.clear();
  const auto text = [&](const AttributeValue& v) -> const std::string& {
    return all[static_cast<std::size_t>(v.value)];
  };
  const bool numeric = std::all_of(attribute.values.begin(), attribute.values.end(),
                                   [&](const AttributeValue& v) { return number_in(text(v)).has_value(); });
  for (AttributeValue& v : attribute.values) {
    if (numeric) {
      v.value = *number_in(text(v));
      continue;
    }
    auto level = std::find(attribute.levels.begin(), attribute.levels.end(), text(v));
    if (level == attribute.levels.end()) level = attribute.levels.insert(level, text(v));
    v.value = static_cast<double>(level - attribute.levels.begin());
  }
}

}  // namespace

Time unknown_from(Clock clock, Time date) {
  return clock == Clock::calendar ? std::floor(date) + 1 : std::nextafter(date, never);
}

Time known_to(Clock clock, Time origin) {
  return clock == Clock::calendar ? origin - 1 : std::nextafter(origin, always);
}

Time last_known(Clock clock, Time date) { return clock == Clock::calendar ? std::floor(date) + 1 - 1e-9 : date; }

void require_event_by(const Record& record, Time date, const Place& where, const std::string& what) {
  if (!record.events.empty() && date >= std::floor(record.events.front().time)) return;
  throw Error({.what = what,
               .where = where,
               .got = format_time(date, record.clock),
               .expected = record.events.empty() ? "a record with events"
                                                 : fmt::format("{} or later: the first event",
                                                               format_time(record.events.front().time, record.clock))});
}

Record as_of(const Record& record, Time date) {
  const Time cut = unknown_from(record.clock, date);
  Record known;
  known.clock = record.clock;
  known.closed_actors = record.closed_actors;
  known.closed_types = record.closed_types;

  // Without an actors' file nobody is declared: whoever a preset takes to be always there is known from the first act.
  std::vector<bool> seen(record.actors.size(), false);
  for (std::size_t i = 0; i < seen.size() && record.closed_actors; ++i)
    seen[i] = record.actors[i].enters_declared && record.actors[i].enters < cut;
  for (const Event& e : record.events)
    if (e.time < cut) seen[e.sender] = seen[e.receiver] = true;
  for (const Tie& tie : record.ties)
    if (tie.start < cut) seen[tie.a] = seen[tie.b] = true;

  std::vector<ActorId> renamed(record.actors.size(), no_id);
  for (const std::size_t i : known_actors(record, seen)) {
    renamed[i] = static_cast<ActorId>(known.actors.size());
    Actor actor = record.actors[i];
    actor.note.clear();
    if (actor.leaves >= cut) actor.leaves = never;
    std::erase_if(actor.absences, [&](const Absence& away) { return away.leaves >= cut; });
    if (!actor.absences.empty() && actor.absences.back().returns >= cut) {  // it is away, and nobody knows of a return
      actor.leaves = actor.absences.back().leaves;
      actor.absences.pop_back();
    }
    known.actors.push_back(std::move(actor));
  }
  const std::vector<TypeId> types = keep_types(record, cut, known);
  for (std::size_t k = 0; k < record.events.size(); ++k) {
    Event e = record.events[k];
    if (e.time >= cut) break;
    e.sender = renamed[e.sender];
    e.receiver = renamed[e.receiver];
    e.type = types[e.type];
    known.events.push_back(e);
    if (!record.texts.empty()) known.texts.push_back(record.texts[k]);
  }
  for (const TieAttribute& attribute : record.tie_attributes) known.tie_attributes.push_back({attribute.name, {}});
  for (TieId id = 0; id < record.ties.size(); ++id) {
    Tie tie = record.ties[id];
    if (tie.start >= cut) continue;
    for (std::size_t k = 0; k < known.tie_attributes.size(); ++k)
      known.tie_attributes[k].values.push_back(record.tie_attributes[k].values[id]);
    tie.a = renamed[tie.a];
    tie.b = renamed[tie.b];
    if (tie.end >= cut) {
      tie.end = never;
      tie.end_precision = Precision::day;
      tie.ending.clear();
      tie.how_it_ended.clear();
      tie.lost = false;
    }
    known.ties.push_back(std::move(tie));
  }
  for (const Attribute& attribute : record.attributes) {
    Attribute kept{attribute.name, attribute.levels, {}, attribute.of_layer};
    for (const AttributeValue& v : attribute.values)
      if (v.time < cut && renamed[v.actor] != no_id) kept.values.push_back({renamed[v.actor], v.time, v.value});
    if (kept.values.empty()) continue;
    std::stable_sort(kept.values.begin(), kept.values.end(), [](const AttributeValue& a, const AttributeValue& b) {
      return std::pair(a.actor, a.time) < std::pair(b.actor, b.time);  // actors may stand in another order now
    });
    keep_levels(kept);
    known.attributes.push_back(std::move(kept));
  }
  for (const PairAttribute& attribute : record.pair_attributes) {
    PairAttribute kept{attribute.name, {}};
    for (const PairValue& v : attribute.values) {
      const Dyad dyad{renamed[v.dyad.sender], renamed[v.dyad.receiver]};
      if (v.time < cut && dyad.sender != no_id && dyad.receiver != no_id)
        kept.values.push_back({dyad, v.time, v.value});
    }
    if (kept.values.empty()) continue;
    sort_values(kept);  // actors may stand in another order now
    known.pair_attributes.push_back(std::move(kept));
  }
  for (const Series& series : record.series) {
    Series kept{series.name, {}};
    for (const SeriesValue& v : series.values)
      if (v.time < cut) kept.values.push_back(v);
    if (!kept.values.empty()) known.series.push_back(std::move(kept));
  }
  infer_lifetimes(known);
  return known;
}

}  // namespace detente
