#include "estimate/newton.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "estimate/collinearity.hpp"
#include "estimate/free_coefficients.hpp"
#include "hazard/marks.hpp"

namespace detente {
namespace {

constexpr double shortest = 1e-10;         // part of a step
constexpr double largest_number = 1e30;    // of a covariate: its square, times the rows of a record, is a number still
constexpr double information_lost = 1e-6;  // a coefficient of which less than this part is left known has run away

struct Objective {
  double value;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;  // of minus the objective
  Likelihood likelihood;
};

class Problem {
 public:
  Problem(const LikelihoodFunction& likelihood, LikelihoodFunction prior)
      : likelihood_(likelihood), prior_(std::move(prior)) {}

  [[nodiscard]] Objective operator()(const Eigen::VectorXd& theta) const {
    Likelihood l = likelihood_(theta);
    const Likelihood prior = prior_(theta);
    const double value = l.value + prior.value;
    Eigen::VectorXd gradient = l.gradient + prior.gradient;
    Eigen::MatrixXd hessian = l.information + prior.information;
    return {value, std::move(gradient), std::move(hessian), std::move(l)};
  }

 private:
  const LikelihoodFunction& likelihood_;
  LikelihoodFunction prior_;
};

// What is known of each coefficient given the others: 1 / variance.  0 where the matrix has lost it.
Eigen::VectorXd precision_of(const Eigen::MatrixXd& hessian) {
  const Eigen::MatrixXd covariance = hessian.ldlt().solve(Eigen::MatrixXd::Identity(hessian.rows(), hessian.cols()));
  return covariance.diagonal().unaryExpr([](double variance) { return variance > 0 ? 1 / variance : 0.0; });
}

// A coefficient that runs away while the record has no more to say about it: the one that lost most.
std::optional<RunAway> find_run_away(const Objective& start, const Objective& end, const Eigen::VectorXd& estimate,
                                     const std::vector<std::string>& names) {
  const Eigen::VectorXd left = precision_of(end.hessian).cwiseQuotient(precision_of(start.hessian));
  Eigen::Index worst = -1;
  for (Eigen::Index p = 0; p < left.size(); ++p) {
    const bool lost = left(p) < information_lost && !is_baseline(names[static_cast<std::size_t>(p)]);
    if (lost && (worst < 0 || left(p) < left(worst))) worst = p;
  }
  if (worst < 0) return std::nullopt;
  return RunAway{static_cast<std::size_t>(worst), estimate(worst) < 0 ? -1 : 1};
}

bool is_finite(const Objective& at) {
  return std::isfinite(at.value) && at.gradient.allFinite() && at.hessian.allFinite();
}

// Numbers that overflow: which effect's they are, as far as the observed ones tell.
std::string overflow_message(const Eigen::MatrixXd& observed, const std::vector<std::string>& names) {
  const std::string hint = "divide it by a power of ten, or put it in log1p()";
  for (Eigen::Index p = 0; p < observed.cols() && p < static_cast<Eigen::Index>(names.size()); ++p) {
    const double largest = observed.rows() > 0 ? observed.col(p).cwiseAbs().maxCoeff() : 0;
    if (!(largest < largest_number))
      return fmt::format("the values of '{}' are too large to compute with: up to {:.2g}; {}",
                         names[static_cast<std::size_t>(p)], largest, hint);
  }
  return fmt::format(
      "the log-likelihood is no finite number: the values of an effect are too large to compute with; {}", hint);
}

// Newton on the coefficients that are free.
class Ascent {
 public:
  Ascent(const LikelihoodFunction& likelihood, LikelihoodFunction prior, const Eigen::VectorXd& start,
         const std::vector<std::string>& names, const NewtonOptions& options)
      : problem_(likelihood, std::move(prior)),
        names_(names),
        options_(options),
        theta_(start),
        first_(problem_(start)),
        now_(first_) {
    result_.evaluations = 1;
    result_.start_log_likelihood = first_.likelihood.value;
  }

