#include "forecast/factors.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/end_likelihood.hpp"

namespace detente {
namespace {

constexpr std::size_t most_events = 6;

double weight_now(const TraceSpec& trace, const Event& event, Time now) {
  const double weight = trace.weight == Weight::count ? 1.0 : std::abs(static_cast<double>(event.intensity));
  switch (trace.fade) {
    case Fade::none: return weight;
    case Fade::half_life: return weight * std::exp2(-(now - event.time) / trace.span);
    case Fade::window: return now - event.time <= trace.span ? weight : 0;
    case Fade::interval: return trace.from <= now - event.time && now - event.time < trace.span ? weight : 0;
  }
  return weight;
}

}  // namespace

std::vector<WeighedEvent> events_behind(const ReasonsInput& input, const Term& term, Dyad dyad, Time from) {
  std::vector<Source> sources;
  term.sources(input.memory, dyad, sources);
  term.sources(input.memory, reversed(dyad), sources);
  const std::vector<Event>& events = input.record.events;
  const auto begin = std::lower_bound(events.begin(), events.end(), from,
                                      [](const Event& event, Time time) { return event.time < time; });
  std::vector<WeighedEvent> weighed;
  for (auto id = static_cast<EventId>(begin - events.begin()); id < events.size(); ++id) {
    const Event& event = events[id];
    double weight = 0;
    for (const Source& source : sources) {
      const TraceSpec& trace = input.model.memory.traces[source.trace];
      const Dyad acted{event.sender, event.receiver};
      const bool there = source.dyad == acted || (!input.model.memory.directed && source.dyad == reversed(acted));
      const bool behind = there && trace.remembers(event.type);
      if (behind) weight = std::max(weight, weight_now(trace, event, input.memory.now()));
    }
    if (weight > 0) weighed.push_back({id, weight});
  }
  return weighed;
}

std::vector<EventId> heaviest(std::vector<WeighedEvent> weighed) {
  const auto heavier = [](const WeighedEvent& a, const WeighedEvent& b) {
    return a.weight > b.weight || (a.weight == b.weight && a.event > b.event);
  };
  std::sort(weighed.begin(), weighed.end(), heavier);
  if (weighed.size() > most_events) weighed.resize(most_events);
  std::vector<EventId> events;
  for (const WeighedEvent& w : weighed) events.push_back(w.event);
  std::sort(events.rbegin(), events.rend());
  return events;
}

ShapeValue baseline_of_next_tick(const ReasonsInput& input, TieId tie) {
  const Eigen::VectorXd& theta = input.fit.newton.estimate;
  const std::span<const double> shape(theta.data() + end_columns(input.hazard), theta.data() + theta.size());
  const double age = input.memory.fade_time() - input.record.ties[tie].start;
  return cumulative_baseline(input.hazard.text.baseline, shape, age, age + input.model.memory.tick.length());
}

Eigen::VectorXd own_weights(const ReasonsInput& input, std::size_t block, TieId tie) {
  const RandomEffects& effects = input.fit.random[block];
  const RandomTerms& random = input.hazard.random[block];
  const std::size_t q = random.size();
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(input.fit.own.mode.size());
  const Membership member = members(random.grouping, {input.record.ties[tie].a, input.record.ties[tie].b});
  for (std::size_t m = 0; m < member.count; ++m) {
    const std::size_t group = place_of(effects, member.group[m]);
    if (group == no_id) continue;  // never at risk before: 0
    for (std::size_t k = 0; k < q; ++k) {
      const auto at = static_cast<Eigen::Index>(k);
      if (effects.covariance(at, at) <= 0) continue;
      const bool intercept = random.intercept && k == 0;
      weights(static_cast<Eigen::Index>(effects.first + group * q + k)) +=
          intercept ? 1 : random.slopes[k - (random.intercept ? 1 : 0)].value_of_tie(input.memory, tie);
    }
  }
  return weights;
}

std::string own_name(const RandomEffects& block) {
  return (block.grouping == Grouping::pair ? "the pair's own: " : "its actors' own: ") + block.name;
}

}  // namespace detente
