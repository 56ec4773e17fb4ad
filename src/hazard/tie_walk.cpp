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

// Number clocks start at 0, as the published packages do; calendars at the start of the first day.
Time counting_from(const Record& record) {
  const Time first = time_span(record).first;
  return record.clock == Clock::calendar ? std::floor(first) : std::min(first, 0.0);
}

// When the risk set changes; and, where the hazard changes before anything has happened, the ticks until then.
std::vector<Time> turns_of(const Record& record, const Ticks& tick, const Hazard& hazard) {
  const std::span<const Time> of_risk_set = hazard.risk_set.turns();
  std::vector<Time> turns(of_risk_set.begin(), of_risk_set.end());
  const Span span = time_span(record);
  if (!tick.any() || !hazard.drifts_unprompted() || span.first > span.last) return turns;
  for (double k = tick.index(counting_from(record)); tick.at(k) < span.first; ++k) turns.push_back(tick.at(k));
  return turns;
}

}  // namespace

TieWalk::TieWalk(const Record& record, const MemorySpec& memory, const Hazard& hazard, std::size_t first, Time until,
                 bool ticks)
    : hazard_(&hazard),
      first_(first),
      until_(end_of(record, until)),
      replay_(record, ticks && hazard.drifts() ? memory.tick : Ticks{}, until_,
              turns_of(record, ticks ? memory.tick : Ticks{}, hazard)),
      memory_(record, memory),
      counted_to_(counting_from(record)) {
  memory_.advance(std::min(counted_to_, replay_.first()));
}

bool TieWalk::next() {
  if (!replay_.next(moment_)) return false;
  counted_before_ = 0;
  if (counting()) {
    counted_before_ = std::max(0.0, moment_.time - counted_to_);
    counted_to_ = std::max(counted_to_, moment_.time);
  }
  return true;
}

void TieWalk::arrive() {
  enter(memory_, moment_);
  modelled_.clear();
  std::size_t number = seen_;
  for (const Event& event : moment_.events) {
    ++number;
    if (!hazard_->makes_events[event.type] || number < first_) continue;
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
  if (!counted && counting()) counted_to_ = moment_.time;
}

bool TieWalk::acts_first(const Event& event) const {
  for (const Event* other : modelled_)
    if (dyad_of(*hazard_, *other) == dyad_of(*hazard_, event) &&
        hazard_->mark_of(other->type) == hazard_->mark_of(event.type))
      return other == &event;
  return true;
}

double TieWalk::remaining() const { return counting() ? std::max(0.0, until_ - counted_to_) : 0; }

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
