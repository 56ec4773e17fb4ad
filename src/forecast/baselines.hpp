// What a forecast must beat: the same question answered without looking at who did what.
//
//   constant   one rupture rate for all ties, events / tie-time
//   duration   the rate by the age of the tie alone, in bands, each drawn towards the overall rate by one pseudo-event
//
// Rates are (events + 1/2) / tie-time, so that a record without a rupture still gives a probability; other endings
// compete in the same way.  Time is counted as the model's clock does (hazard/end_likelihood.hpp): a tie is at risk from the
// tick after its start until the tick of its end, which counts half.
#pragma once

#include <array>
#include <vector>

#include "hazard/model.hpp"

namespace detente {

class Baselines {
 public:
  // Ties at risk of `rupture` in the record up to `until` (inclusive).
  Baselines(const Record& record, const Model& model, const Hazard& rupture, Time until);

  // P(rupture within the horizon) of a tie of this age, the horizon a whole number of ticks.
  [[nodiscard]] double constant(double horizon) const;
  [[nodiscard]] double duration(double age, double horizon) const;

 private:
  struct Rates {
    double rupture = 0;
    double other = 0;
  };
  struct Tally {
    double ruptures = 0;
    double others = 0;
    double time = 0;
  };
  [[nodiscard]] static Rates rates(const Tally& tally);
  [[nodiscard]] std::size_t band(double age) const;

  static constexpr std::array<double, 4> bands{0, 180, 365, 1095};  // lower ends
  double tick_;
  Tally all_;
  std::array<Tally, 4> by_band_{};
};

}  // namespace detente
