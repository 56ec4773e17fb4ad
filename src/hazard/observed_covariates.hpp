// The covariates of what was observed, read off one replay of the record without any sum over the risk set.
#pragma once

#include <Eigen/Dense>

#include "hazard/episode_likelihood.hpp"

namespace detente {

// For each coefficient the observed covariates in which its own is smallest and largest: at most 2 P rows, P columns (the
// baseline's 1 stands first where there is one).  Between them they bound how far a step can move a linear predictor.
[[nodiscard]] Eigen::MatrixXd extreme_covariates(const Record& record, const Model& model, const Hazard& hazard,
                                                 std::size_t first, Time until);
[[nodiscard]] Eigen::MatrixXd extreme_covariates(const EpisodeLikelihood& likelihood);

}  // namespace detente