  NewtonResult run() {
    if (!is_finite(now_)) return overflowed();
    const Collinearity at_start = find_collinearity(now_.hessian, names_, options_.unit);
    if (theta_.size() == 0) result_.status = FitStatus::converged;
    if (!at_start.exact.empty()) {
      result_.status = FitStatus::rank_deficient;
      result_.message = at_start.exact;
    }
    while (result_.status == FitStatus::not_converged && result_.iterations < options_.max_iterations && step())
      ;
    if (result_.status == FitStatus::not_converged && result_.message.empty())
      result_.message = fmt::format("no convergence after {} iterations", result_.iterations);
    result_.estimate = theta_;
    result_.log_likelihood = now_.likelihood.value;
    result_.objective = now_.value;
    result_.covariance = now_.hessian.ldlt().solve(Eigen::MatrixXd::Identity(theta_.size(), theta_.size()));
    if (!is_finite(now_) || !result_.estimate.allFinite()) return overflowed();
    if (result_.status != FitStatus::rank_deficient && theta_.size() > 0) judge();
    return std::move(result_);
  }

  // Nothing that was computed of numbers that overflow says anything.
  NewtonResult overflowed() {
    const Eigen::MatrixXd observed = options_.observed ? options_.observed() : Eigen::MatrixXd();
    result_.status = FitStatus::not_converged;
    result_.message = overflow_message(observed, names_);
    result_.estimate = theta_;
    result_.log_likelihood = result_.objective = std::nan("");
    result_.covariance = Eigen::MatrixXd::Constant(theta_.size(), theta_.size(), std::nan(""));
    return std::move(result_);
  }

 private:
  // False when there is no further step to take.
  bool step() {
    const Eigen::LDLT<Eigen::MatrixXd> solver(now_.hessian);
    const Eigen::VectorXd step = solver.solve(now_.gradient);
    const double decrement = now_.gradient.dot(step);
    if (!(decrement >= 0) || !step.allFinite()) {
      result_.message = "the information matrix lost its positive definiteness; give a prior or fewer effects";
      return false;
    }
    result_.steps.push_back({theta_, now_.likelihood.value, decrement, 1});
    if (decrement < options_.tolerance || last_step(decrement)) {  // nothing is gained by evaluating after it
      theta_ += step;
      now_.likelihood.value += now_.likelihood.gradient.dot(step) - 0.5 * step.dot(now_.likelihood.information * step);
      now_.value += 0.5 * decrement;
      result_.status = FitStatus::converged;
      return false;
    }
    double length = allowed(step);
    Objective next = evaluate(step, length);
    while (!acceptable(next) && length > shortest) {
      if (observed_.size() == 0 && options_.observed) observed_ = options_.observed();
      length = std::min(0.5 * length, allowed(step));
      next = evaluate(step, length);
    }
    if (!acceptable(next)) {
      result_.steps.back().length = 0;
      result_.message = "no step along the Newton direction raises the likelihood";
      return false;
    }
    result_.steps.back().length = length;
    theta_ += length * step;
    now_ = std::move(next);
    ++result_.iterations;
    return true;
  }

  // Newton squares the distance to the maximum: what its last step did to it tells what the next one will leave, of the
  // distance in standard errors and, relatively, of the information.
  bool last_step(double decrement) {
    constexpr double near_enough = 1e-7;
    constexpr double same_information = 5e-6;
    const double distance = std::sqrt(decrement);
    const bool known = distance_before_ > 0 && result_.steps[result_.steps.size() - 2].length == 1;
    const double rate = known ? distance / (distance_before_ * distance_before_) : 0;
    distance_before_ = distance;
    return known && rate * distance * distance < near_enough && rate * distance < same_information;
  }

