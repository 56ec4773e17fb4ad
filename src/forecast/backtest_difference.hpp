// Which of two models forecast better: the difference of their log losses on the forecasts that both made, at the same origins
// of the same ties or pairs.
//
//   d_k = loss of the one at forecast k - loss of the other        below 0: the one is better
//
// Paired, because what is hard to foresee is hard for both: the interval of the mean of d resamples whole blocks of d, as those
// of scores do (scores.hpp), and is narrower than what the two intervals side by side suggest.
#pragma once

#include "forecast/backtest.hpp"

namespace detente {

struct LossDifference {
  std::size_t n = 0;          // forecasts that both made
  std::size_t alone = 0;      // that one of them made
  double one = 0, other = 0;  // mean log losses over the n
  double mean = 0;            // one - other; NaN where n = 0
  ScoreBand band{};
};

[[nodiscard]] LossDifference loss_difference(const Track& one, const Track& other, const BootstrapOptions& options);

}  // namespace detente
