#include "estimate/newton.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace detente {
namespace {

constexpr double collinear_below = 1e-9;   // smallest eigenvalue of the information as a correlation matrix
constexpr double loading_above = 0.1;      // of a coefficient in the vector that carries no information
constexpr double information_lost = 1e-6;  // a coefficient of which less than this part is left known has run away

struct Objective {
  double value;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;  // of minus the objective
  Likelihood likelihood;
};

class Problem {
 public:
  Problem(const LikelihoodFunction& likelihood, const NewtonOptions& options, Eigen::Index size)
      : likelihood_(likelihood), mean_(Eigen::VectorXd::Zero(size)), precision_(Eigen::VectorXd::Zero(size)) {
    for (Eigen::Index p = 0; p < size; ++p) {
      const auto k = static_cast<std::size_t>(p);
      if (k < options.prior_mean.size()) mean_(p) = options.prior_mean[k];
      if (k < options.prior_scale.size() && options.prior_scale[k] > 0)
        precision_(p) = 1 / std::pow(options.prior_scale[k], 2);
    }
  }

  [[nodiscard]] Objective operator()(const Eigen::VectorXd& theta) const {
    Likelihood l = likelihood_(theta);
    const Eigen::VectorXd pull = precision_.cwiseProduct(theta - mean_);
    const double value = l.value - 0.5 * pull.dot(theta - mean_);
    Eigen::VectorXd gradient = l.gradient - pull;
    Eigen::MatrixXd hessian = l.information;
    hessian.diagonal() += precision_;
    return {value, std::move(gradient), std::move(hessian), std::move(l)};
  }

 private:
  const LikelihoodFunction& likelihood_;
  Eigen::VectorXd mean_;
  Eigen::VectorXd precision_;
};

// Names what carries no information: "'a'" alone, or "1.00 x 'a' - 2.00 x 'b'"; empty when all is well.
std::string uninformed(const Eigen::MatrixXd& information, const std::vector<std::string>& names) {
  const Eigen::Index n = information.rows();
  Eigen::VectorXd scale = information.diagonal().cwiseMax(0).cwiseSqrt();
  const double largest = scale.size() > 0 ? scale.maxCoeff() : 0;
  for (Eigen::Index p = 0; p < n; ++p)
    if (!(scale(p) > 1e-12 * std::max(largest, 1e-300))) {
      const std::string& name = names[static_cast<std::size_t>(p)];
      if (name == "baseline")
        return "no time passes in which anything could happen: the record says nothing about the rate";
      return fmt::format("'{}' is the same for every choice at risk: the record says nothing about it; remove it",
                         name);
    }
  const Eigen::MatrixXd correlation =
      scale.cwiseInverse().asDiagonal() * information * scale.cwiseInverse().asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation);
  if (solver.eigenvalues()(0) > collinear_below) return "";
  const Eigen::VectorXd null = scale.cwiseInverse().asDiagonal() * solver.eigenvectors().col(0);
  const double unit = null.cwiseAbs().maxCoeff();
  std::string combination;
  for (Eigen::Index p = 0; p < n; ++p) {
    if (std::abs(solver.eigenvectors()(p, 0)) < loading_above) continue;
    const double weight = null(p) / unit;
    combination += fmt::format("{}{:.3g} x '{}'",
                               combination.empty() ? (weight < 0 ? "-" : "")
                               : weight < 0        ? " - "
                                                   : " + ",
                               std::abs(weight), names[static_cast<std::size_t>(p)]);
  }
  return fmt::format("effects carry the same information: {} does not vary; remove one of them or give a prior",
                     combination);
}

// What is known of each coefficient given the others: 1 / variance.  0 where the matrix has lost it.
Eigen::VectorXd precision_of(const Eigen::MatrixXd& hessian) {
  const Eigen::MatrixXd covariance = hessian.ldlt().solve(Eigen::MatrixXd::Identity(hessian.rows(), hessian.cols()));
  return covariance.diagonal().unaryExpr([](double variance) { return variance > 0 ? 1 / variance : 0.0; });
}

