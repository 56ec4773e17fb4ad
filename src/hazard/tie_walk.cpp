#include "hazard/tie_walk.hpp"

#include <cmath>
#include <span>
#include <vector>

namespace detente {
namespace {

Time end_of(const Record& record, Time until) {
  if (until != never) return until;
  return record.events.empty() ? always : record.events.back().time;
}

// When the weights of windows and intervals change, of events that are remembered.
void add_turns_of_traces(const Record& record, const MemorySpec& memory, std::vector<Time>& turns) {
  for (const TraceSpec& trace : memory.traces) {
    if (trace.fade != Fade::window && trace.fade != Fade::interval) continue;
    for (const Event& event : record.events) {
      if (!trace.remembers(event.type)) continue;
      const std::vector<Time> of_event = turns_of(trace, event.time);
      turns.insert(turns.end(), of_event.begin(), of_event.end());
    }
  }
}

// When the risk set changes; where the hazard changes before anything has happened, the ticks until then; and, for exact
// timing without ticks, when windows do.
std::vector<Time> turns_of(const Record& record, const MemorySpec& memory, const Hazard& hazard, bool exact) {
  const std::span<const Time> of_risk_set = hazard.risk_set.turns();
  std::vector<Time> turns(of_risk_set.begin(), of_risk_set.end());
  const Span span = time_span(record);
  if (!exact || !hazard.drifts() || span.first > span.last) return turns;
  const Ticks& tick = memory.tick;
  if (!tick.any()) {
    add_turns_of_traces(record, memory, turns);
  } else if (hazard.drifts_unprompted()) {
    for (double k = tick.index(observation_start(record)); tick.at(k) < span.first; ++k) turns.push_back(tick.at(k));
  }
  return turns;
}

// The ticks that are moments.  Without ticks on a calendar days are, where the hazard knows weekdays and months.
Ticks moments_of(const Record& record, const MemorySpec& memory, const Hazard& hazard, bool exact) {
  if (!exact || !hazard.drifts()) return {};
  const bool by_days = !memory.tick.any() && record.clock == Clock::calendar && hazard.drifts_unprompted();
  return by_days ? Ticks(1, Clock::calendar) : memory.tick;
}

// How fast a hazard changes between moments, at the fastest: by the shortest half-life, or within a unit of time for what
// has no scale of its own; 0 = it does not.
double scale_of(const MemorySpec& memory, const Hazard& hazard, bool exact) {
  const Drift drift = hazard.drift();
  if (!exact || memory.tick.any() || !drift.smooth) return 0;
  double scale = drift.own_scale ? 1 : never;
  for (const TraceSpec& trace : memory.traces)
    if (trace.fade == Fade::half_life) scale = std::min(scale, trace.span);
  return scale == never ? 1 : scale;
}

}  // namespace

TieWalk::TieWalk(const Record& record, const MemorySpec& memory, const Hazard& hazard, std::size_t first, Time until,
                 bool ticks)
    : hazard_(&hazard),
      first_(first),
      until_(end_of(record, until)),
      replay_(record, moments_of(record, memory, hazard, ticks), until_, turns_of(record, memory, hazard, ticks)),
      memory_(record, memory),
      observed_from_(observation_start(record)),
      counted_to_(observed_from_),
      scale_(scale_of(memory, hazard, ticks)) {
  memory_.advance(std::min(counted_to_, replay_.first()));
}

bool TieWalk::next() {
  if (next_node_ < nodes_.size()) return next_node();
  if (nodes_.empty()) any_upcoming_ = replay_.next(upcoming_);
  const Time to = any_upcoming_ ? upcoming_.time : until_;
  const double length = counting() ? std::max(0.0, to - counted_to_) : 0;
  if (integrates() && length > 0 && nodes_.empty()) {
    append_time_nodes(counted_to_, to, scale_, parts_, nodes_);
    next_node_ = 0;
    hold({});
    return next_node();
  }
  if (!nodes_.empty()) {
    hold(nodes_.back());
    nodes_.clear();
    next_node_ = 0;
  } else {
    hold({to, length, length, true});
  }
  if (counting()) counted_to_ = std::max(counted_to_, to);
  if (any_upcoming_) std::swap(moment_, upcoming_);
  return any_upcoming_;
}

// A moment at which nothing happens.
bool TieWalk::next_node() {
  if (next_node_ > 0) hold(nodes_[next_node_ - 1]);
  moment_.time = nodes_[next_node_++].time;
  moment_.tick = false;
  moment_.events = {};
  moment_.ending.clear();
  moment_.starting.clear();
  return true;
}

void TieWalk::hold(const TimeNode& node) {
  counted_before_ = node.weight;
  coarsely_counted_ = node.coarse;
  within_panel_ = !node.ends_panel;
}

void TieWalk::arrive() {
  enter(memory_, moment_);
  modelled_.clear();
  std::size_t number = seen_;
  for (const Event& event : moment_.events) {
    ++number;
    if (!hazard_->makes_events[event.type] || number < first_ || event.time < observed_from_) continue;
    if (!memory_.both_present({event.sender, event.receiver}))
      ++outside_lifetime_;
    else if (!hazard_->risk_set.contains(memory_, {event.sender, event.receiver}))
      ++outside_risk_set_;
    else
      modelled_.push_back(&event);
  }
}

void TieWalk::apply() {
  const bool counted = counting();
  for (const Event& event : moment_.events) memory_.apply(event);
  seen_ += moment_.events.size();
  if (!counted && counting()) counted_to_ = std::max(counted_to_, moment_.time);
}

bool TieWalk::acts_first(const Event& event) const {
  for (const Event* other : modelled_)
    if (dyad_of(*hazard_, *other) == dyad_of(*hazard_, event) &&
        hazard_->mark_of(other->type) == hazard_->mark_of(event.type))
      return other == &event;
  return true;
}

double TieWalk::remaining() const { return any_upcoming_ ? 0 : counted_before_; }

std::size_t alternatives(const Hazard& hazard, RiskList& list, const Memory& memory, Dyad dyad) {
  if (hazard.text.kind == HazardKind::tie) return list.size(memory);
  std::size_t count = 0;
  for_each_alternative(hazard, list, memory, dyad, [&](Dyad) { ++count; });
  return count;
}

FollowingSums::FollowingSums(const Hazard& hazard, const Memory& memory, Evaluation evaluation,
                             std::span<const double> theta)
    : hazard_(&hazard),
      sums_(make_risk_sums(hazard, memory, evaluation,
                           hazard.text.kind == HazardKind::choice ? Keep::rows : Keep::moments)),
      theta_(theta.begin(), theta.end()),
      drifts_(hazard.drifts()) {}

void FollowingSums::follow(Memory& memory) {
  look_at(memory);
  memory.clear_touched();
}

void FollowingSums::look_at(const Memory& memory) {
  if (!fresh_ || memory.epoch() != epoch_) {
    sums_->refresh(memory, theta_);
  } else {
    if (!memory.touched().empty() || hazard_->risk_set.turns_between(followed_, memory.now())) sums_->update(memory);
    if (drifts_ && memory.fade_time() != fade_time_) sums_->fade(memory);
  }
  fresh_ = true;
  followed_ = memory.now();
  epoch_ = memory.epoch();
  fade_time_ = memory.fade_time();
}

}  // namespace detente
