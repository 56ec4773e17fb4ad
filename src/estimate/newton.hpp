// Damped Newton on a log-likelihood plus Gaussian priors, with an honest status.
//
//   maximize  l(theta) - 1/2 sum_p ((theta_p - mean_p) / scale_p)^2 - 1/2 (theta - m)' P (theta - m)
//
// The first prior is of each coefficient alone, the second, where there is one, of coefficients together.
// A step is halved until the objective does not fall.  Where a step overshoots and `observed` is given, this one and those
// that follow are first cut so that no observed linear predictor x theta changes by more than `max_change`: a count in the
// hundreds then costs one wasted pass and not one for each halving.  It has converged when the Newton decrement g' H^-1 g
// is below `tolerance`: the estimate is then within sqrt(tolerance) standard errors of the maximum and the last step, which
// squares that distance, is taken without another evaluation.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hazard/likelihood.hpp"

namespace detente {

enum class FitStatus : std::uint8_t { converged, not_converged, separated, rank_deficient, no_events };

[[nodiscard]] std::string to_string(FitStatus status);  // "converged", "not-converged", ...

// -1/2 (theta - mean)' precision (theta - mean): rows of zeros where nothing is known before the data.
struct GaussianPrior {
  Eigen::VectorXd mean;
  Eigen::MatrixXd precision;
};

struct NewtonOptions {
  double tolerance = 1e-10;
  int max_iterations = 50;
  std::vector<double> prior_mean{};      // empty = 0
  std::vector<double> prior_scale{};     // standard deviation; 0 = no prior on that coefficient; empty = none at all
  std::optional<GaussianPrior> prior{};  // beside those; empty = none
  std::vector<bool> fixed{};             // coefficients held at their start; empty = none
  std::string unit = "dyad";             // what is at risk, for messages
  // Covariates that were observed, a row each, or those that span them; asked for when a step overshoots.
  std::function<Eigen::MatrixXd()> observed{};
  double max_change = 8;
};

// One step of Newton: where it started, what it promised and how much of it was taken.
struct NewtonStep {
  Eigen::VectorXd estimate;   // before the step
  double log_likelihood = 0;  // there, without the prior
  double decrement = 0;       // g' H^-1 g: twice the gain a quadratic would give
  double length = 0;          // part of the step that was taken; 0 = none
};

// A coefficient whose estimate has no finite value.
struct RunAway {
  std::size_t coefficient;
  int direction;  // +1: to infinity, -1: to minus infinity
};

struct NewtonResult {
  FitStatus status = FitStatus::not_converged;
  std::string message;  // which coefficient and what to do, when the status is not converged
  Eigen::VectorXd estimate;
  Eigen::MatrixXd covariance;  // inverse of the observed information plus prior precision; 0 for what is fixed
  double log_likelihood = 0;   // without the prior
  double objective = 0;        // with the priors, also of what is fixed
  double start_log_likelihood = 0;
  int iterations = 0;
  int evaluations = 0;
  double condition_number = 1;          // of the effects' information at the estimate (collinearity.hpp)
  std::vector<std::string> warnings{};  // what does not stop a fit but should be known
  std::vector<NewtonStep> steps{};
  std::optional<RunAway> run_away{};  // when separated
};

// The priors' logarithm, but for a constant, of all coefficients, with its gradient and precision.
[[nodiscard]] LikelihoodFunction log_prior(const NewtonOptions& options, Eigen::Index size);

// What a run-away coefficient is reported with; `why` is what is known of its cause.
[[nodiscard]] std::string separation_message(const std::string& name, int direction, const std::string& why = "");

// `names` name the coefficients in messages.  With `fixed` the others are maximized over.
[[nodiscard]] NewtonResult maximize(const LikelihoodFunction& likelihood, const Eigen::VectorXd& start,
                                    const std::vector<std::string>& names, const NewtonOptions& options);

}  // namespace detente
