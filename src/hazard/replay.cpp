#include "hazard/replay.hpp"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

// When actors come and go, attributes and numbers of pairs and times change, and the times in `turns`, after `from`.
std::vector<Time> turns_after(const Record& record, std::vector<Time> turns, Time from) {
  for (const Actor& actor : record.actors) {
    turns.insert(turns.end(), {actor.enters, gone_from(actor, record.clock)});
    for (const Absence& away : actor.absences)
      turns.insert(turns.end(), {gone_after(away.leaves, record.clock), away.returns});
  }
  for (const Attribute& attribute : record.attributes)
    for (const AttributeValue& value : attribute.values) turns.push_back(value.time);
  for (const PairAttribute& attribute : record.pair_attributes)
    for (const PairValue& value : attribute.values) turns.push_back(value.time);
  for (const Series& series : record.series)
    for (const SeriesValue& value : series.values) turns.push_back(value.time);
  std::erase_if(turns, [&](Time time) { return !(time > from) || time == never; });
  std::sort(turns.begin(), turns.end());
  turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
  return turns;
}

}  // namespace

Replay::Replay(const Record& record, const Ticks& tick, Time until, std::span<const Time> turns)
    : record_(&record), tick_(tick), until_(until) {
  for (TieId id = 0; id < record.ties.size(); ++id) {
    changes_.push_back({record.ties[id].start, id, true});
    if (record.ties[id].end != never) changes_.push_back({record.ties[id].end, id, false});
  }
  std::stable_sort(changes_.begin(), changes_.end(),
                   [](const TieChange& a, const TieChange& b) { return a.time < b.time; });
  first_ = std::min(record.events.empty() ? never : record.events.front().time,
                    changes_.empty() ? never : changes_.front().time);
  if (first_ == never) return;
  if (record.clock == Clock::calendar) first_ = std::floor(first_);  // a calendar record begins with its first day
  if (tick.any()) {
    next_tick_ = tick.index(first_);
    first_ = tick.at(next_tick_);
  }
  turns_ = turns_after(record, {turns.begin(), turns.end()}, std::min(observation_start(record), first_));
}

bool Replay::next(Moment& moment) {
  const std::vector<Event>& events = record_->events;
  const Time event_time = next_event_ < events.size() ? events[next_event_].time : never;
  const Time change_time = next_change_ < changes_.size() ? changes_[next_change_].time : never;
  const Time turn_time = next_turn_ < turns_.size() ? turns_[next_turn_] : never;
  moment.time = std::min({event_time, change_time, turn_time, tick_time()});
  if (moment.time == never || moment.time > until_) return false;
  if (moment.time == turn_time) ++next_turn_;
  moment.tick = moment.time == tick_time();
  if (moment.tick) ++next_tick_;
  moment.next_tick = tick_time();
  moment.ending.clear();
  moment.starting.clear();
  for (; next_change_ < changes_.size() && changes_[next_change_].time == moment.time; ++next_change_) {
    const TieChange& change = changes_[next_change_];
    (change.starts ? moment.starting : moment.ending).push_back(change.tie);
  }
  const std::size_t start = next_event_;
  while (next_event_ < events.size() && events[next_event_].time == moment.time) ++next_event_;
  moment.events = std::span(events).subspan(start, next_event_ - start);
  return true;
}

void enter(Memory& memory, const Moment& moment) {
  memory.advance(moment.time);
  for (const TieId tie : moment.ending)
    if (memory.ties().in_force(tie)) memory.end_tie(tie);
  for (const TieId tie : moment.starting)
    if (memory.ties().tie(tie).end != moment.time) memory.start_tie(tie);
}

}  // namespace detente
