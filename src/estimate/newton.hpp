// Damped Newton on a log-likelihood plus a Gaussian prior, with an honest status.
//
//   maximize  l(theta) - 1/2 sum_p ((theta_p - mean_p) / scale_p)^2
//
// A step is halved until the objective does not fall.  It has converged when the Newton decrement g' H^-1 g is below
// `tolerance`: the estimate is then within sqrt(tolerance) standard errors of the maximum and the last step, which squares
// that distance, is taken without another evaluation.
#pragma once

#include <string>
#include <vector>

#include "hazard/likelihood.hpp"

namespace detente {

enum class FitStatus : std::uint8_t { converged, not_converged, separated, rank_deficient, no_events };

[[nodiscard]] std::string to_string(FitStatus status);  // "converged", "not-converged", ...

struct NewtonOptions {
  double tolerance = 1e-10;
  int max_iterations = 50;
  std::vector<double> prior_mean{};   // empty = 0
  std::vector<double> prior_scale{};  // standard deviation; 0 = no prior on that coefficient; empty = none at all
};

struct NewtonResult {
  FitStatus status = FitStatus::not_converged;
  std::string message;  // which coefficient and what to do, when the status is not converged
  Eigen::VectorXd estimate;
  Eigen::MatrixXd covariance;  // inverse of the observed information plus prior precision
  double log_likelihood = 0;   // without the prior
  double start_log_likelihood = 0;
  int iterations = 0;
  int evaluations = 0;
};

// `names` name the coefficients in messages.
[[nodiscard]] NewtonResult maximize(const LikelihoodFunction& likelihood, const Eigen::VectorXd& start,
                                    const std::vector<std::string>& names, const NewtonOptions& options);

}  // namespace detente
