// The recorded side of goodness of fit: which events a simulation would make, and their statistics.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "forecast/goodness.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {
namespace {

// Whole days where events are dated by them; else the greatest common divisor of whole numbers.
void find_grain(const Record& record, SummaryPlan& plan) {
  std::int64_t grain = 0;
  for (const Event& event : record.events) {
    const bool dated = event.precision == Precision::day || event.precision == Precision::month;
    const double apart = dated ? 1 : event.time - record.events.front().time;
    if (apart != std::floor(apart) || apart > 1e15) return;
    grain = std::gcd(grain, static_cast<std::int64_t>(apart));
  }
  plan.grain = static_cast<double>(grain);
  plan.origin = std::floor(record.events.empty() ? 0 : record.events.front().time);
}

// Calls body(EventId) for the events of a hazard whose actors are present and whose dyad is at risk when they happen.
template <class Body>
void for_each_at_risk_event(const Record& record, const MemorySpec& memory, const Hazard& hazard, Body body) {
  TieWalk walk(record, memory, hazard, 1, never, false);
  while (walk.next()) {
    walk.arrive();
    for (const Event* event : walk.modelled()) body(static_cast<std::size_t>(event - record.events.data()));
    walk.apply();
    walk.memory().clear_touched();
  }
}

}  // namespace

EventMakers find_makers(const Record& record, const Model& model) {
  EventMakers makers{std::vector<std::size_t>(record.events.size(), no_id)};
  const std::vector<std::size_t> choices = choices_of_rates(model);
  std::vector<std::size_t> steps(record.events.size(), 0);  // of one act, at risk: its hazard, or a rate and its choice
  for (std::size_t k = 0; k < model.hazards.size(); ++k) {
    const Hazard& hazard = model.hazards[k];
    if (!has_event_rate(hazard.text.kind)) continue;
    const std::size_t choice = choices[k];
    for_each_at_risk_event(record, model.memory, hazard, [&](std::size_t id) { ++steps[id]; });
    if (choice != no_id)
      for_each_at_risk_event(record, model.memory, model.hazards[choice], [&](std::size_t id) { ++steps[id]; });
    for (std::size_t id = 0; id < steps.size(); ++id) {
      if (!hazard.makes_events[record.events[id].type]) continue;
      if (steps[id] == (choice == no_id ? 1 : 2))
        makers.hazard[id] = k;
      else
        ++makers.not_at_risk;
    }
  }
  return makers;
}

SummaryPlan plan_summary(const Record& record, const Model& model, const EventMakers& makers, Time begins, Time ends) {
  SummaryPlan plan;
  plan.actors = record.actors.size();
  plan.directed = model.memory.directed;
  for (const Hazard& hazard : model.hazards)
    plan.hazards.push_back(has_event_rate(hazard.text.kind) ? hazard.name : "");
  bool cooperation = false;
  bool conflict = false;
  for (std::size_t type = 0; type < record.types.size(); ++type) {
    plan.quads.push_back(record.types[type].quad);
    const auto made_by = [&](const Hazard& hazard) {
      return has_event_rate(hazard.text.kind) && hazard.makes_events[type];
    };
    if (std::none_of(model.hazards.begin(), model.hazards.end(), made_by)) continue;
    cooperation = cooperation || is_cooperation(record.types[type].quad);
    conflict = conflict || is_conflict(record.types[type].quad);
  }
  plan.signs = cooperation && conflict;
  find_grain(record, plan);
  const EventSummary::Most most = summarize_recorded(plan, record, makers, begins, ends).most();
  plan.sent_steps = summary_steps(most.sent);
  plan.received_steps = summary_steps(most.received);
  plan.dyad_steps = summary_steps(most.of_dyad);
  return plan;
}

EventSummary summarize_recorded(const SummaryPlan& plan, const Record& record, const EventMakers& makers, Time begins,
                                Time ends) {
  EventSummary summary(plan);
  for (std::size_t id = 0; id < record.events.size(); ++id)
    if (const Event& event = record.events[id];
        makers.hazard[id] != no_id && event.time >= begins && event.time <= ends)
      summary.add(event, makers.hazard[id]);
  return summary;
}

}  // namespace detente
