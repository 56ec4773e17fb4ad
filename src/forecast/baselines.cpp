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

Time end_of_record(const Record& record, Time until) {
  return record.clock == Clock::calendar ? std::floor(until) + 1 : until;
}

}  // namespace

Baselines::Baselines(const Record& record, const Hazard& rupture, Time until) {
  const Time end = end_of_record(record, until);
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!rupture.at_risk_ties[id] || tie.start >= end) continue;
    add(std::min(tie.end, end) - tie.start, tie.end == never            ? Fate::open
                                            : rupture.makes_endings[id] ? Fate::event
                                                                        : Fate::other);
  }
}

Baselines Baselines::of_starts(const Record& record, const Hazard& start, Time until) {
  const Time end = end_of_record(record, until);
  Baselines baselines;
  baselines.others_compete_ = false;
  for (const PairSpell& spell : pair_spells(record, start))
    if (spell.since < end)
      baselines.add(std::min(spell.until, end) - spell.since, spell.started ? Fate::event : Fate::open);
  return baselines;
}

void Baselines::add(double age, Fate fate) {
  for (std::size_t k = 0; k < bands.size(); ++k) {
    const double upper = k + 1 < bands.size() ? bands[k + 1] : never;
    by_band_[k].time += std::clamp(age, bands[k], upper) - bands[k];
  }
  all_.time += age;
  if (fate == Fate::open) return;
  Tally& at_end = by_band_[band(age)];
  (fate == Fate::event ? all_.events : all_.others) += 1;
  (fate == Fate::event ? at_end.events : at_end.others) += 1;
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
  for (double passed = 0; passed < horizon;) {
    const std::size_t k = band(age + passed);
    const double to_next = k + 1 < bands.size() ? bands[k + 1] - (age + passed) : never;
    const double step = std::min(horizon - passed, to_next);
    const Tally& t = by_band_[k];
    const double event = (t.events + 1) / (t.time + 1 / overall.event);
    const double other = others_compete_ ? (t.others + 1) / (t.time + 1 / overall.other) : 0;
    probability += in_force * first_to_ring(event, other, step);
    in_force *= std::exp(-(event + other) * step);
    passed += step;
  }
  return probability;
}

}  // namespace detente
