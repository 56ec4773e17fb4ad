// How good the forecasts would have been: at each of many dates the record is masked, the model fitted to what was known by
// then, the horizon forecast, and the record asked afterwards what happened.
//
// The origin of a forecast is its first day ahead: known is everything before it, tie endings included, and the horizon
// begins with it.  At an origin every tie at risk of the rupture hazard gets a forecast, and it is scored whether or not it
// ended otherwise; so does every pair between whom a tie may start, by each start hazard.  Only origins whose horizon the
// record covers are used.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "forecast/forecast.hpp"
#include "forecast/scores.hpp"

namespace detente {

struct BacktestOptions {
  Time from = never;           // first origin; `never` = once a few ruptures are known
  Time to = never;             // last origin, inclusive; `never` = the last whose horizon the record covers
  double every = 30;           // days, or the record's unit; a whole number of years means their 1 January
  ForecastOptions forecast{};  // its as_of is not read; its threads work on different origins
  BootstrapOptions bootstrap{};
  std::function<void(std::size_t origins)> begins{};  // once it is known at how many
};

struct BacktestForecast {
  Time origin;
  Dyad pair;  // actors of the record
  TieId tie;  // in the record; no_id of a start
  double probability, low, high;
  double constant, duration;  // of the baselines
  std::size_t rank;           // at this origin, 1 = most likely
  std::size_t at_risk;        // ties forecast at this origin
  bool happened;              // ruptured, or started, within the horizon
  std::string what;           // "rupture", "other ending" or "in force"; "started" or "none"
  Time time;                  // when it ended or started; `never` = not within the horizon
};

// An origin at which no forecast could be made, such as one without a rupture to learn from.
struct RefusedOrigin {
  Time origin;
  std::string why;
};

// The forecasts of one hazard and how good they were.
struct Track {
  std::string hazard{};
  std::vector<BacktestForecast> forecasts{};
  Scores scores{};
  ScoreBands bands{};
  std::vector<CalibrationBin> calibration{};
};

// A track of ruptures, and of each start hazard with a forecast.
struct Backtest : Track {
  Time from = never;
  Time to = never;
  double every = 0;
  double horizon = 0;
  std::size_t origins = 0;  // at which forecasts were made
  std::vector<RefusedOrigin> refused{};
  std::vector<Track> starts{};
};

// The origins from `from` to `to`: 1 January of every n-th year where `every` is n years (of 365 or 365.25 days) on the
// calendar, else `from` and every so many days after it.
[[nodiscard]] std::vector<Time> origins_between(Time from, Time to, double every, Clock clock);

// Throws Error: no rupture hazard, no origin, or no origin at which a forecast could be made.
[[nodiscard]] Backtest backtest(const Record& record, const ModelSpec& model, const BacktestOptions& options);

// Forecasts as scores read them: ties and dates numbered.
[[nodiscard]] std::vector<Scored> scored(const std::vector<BacktestForecast>& forecasts);

}  // namespace detente
