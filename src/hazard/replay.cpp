#include "hazard/replay.hpp"

#include <algorithm>
#include <cmath>

namespace detente {

Replay::Replay(const Record& record, double tick, Time until) : record_(&record), tick_(tick), until_(until) {
  for (TieId id = 0; id < record.ties.size(); ++id) {
    changes_.push_back({record.ties[id].start, id, true});
    if (record.ties[id].end != never) changes_.push_back({record.ties[id].end, id, false});
  }
  std::stable_sort(changes_.begin(), changes_.end(), [](const TieChange& a, const TieChange& b) { return a.time < b.time; });
  first_ = std::min(record.events.empty() ? never : record.events.front().time, changes_.empty() ? never : changes_.front().time);
  next_tick_ = tick > 0 && first_ != never ? std::floor(first_ / tick) * tick : never;
  first_ = std::min(first_, next_tick_);
}

bool Replay::next(Moment& moment) {
  const std::vector<Event>& events = record_->events;
  const Time event_time = next_event_ < events.size() ? events[next_event_].time : never;
  const Time change_time = next_change_ < changes_.size() ? changes_[next_change_].time : never;
  moment.time = std::min({event_time, change_time, next_tick_});
  if (moment.time == never || moment.time > until_) return false;
  moment.tick = moment.time == next_tick_;
  if (moment.tick) next_tick_ += tick_;
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
