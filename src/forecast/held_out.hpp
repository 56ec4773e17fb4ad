// Cross-validation by tie: how well a hazard fitted to some ties tells which of the others rupture in each tick.
//
// Ties are dealt to folds at random; those of a fold are forecast, at each tick they were at risk, by a fit to the ties of
// all other folds, over the whole record.  So it says how far a model carries over to other ties of the same time, not to
// the future: for that there is the backtest.  Probabilities are at the point estimate, and ties held out stay in memory.
#pragma once

#include <vector>

#include "forecast/forecast.hpp"
#include "forecast/scores.hpp"

namespace detente {

struct HeldOutOptions {
  std::size_t folds = 10;
  std::size_t repeats = 5;  // deals
  std::uint64_t seed = 1;
  unsigned threads = 0;
  double level = 0.9;  // of bootstrap intervals, ties resampled
  std::size_t resamples = 1000;
};

struct HeldOutTrack {
  std::vector<std::vector<Scored>> forecasts;  // by deal
  std::vector<Scores> deals;
  Scores mean;       // of the deals
  ScoreBands bands;  // of forecasts averaged over the deals
};

// Throws Error: no rupture hazard, fewer ties than folds, or a fit that fails.
[[nodiscard]] HeldOutTrack track_held_out(const Record& record, const ModelSpec& model, const HeldOutOptions& options);

}  // namespace detente
