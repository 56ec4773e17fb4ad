// Which alliances will rupture, when and why, as of a date: the record is masked after it, the model fitted to what is
// left, and the future drawn from the fitted hazards, with coefficients from their posterior.
//
// P(rupture) of a tie is the mean over paths of the summed probability that it ruptures in each tick while it is in force
// (the compensator of the rupture, which has the same mean as the rupture itself and varies less).  Paths come in groups
// that share a draw of the coefficients; the interval is that of the groups' means, with the part of their spread that
// is left from the paths within the groups taken out.  docs/adr/0004.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "estimate/fit.hpp"
#include "forecast/reasons.hpp"
#include "hazard/model.hpp"
#include "log/record.hpp"

namespace detente {

struct ForecastOptions {
  Time as_of = 0;        // inclusive
  double horizon = 180;  // in the record's unit of time
  double interval = 0.8;
  std::size_t replicates = 800;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  std::optional<ReferencePrior> prior{};  // from a reference class, for every hazard with a counterpart
  double discount = 0.2;                  // of it
  std::function<void(const std::string& stage, double share)> progress{};  // called from any thread
};

struct CurvePoint {
  Time time;
  double probability;
  double low;
  double high;
};

struct HistoryPoint {
  Time time;
  double hazard;  // fitted rupture rate, per unit of time
};

struct AllianceForecast {
  TieId tie;  // in `known`
  double probability = 0;
  double low = 0;
  double high = 0;
  double probability_other_ending = 0;
  double simulation_error = 0;  // standard error of the probability that more replicates would remove
  std::size_t rank = 0;         // 1 = most likely to rupture
  Time median = never;          // when P(rupture) passes one half; `never` = not within the horizon
  double hazard_ratio = 1;      // against the average of the ties in force
  std::vector<Reason> reasons;
  std::vector<CurvePoint> curve;
  std::vector<HistoryPoint> history;
  std::size_t events_behind = 0;  // recorded events between the two
  double baseline_constant = 0;
  double baseline_duration = 0;
};

struct ExpectedEvents {
  std::string hazard;
  double median = 0;
  double low = 0;
  double high = 0;
};

struct Forecast {
  Record known;  // the record as of the date
  Fit fit;
  Time as_of = 0;
  Time ends = 0;
  double interval = 0.8;
  double horizon = 0;
  std::vector<AllianceForecast> alliances;  // by rank
  std::vector<ExpectedEvents> expected;
  std::size_t exploded = 0;  // paths whose rates exploded
};

// Needs an end hazard named "rupture"; other end hazards compete with it.  Throws Error: no such hazard, an as-of date
// before the first event, a model that cannot be bound to what was known by then.
[[nodiscard]] Forecast forecast(const Record& record, const ModelSpec& model, const ForecastOptions& options);

// What the record says happened to the forecast's ties within the horizon, and the scores of the forecast and its
// baselines.  Empty outcomes where the record ends before the horizon.
struct Outcome {
  std::size_t index = 0;  // in Forecast::alliances
  std::string what{};     // "rupture", "other ending" or "in force"
  Time time = never;
  std::string how{};
};

struct Score {
  double log_loss = 0;
  double brier = 0;
};

struct Outcomes {
  Time known_until = 0;
  std::vector<Outcome> alliances;
  Score forecast, constant, duration;
  std::size_t ruptures = 0;
};

// `record` is the whole record.
[[nodiscard]] Outcomes look_up_outcomes(const Record& record, const Forecast& forecast);

}  // namespace detente