  [[nodiscard]] bool acceptable(const Objective& next) const {
    return next.value >= now_.value - 1e-10 * (1 + std::abs(now_.value));
  }

  // The part of a step that keeps every observed linear predictor within `max_change`.
  [[nodiscard]] double allowed(const Eigen::VectorXd& step) const {
    if (observed_.size() == 0) return 1;
    const double change = (observed_ * step).cwiseAbs().maxCoeff();
    return change > options_.max_change ? options_.max_change / change : 1;
  }

  Objective evaluate(const Eigen::VectorXd& step, double length) {
    ++result_.evaluations;
    return problem_(theta_ + length * step);
  }

  void judge() {
    result_.run_away = find_run_away(first_, now_, theta_, names_);
    if (result_.run_away) {
      result_.status = FitStatus::separated;
      result_.message = separation_message(names_[result_.run_away->coefficient], result_.run_away->direction);
      return;
    }
    const Collinearity found = find_collinearity(now_.hessian, names_, options_.unit);
    result_.condition_number = found.condition_number;
    if (!found.nearly.empty()) result_.warnings.push_back(found.nearly);
    if (first_.hessian == first_.likelihood.information) return;
    const Collinearity without_prior = find_collinearity(first_.likelihood.information, names_, options_.unit);
    if (!without_prior.exact.empty())
      result_.warnings.push_back(fmt::format("only the prior says anything: {}", without_prior.exact));
  }

  Problem problem_;
  const std::vector<std::string>& names_;
  const NewtonOptions& options_;
  Eigen::VectorXd theta_;
  Objective first_;
  Objective now_;
  Eigen::MatrixXd observed_;
  double distance_before_ = 0;  // to the maximum, at the last step
  NewtonResult result_;
};

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

std::string separation_message(const std::string& name, int direction, const std::string& why) {
  return fmt::format(
      "'{}' separates the events from everything else at risk: its estimate runs off to {}infinity{}; "
      "remove it, merge it with another effect or give a prior",
      name, direction < 0 ? "minus " : "", why.empty() ? "" : ": " + why);
}

LikelihoodFunction log_prior(const NewtonOptions& options, Eigen::Index size) {
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(size);
  Eigen::VectorXd precision = Eigen::VectorXd::Zero(size);
  for (Eigen::Index p = 0; p < size; ++p) {
    const auto k = static_cast<std::size_t>(p);
    if (k < options.prior_mean.size()) mean(p) = options.prior_mean[k];
    if (k < options.prior_scale.size() && options.prior_scale[k] > 0)
      precision(p) = 1 / std::pow(options.prior_scale[k], 2);
  }
  return [mean, precision, joint = options.prior](const Eigen::VectorXd& theta) -> Likelihood {
    const Eigen::VectorXd pull = precision.cwiseProduct(mean - theta);
    Likelihood sum{-0.5 * pull.dot(mean - theta), pull, precision.asDiagonal()};
    if (!joint) return sum;
    const Eigen::VectorXd joint_pull = joint->precision * (joint->mean - theta);
    sum.value -= 0.5 * joint_pull.dot(joint->mean - theta);
    sum.gradient += joint_pull;
    sum.information += joint->precision;
    return sum;
  };
}

NewtonResult maximize(const LikelihoodFunction& likelihood, const Eigen::VectorXd& start,
                      const std::vector<std::string>& names, const NewtonOptions& options) {
  const LikelihoodFunction prior = log_prior(options, start.size());
  if (options.fixed.empty()) return Ascent(likelihood, prior, start, names, options).run();
  const FreeCoefficients free(start, options.fixed);
  const LikelihoodFunction inner = free.pick(likelihood);
  const std::vector<std::string> inner_names = free.pick(names);
  const NewtonOptions inner_options = free.pick(options);
  NewtonResult result = Ascent(inner, free.pick(prior), free.inner(), inner_names, inner_options).run();
  free.widen(result);
  return result;
}

}  // namespace detente
