// How well a fitted hazard of ties that end explains each tie, or one of ties that start each pair.
//
//   cumulative hazard    sum over the tie's time at risk of its hazard x dt      (Cox & Snell 1968: Exp(1), censored)
//   martingale residual  ended - cumulative hazard: above 0 = it ended sooner than expected
//   deviance residual    its root, made symmetric (Therneau, Grambsch & Fleming 1990, for counts)
//   score                sum over its time at risk its part of the gradient
#pragma once

#include <vector>

#include "hazard/episode_likelihood.hpp"

namespace detente {

struct TieFit {
  TieId tie;              // EpisodeLikelihood::Row::tie: a tie, or the place of a pair
  Time from;              // the first tick at risk
  double exposure = 0;    // time at risk
  std::size_t ended = 0;  // how often, in the way the hazard makes: a tie once at most; of a pair, ties that started
  double cumulative_hazard = 0;
  Eigen::VectorXd last;   // covariates when it was last at risk
  Eigen::VectorXd score;  // a value for each coefficient

  [[nodiscard]] double martingale_residual() const { return static_cast<double>(ended) - cumulative_hazard; }
  [[nodiscard]] double deviance_residual() const;
};

// One for each tie or pair ever at risk, in the order in which they came to be.
[[nodiscard]] std::vector<TieFit> fit_of_ties(const EpisodeLikelihood& likelihood, const Eigen::VectorXd& coefficients);

}  // namespace detente