// A coefficient that runs away while the record has no more to say about it: the one that lost most.
std::string separated(const Objective& start, const Objective& end, const std::vector<std::string>& names) {
  const Eigen::VectorXd left = precision_of(end.hessian).cwiseQuotient(precision_of(start.hessian));
  Eigen::Index worst = -1;
  for (Eigen::Index p = 0; p < left.size(); ++p) {
    const bool lost = left(p) < information_lost && names[static_cast<std::size_t>(p)] != "baseline";
    if (lost && (worst < 0 || left(p) < left(worst))) worst = p;
  }
  if (worst < 0) return "";
  return fmt::format(
      "'{}' separates the events from everything else at risk: its estimate has no finite value; "
      "remove it, merge it with another effect or give a prior",
      names[static_cast<std::size_t>(worst)]);
}

}  // namespace

std::string to_string(FitStatus status) {
  switch (status) {
    case FitStatus::converged: return "converged";
    case FitStatus::not_converged: return "not-converged";
    case FitStatus::separated: return "separated";
    case FitStatus::rank_deficient: return "rank-deficient";
    case FitStatus::no_events: return "no-events";
  }
  return "";
}

// When to stop for what the next step would leave: of the distance to the maximum in standard errors, and relatively of
// the information.
constexpr double near_enough = 1e-7;
constexpr double same_information = 5e-6;
constexpr double no_rate = 1e300;

NewtonResult maximize(const LikelihoodFunction& likelihood, const Eigen::VectorXd& start,
                      const std::vector<std::string>& names, const NewtonOptions& options) {
  const Problem problem(likelihood, options, start.size());
  NewtonResult result;
  Eigen::VectorXd theta = start;
  const Objective first = problem(theta);
  Objective now = first;
  result.evaluations = 1;
  result.start_log_likelihood = first.likelihood.value;
  if (theta.size() == 0) result.status = FitStatus::converged;
  if (const std::string what = theta.size() == 0 ? "" : uninformed(now.hessian, names); !what.empty()) {
    result.status = FitStatus::rank_deficient;
    result.message = what;
  }
  double length = 1;  // of the last step, 1 = Newton's
  double before = 0;  // distance then
  while (result.status == FitStatus::not_converged && result.iterations < options.max_iterations) {
    const Eigen::LDLT<Eigen::MatrixXd> solver(now.hessian);
    const Eigen::VectorXd step = solver.solve(now.gradient);
    const double decrement = now.gradient.dot(step);
    if (!(decrement >= 0) || !step.allFinite()) {
      result.message = "the information matrix lost its positive definiteness; give a prior or fewer effects";
      break;
    }
    if (getenv("DBG")) fprintf(stderr, "it %d value %.6f decrement %.3g\n", result.iterations, now.value, decrement);
    // Newton squares the distance: what the last step did to it tells what the next one will.
    const double distance = std::sqrt(decrement);  // in standard errors
    const double rate = length == 1 && before > 0 ? distance / (before * before) : no_rate;
    const bool near = rate * distance * distance < near_enough && rate * distance < same_information;
    before = distance;
    if (decrement < options.tolerance || near) {  // nothing is gained by evaluating after the last step
      theta += step;
      now.likelihood.value += now.likelihood.gradient.dot(step) - 0.5 * step.dot(now.likelihood.information * step);
      result.status = FitStatus::converged;
      break;
    }
    length = 1;
    Objective next = problem(theta + step);
    ++result.evaluations;
    const double slack = 1e-10 * (1 + std::abs(now.value));
    while (!(next.value >= now.value - slack) && length > 1e-10) {
      length *= 0.5;
      next = problem(theta + length * step);
      ++result.evaluations;
    }
    if (!(next.value >= now.value - slack)) {
      result.message = "no step along the Newton direction raises the likelihood";
      break;
    }
    theta += length * step;
    now = std::move(next);
    ++result.iterations;
  }
  if (result.status == FitStatus::not_converged && result.message.empty())
    result.message = fmt::format("no convergence after {} iterations", result.iterations);
  result.estimate = theta;
  result.log_likelihood = now.likelihood.value;
  result.covariance = now.hessian.ldlt().solve(Eigen::MatrixXd::Identity(theta.size(), theta.size()));
  if (result.status != FitStatus::rank_deficient && theta.size() > 0) {
    if (const std::string what = separated(first, now, names); !what.empty()) {
      result.status = FitStatus::separated;
      result.message = what;
    }
  }
  return result;
}

}  // namespace detente
