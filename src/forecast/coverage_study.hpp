// Do the intervals of P(rupture) hold what they say?  Records are simulated from known coefficients, each is forecast from
// its last day as any record would be (fit, posterior draws, paths), and the true P(rupture <= h) of every tie in force is
// found from the true coefficients, by many paths from the same day.  Counted is how often the interval holds the truth.
//
// Ties of one record share its estimates, and are not independent: the share's standard error is that of a ratio of sums
// over records, sqrt(sum_r (c_r - share n_r)^2) / n, c_r of n_r ties covered (Cochran 1977, section 6.4).
//
// A record is a function of seed and number, so a study has the same bits for any number of threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace detente::test {

struct CoverageStudy {
  std::uint32_t records = 200;
  std::uint64_t seed = 1;
  double rupture_rate = 0.012;  // per tick, of ties without a trace
  double prior = 0;             // standard deviation of the prior on each effect; 0 = none
  double interval = 0.8;
  std::size_t replicates = 800;   // paths of a forecast
  std::size_t truth_paths = 600;  // paths of the true coefficients
  unsigned threads = 0;
};

struct Coverage {
  std::uint32_t records = 0;
  std::uint32_t forecast = 0;                           // records of which a forecast could be made
  std::map<std::string, std::uint32_t> not_forecast{};  // of the others, why
  double mean_ruptures = 0;                             // known, of a record that was forecast
  std::size_t ties = 0;                                 // forecasts, over all records
  std::size_t covered = 0, below = 0, above = 0;        // the truth is in the interval, below it, above it
  double error = 0;                                     // standard error of the share covered
  double mean_truth = 0;
  double truth_error = 0;  // root mean square of the standard errors of the truths
  double mean_width = 0;
  double bias = 0;              // mean of probability less truth
  double bias_error = 0;        // its standard error, ties clustered by record
  double root_mean_square = 0;  // of probability less truth

  [[nodiscard]] double share() const { return static_cast<double>(covered) / static_cast<double>(ties); }
};

[[nodiscard]] Coverage cover(const CoverageStudy& study);

}  // namespace detente::test
