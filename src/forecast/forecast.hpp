// Which alliances will rupture and which may form, when and why, as of a date: the record is masked after it, the model
// fitted to what is left, and the future drawn from the fitted hazards, with coefficients from their posterior.
//
// P(rupture) of a tie is the mean over paths of the summed probability that it ruptures in each tick while it is in force
// (the compensator of the rupture, which has the same mean as the rupture itself and varies less).  Paths come in groups
// that share a draw of the coefficients; the interval is that of the groups' means, with the part of their spread that
// is left from the paths within the groups taken out.  docs/adr/0004.
//
// P(start) of a pair is the mean over paths of 1 - exp(-H), H the sum of its rates along the path: what starts changes
// nothing on a path (simulate/path.hpp), so that this is the mean of the compensator, the pair leaving the risk set when a
// tie starts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "estimate/fit.hpp"
#include "forecast/change.hpp"
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
  std::optional<Time> since{};  // changes are told since then; nothing: 30 units of time before, at least a tick
  bool sentences = true;        // and changes
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

// What is said of one tie that may rupture, or of one pair between whom one may start.
struct Chance {
  double probability = 0;
  double low = 0;
  double high = 0;
  double simulation_error = 0;  // standard error of the probability that more replicates would remove
  std::size_t rank = 0;         // 1 = most likely
  double hazard_ratio = 1;      // against the average of the ties in force, or of the pairs at risk
  std::vector<Reason> reasons;
  std::vector<CurvePoint> curve;
  std::size_t events_behind = 0;  // recorded events between the two
  double baseline_constant = 0;
  double baseline_duration = 0;
  std::string sentence{};  // sentence.hpp
};

struct AllianceForecast : Chance {
  TieId tie = no_id;  // in `known`
  double probability_other_ending = 0;
  Time median = never;  // when P(rupture) passes one half; `never` = not within the horizon
  std::vector<HistoryPoint> history;
  std::optional<Change> change{};  // nothing where the tie was not in force then
};

struct StartForecast : Chance {
  std::size_t hazard = 0;  // in `start_hazards`
  Dyad pair{};             // of actors of `known`
  Time since = 0;          // at risk since then (pair_spells.hpp)
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
  Time begins = 0;  // of the first tick forecast: the next after the as-of date
  Time ends = 0;    // last day, or last unit, of the last
  Time stops = 0;   // where the last is over
  double interval = 0.8;
  double horizon = 0;
  std::vector<std::string> endings;         // that the rupture hazard makes
  std::vector<std::string> named_endings;   // of all end hazards; others are "other"
  std::vector<AllianceForecast> alliances;  // by rank
  std::vector<HazardText> start_hazards;    // those that could be estimated
  std::vector<StartForecast> starts;        // by hazard, then rank: pairs at risk at the as-of date
  std::vector<ExpectedEvents> expected;
  std::size_t exploded = 0;  // paths whose rates exploded
};

// The end hazard named "rupture".  Throws Error when the model has none; `path` is where it was read from.
[[nodiscard]] const Hazard& rupture_of(const Model& model, const std::string& path);

// Needs an end hazard named "rupture", with which other end hazards compete, or a start hazard.  Throws Error: neither is
// there, an as-of date before the first event, a model that cannot be bound to what was known by then.
[[nodiscard]] Forecast forecast(const Record& record, const ModelSpec& model, const ForecastOptions& options);

// What the record says happened to the forecast's ties and pairs within the horizon, and the scores of the forecast and
// its baselines.  Empty outcomes where the record ends before the horizon.
struct Outcome {
  std::size_t index = 0;  // in Forecast::alliances, or starts
  std::string what{};     // "rupture", "other ending" or "in force"
  Time time = never;
  std::string how{};  // how the tie ended; of a start, the kind of tie
};

struct Score {
  double log_loss = 0;
  double brier = 0;
};

// The pairs of one start hazard.
struct StartOutcomes {
  std::vector<Outcome> pairs;  // "started" or "none"; index in Forecast::starts
  Score forecast, constant, duration;
  std::size_t started = 0;
};

struct Outcomes {
  Time known_until = 0;
  bool known = false;  // the record reaches the end of the horizon
  std::vector<Outcome> alliances;
  Score forecast, constant, duration;
  std::size_t ruptures = 0;
  std::vector<StartOutcomes> starts;  // as Forecast::start_hazards
};

// `record` is the whole record.
[[nodiscard]] Outcomes look_up_outcomes(const Record& record, const Forecast& forecast);

}  // namespace detente
