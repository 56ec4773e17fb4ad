// Why a tie's rupture hazard stands where it does, or a pair's hazard that a tie starts: one hazard ratio for each effect,
// against the average of the ties in force or pairs at risk, with the recorded events behind it.  The ratios multiply to
// the whole hazard ratio.
//
//   HR_p = exp(theta_p (x_p - mean of x_p over ties in force, or pairs at risk))
#pragma once

#include <string>
#include <vector>

#include "estimate/fit.hpp"
#include "hazard/pair_spells.hpp"

namespace detente {

struct Reason {
  std::string effect;
  double hazard_ratio = 1;
  double low = 1;
  double high = 1;
  double value = 0;
  double reference = 0;
  std::vector<EventId> events;  // that weigh most in the effect now, latest first
};

struct ReasonsInput {
  const Record& record;  // masked
  const Model& model;
  const Hazard& hazard;
  const HazardFit& fit;
  const Memory& memory;  // at the as-of date
  double interval;
};

// For each of `ties` or `pairs`, its reasons in the order of the hazard's coefficients (the baseline is no reason); for ties
// then the age where the baseline has a shape, and one for each block of coefficients by actor or pair:
// exp(b'z - its mean over ties in force).
[[nodiscard]] std::vector<std::vector<Reason>> explain(const ReasonsInput& input, const std::vector<TieId>& ties);
[[nodiscard]] std::vector<std::vector<Reason>> explain(const ReasonsInput& input, const std::vector<PairSpell>& pairs);

}  // namespace detente
