// What a forecast must beat: the same question answered without looking at who did what.
//
//   constant   one rate of rupture for all ties (of starts, for all pairs at risk), events / time at risk
//   duration   the rate by the age of the tie (the time that the pair has been at risk) alone, in bands, each drawn towards
//              the overall rate by one pseudo-event
//
// Rates are (events + 1/2) / time, so that a record without a rupture still gives a probability; other endings of ties
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
  // Pairs at risk of a start hazard.
  [[nodiscard]] static Baselines of_starts(const Record& record, const Model& model, const Hazard& start, Time until);

  // P(rupture, or start, within the horizon) of a tie of this age, or a pair this long at risk, the horizon a whole number
  // of ticks.
  [[nodiscard]] double constant(double horizon) const;
  [[nodiscard]] double duration(double age, double horizon) const;

 private:
  explicit Baselines(double tick) : tick_(tick) {}
  struct Rates {
    double event = 0;
    double other = 0;
  };
  struct Tally {
    double events = 0;
    double others = 0;
    double time = 0;
  };
  enum class Fate : std::uint8_t { event, other, open };
  // At risk in the ticks after `since` to that of `until`, if not after the tick `last`.
  void add(const Ticks& ticks, Time since, Time until, Fate fate, double last);
  [[nodiscard]] Rates rates(const Tally& tally) const;
  [[nodiscard]] std::size_t band(double age) const;

  static constexpr std::array<double, 4> bands{0, 180, 365, 1095};  // lower ends
  double tick_;
  bool others_compete_ = true;
  Tally all_;
  std::array<Tally, 4> by_band_{};
};

}  // namespace detente
