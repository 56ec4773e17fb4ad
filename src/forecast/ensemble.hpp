// Many paths, in groups that share a draw of the coefficients, reduced to probabilities with intervals.
#pragma once

#include <string>
#include <vector>

#include "forecast/forecast.hpp"
#include "simulate/coupled_path.hpp"

namespace detente {

inline constexpr double curve_every = 7;  // days between points of a curve or a history

// A horizon in whole ticks, at least one: "1y" is 365 days.
[[nodiscard]] std::size_t horizon_ticks(double horizon, double tick);

struct DrawnChance {
  double error = 0;               // of the probability, from the simulation
  std::vector<CurvePoint> curve;  // the last point is the horizon's
};

struct TieEnsemble : DrawnChance {
  double other = 0;
  Time median = never;
};

struct Ensemble {
  std::vector<TieEnsemble> ties;    // as PathStart::ties()
  std::vector<DrawnChance> starts;  // as PathStart::pairs()
  std::vector<ExpectedEvents> expected;
  std::size_t exploded = 0;
};

// `rupture`: which of the model's hazards it is; no_id for none.  `layers`: those of the model, at the start.
[[nodiscard]] Ensemble run_ensemble(const PathStart& start, const Fit& fit, std::size_t rupture,
                                    const CoupledLayers& layers, const ForecastOptions& options);

// The quantiles of a quantity over draws, when each draw is known only through the mean of some noisy replicates: the
// draws' means are pulled to the grand mean by sqrt((B - W) / B), with B the variance between the means and W the part of
// it that the replicates' own spread explains.
struct Interval {
  double mean;
  double low;
  double high;
  double error;  // of the mean, from the simulation alone; NaN with fewer than two pairs of draws
};
[[nodiscard]] Interval interval_of_draws(const std::vector<std::vector<double>>& replicates_by_draw, double level);

}  // namespace detente
