#include "log/as_of.hpp"

#include <cmath>

namespace detente {
namespace {

// The first moment that is no longer known.
Time horizon_of(const Record& record, Time date) {
  return record.clock == Clock::calendar ? std::floor(date) + 1 : std::nextafter(date, never);
}

}  // namespace

Record as_of(const Record& record, Time date) {
  const Time cut = horizon_of(record, date);
  Record known;
  known.clock = record.clock;
  known.closed_actors = record.closed_actors;
  known.types = record.types;

  std::vector<bool> seen(record.actors.size(), false);
  for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = record.actors[i].enters_declared && record.actors[i].enters < cut;
  for (const Event& e : record.events)
    if (e.time < cut) seen[e.sender] = seen[e.receiver] = true;
  for (const Tie& tie : record.ties)
    if (tie.start < cut) seen[tie.a] = seen[tie.b] = true;

  std::vector<ActorId> renamed(record.actors.size(), no_id);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) continue;
    renamed[i] = static_cast<ActorId>(known.actors.size());
    Actor actor = record.actors[i];
    actor.note.clear();
    if (actor.leaves >= cut) actor.leaves = never;
    known.actors.push_back(std::move(actor));
  }
  for (std::size_t k = 0; k < record.events.size(); ++k) {
    Event e = record.events[k];
    if (e.time >= cut) break;
    e.sender = renamed[e.sender];
    e.receiver = renamed[e.receiver];
    known.events.push_back(e);
    if (!record.texts.empty()) known.texts.push_back(record.texts[k]);
  }
  for (Tie tie : record.ties) {
    if (tie.start >= cut) continue;
    tie.a = renamed[tie.a];
    tie.b = renamed[tie.b];
    if (tie.end >= cut) {
      tie.end = never;
      tie.end_precision = Precision::day;
      tie.ending.clear();
      tie.how_it_ended.clear();
    }
    known.ties.push_back(std::move(tie));
  }
  for (const Attribute& attribute : record.attributes) {
    Attribute kept{attribute.name, attribute.levels, {}};
    for (const AttributeValue& v : attribute.values)
      if (v.time < cut && renamed[v.actor] != no_id) kept.values.push_back({renamed[v.actor], v.time, v.value});
    known.attributes.push_back(std::move(kept));
  }
  infer_lifetimes(known);
  return known;
}

}  // namespace detente
