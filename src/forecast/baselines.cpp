#include "forecast/baselines.hpp"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

// Competing exponential clocks for a time: the probability that the first to ring is `rupture`.
double first_to_ring(double rupture, double other, double time) {
  const double total = rupture + other;
  return total > 0 ? rupture / total * -std::expm1(-total * time) : 0;
}

}  // namespace

Baselines::Baselines(const Record& record, const Model& model, const Hazard& rupture, Time until)
    : tick_(model.memory.tick.length()) {
  const Ticks& ticks = model.memory.tick;
  const double last = ticks.index(record.clock == Clock::calendar ? std::floor(until) : until);
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!rupture.at_risk_ties[id]) continue;
    const double ends = tie.end == never ? never : ticks.index(tie.end);
    for (double k = ticks.index(tie.start) + 1; k <= std::min(ends, last); ++k) {
      Tally& now = by_band_[band(ticks.at(k) - tie.start)];
      for (Tally* tally : {&all_, &now}) {
        tally->time += k == ends ? 0.5 * tick_ : tick_;
        if (k == ends) (rupture.makes_endings[id] ? tally->ruptures : tally->others) += 1;
      }
    }
  }
}

std::size_t Baselines::band(double age) const {
  const auto above = std::upper_bound(bands.begin(), bands.end(), age);
  return static_cast<std::size_t>(above - bands.begin()) - 1;
}

Baselines::Rates Baselines::rates(const Tally& tally) {
  if (tally.time <= 0) return {};
  return {(tally.ruptures + 0.5) / tally.time, (tally.others + 0.5) / tally.time};
}

double Baselines::constant(double horizon) const {
  const Rates r = rates(all_);
  return first_to_ring(r.rupture, r.other, horizon);
}

double Baselines::duration(double age, double horizon) const {
  const Rates overall = rates(all_);
  if (overall.rupture <= 0) return 0;
  double probability = 0;
  double in_force = 1;
  for (double passed = 0; passed < horizon - 0.5 * tick_; passed += tick_) {
    const Tally& t = by_band_[band(age + passed)];
    const double rupture = (t.ruptures + 1) / (t.time + 1 / overall.rupture);
    const double other = (t.others + 1) / (t.time + 1 / overall.other);
    probability += in_force * first_to_ring(rupture, other, tick_);
    in_force *= std::exp(-(rupture + other) * tick_);
  }
  return probability;
}

}  // namespace detente
