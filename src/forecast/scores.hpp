// How good probabilities of yes-or-no outcomes were: log loss, Brier score with its parts, order, calibration, and what of
// it could be luck.
//
//   log loss   - mean of [ y log p + (1 - y) log(1 - p) ], p kept within 1e-6 of 0 and 1
//   Brier      mean of (p - y)^2 = reliability - resolution + uncertainty, over bins of like forecasts; what forecasts tell
//              apart within a bin counts as resolution (Murphy 1973; Stephenson, Coelho & Jolliffe 2008)
//   AUC        P(an event had a higher forecast than a non-event), ties count half, over all forecasts
//   recall     of the events, the share among the tenth of all forecasts that is highest (ties in part)
//   C          P(of two ties of one date the one that ended first had the higher forecast), Harrell's C within dates
//   skill      1 - log loss / log loss of a baseline
//
// Forecasts of one tie at many dates are not independent, nor are those of one date: intervals resample whole blocks (all
// forecasts of a tie, or of a date) with replacement.  Efron & Tibshirani (1993), chapter 8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace detente {

// One forecast with what came of it.
struct Scored {
  double probability = 0;
  double constant = 0;  // of the baselines
  double duration = 0;
  bool happened = false;
  Time time = never;     // when it happened; `never` when it did not within the horizon
  std::size_t date = 0;  // number of its date
  std::size_t tie = 0;   // number of its tie, or pair
};

struct Decomposition {
  double reliability = 0;
  double resolution = 0;
  double uncertainty = 0;
};

struct Scores {
  std::size_t n = 0;
  std::size_t events = 0;
  double log_loss = 0, log_loss_constant = 0, log_loss_duration = 0;
  double brier = 0, brier_constant = 0, brier_duration = 0;
  Decomposition parts{};
  double auc = 0;          // NaN without an event or without a non-event
  double concordance = 0;  // likewise
  double recall_top_tenth = 0;
  double skill_constant = 0;
  double skill_duration = 0;
};

// Of one forecast.
[[nodiscard]] double log_loss(double probability, bool happened);
[[nodiscard]] double squared_error(double probability, bool happened);

[[nodiscard]] Scores score(std::span<const Scored> forecasts);

[[nodiscard]] double auc(std::span<const Scored> forecasts);
[[nodiscard]] double concordance(std::span<const Scored> forecasts);
[[nodiscard]] double recall_top_tenth(std::span<const Scored> forecasts);

// A bin of like forecasts: how often it happened, with Wilson's interval.
struct CalibrationBin {
  double low, high;  // forecasts in it
  std::size_t n;
  double mean_forecast;
  double observed;
  double observed_low, observed_high;
};

// At most `bins` of about equally many forecasts, equal forecasts in one.  `level` is that of the intervals.
[[nodiscard]] std::vector<CalibrationBin> calibration(std::span<const Scored> forecasts, double level,
                                                      std::size_t bins = 10);

enum class Block : std::uint8_t { tie, date };

struct BootstrapOptions {
  std::size_t resamples = 1000;
  Block block = Block::tie;
  double level = 0.9;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

struct ScoreBand {
  double low = 0;
  double high = 0;
};

struct ScoreBands {
  ScoreBand log_loss, brier, auc, concordance, recall_top_tenth, skill_constant, skill_duration;
};

// Percentile intervals; NaN where a score is not defined in most resamples.
[[nodiscard]] ScoreBands bootstrap(std::span<const Scored> forecasts, const BootstrapOptions& options);

}  // namespace detente
