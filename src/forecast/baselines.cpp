#include "forecast/baselines.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/pair_spells.hpp"

namespace detente {
namespace {

// Competing exponential clocks for a time: the probability that the first to ring is `event`.
double first_to_ring(double event, double other, double time) {
  const double total = event + other;
  return total > 0 ? event / total * -std::expm1(-total * time) : 0;
}

double last_tick(const Record& record, const Model& model, Time until) {
  return model.memory.tick.index(record.clock == Clock::calendar ? std::floor(until) : until);
}

}  // namespace

Baselines::Baselines(const Record& record, const Model& model, const Hazard& rupture, Time until)
    : tick_(model.memory.tick.length()) {
  const double last = last_tick(record, model, until);
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!rupture.at_risk_ties[id]) continue;
    add(model.memory.tick, tie.start, tie.end, rupture.makes_endings[id] ? Fate::event : Fate::other, last);
  }
}

Baselines Baselines::of_starts(const Record& record, const Model& model, const Hazard& start, Time until) {
  const double last = last_tick(record, model, until);
  Baselines baselines(model.memory.tick.length());
  baselines.others_compete_ = false;
  for (const PairSpell& spell : pair_spells(record, start))
    baselines.add(model.memory.tick, spell.since, spell.until, spell.started ? Fate::event : Fate::open, last);
  return baselines;
}

void Baselines::add(const Ticks& ticks, Time since, Time until, Fate fate, double last) {
  const double ends = until == never ? never : ticks.index(until);
  for (double k = ticks.index(since) + 1; k <= std::min(ends, last); ++k) {
    if (k == ends && fate == Fate::open) break;  // gone
    Tally& now = by_band_[band(ticks.at(k) - since)];
    for (Tally* tally : {&all_, &now}) {
      tally->time += k == ends ? 0.5 * tick_ : tick_;
      if (k == ends) (fate == Fate::event ? tally->events : tally->others) += 1;
    }
  }
}

std::size_t Baselines::band(double age) const {
  const auto above = std::upper_bound(bands.begin(), bands.end(), age);
  return static_cast<std::size_t>(above - bands.begin()) - 1;
}

Baselines::Rates Baselines::rates(const Tally& tally) const {
  if (tally.time <= 0) return {};
  return {(tally.events + 0.5) / tally.time, others_compete_ ? (tally.others + 0.5) / tally.time : 0};
}

double Baselines::constant(double horizon) const {
  const Rates r = rates(all_);
  return first_to_ring(r.event, r.other, horizon);
}

double Baselines::duration(double age, double horizon) const {
  const Rates overall = rates(all_);
  if (overall.event <= 0) return 0;
  double probability = 0;
  double in_force = 1;
  for (double passed = 0; passed < horizon - 0.5 * tick_; passed += tick_) {
    const Tally& t = by_band_[band(age + passed)];
    const double event = (t.events + 1) / (t.time + 1 / overall.event);
    const double other = others_compete_ ? (t.others + 1) / (t.time + 1 / overall.other) : 0;
    probability += in_force * first_to_ring(event, other, tick_);
    in_force *= std::exp(-(event + other) * tick_);
  }
  return probability;
}

}  // namespace detente
