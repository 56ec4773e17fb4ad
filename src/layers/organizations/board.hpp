// What a board believes of its leader, and how far practice is from a charter: two closed forms.
//
// Belief: ability ~ N(mean, 1/precision).  A signal y = ability + N(0, 1/h) makes it
//
//   mean' = (precision mean + h y) / (precision + h),   precision' = precision + h
//
// Hermalin & Weisbach (1998), section I; Taylor (2010), section I.  A board that pays a cost c to replace a leader does so
// when the mean falls under that of a successor by c: under one threshold.
//
// Mission: practice m in [0, 1] is away from the charter;  dm/dt = a (1 - m) - g m, which ends at a / (a + g).
// The mission's equation is a hypothesis of this project.
#pragma once

#include <cmath>
#include <numbers>

namespace detente {

struct BoardBelief {
  double mean = 0;
  double precision = 1;

  void learn(double signal, double signal_precision) {
    const double sum = precision + signal_precision;
    mean = (precision * mean + signal_precision * signal) / sum;
    precision = sum;
  }
  // That ability is above `level`, in [0, 1].
  [[nodiscard]] double confidence(double level) const {
    return 0.5 * std::erfc((level - mean) * std::sqrt(precision) / std::numbers::sqrt2);
  }
};

// m after `time`; rates >= 0 per the same unit of time.
[[nodiscard]] inline double mission_after(double m, double away, double back, double time) {
  const double rate = away + back;
  if (rate == 0) return m;
  const double end = away / rate;
  return end + (m - end) * std::exp(-rate * time);
}

}  // namespace detente
