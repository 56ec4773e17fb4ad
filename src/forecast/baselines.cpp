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

Baselines::Baselines(const Record& record, const Hazard& rupture, Time until) {
  const Time end_of_record = record.clock == Clock::calendar ? std::floor(until) + 1 : until;
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!rupture.at_risk_ties[id] || tie.start >= end_of_record) continue;
    const double age = std::min(tie.end, end_of_record) - tie.start;
    for (std::size_t k = 0; k < bands.size(); ++k) {
      const double upper = k + 1 < bands.size() ? bands[k + 1] : never;
      by_band_[k].time += std::clamp(age, bands[k], upper) - bands[k];
    }
    all_.time += age;
    if (tie.end == never) continue;
    Tally& at_end = by_band_[band(age)];
    (rupture.makes_endings[id] ? all_.ruptures : all_.others) += 1;
    (rupture.makes_endings[id] ? at_end.ruptures : at_end.others) += 1;
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
  for (double passed = 0; passed < horizon;) {
    const std::size_t k = band(age + passed);
    const double to_next = k + 1 < bands.size() ? bands[k + 1] - (age + passed) : never;
    const double step = std::min(horizon - passed, to_next);
    const Tally& t = by_band_[k];
    const double rupture = (t.ruptures + 1) / (t.time + 1 / overall.rupture);
    const double other = (t.others + 1) / (t.time + 1 / overall.other);
    probability += in_force * first_to_ring(rupture, other, step);
    in_force *= std::exp(-(rupture + other) * step);
    passed += step;
  }
  return probability;
}

}  // namespace detente
