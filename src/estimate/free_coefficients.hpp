// The coefficients that are not held fixed, as a problem of their own: what maximize() does with NewtonOptions::fixed.
#pragma once

#include <vector>

#include "estimate/newton.hpp"

namespace detente {

class FreeCoefficients {
 public:
  FreeCoefficients(const Eigen::VectorXd& start, const std::vector<bool>& fixed) : start_(start) {
    for (Eigen::Index p = 0; p < start.size(); ++p)
      if (static_cast<std::size_t>(p) >= fixed.size() || !fixed[static_cast<std::size_t>(p)]) which_.push_back(p);
  }

  [[nodiscard]] Eigen::VectorXd inner() const { return start_(which_); }

  [[nodiscard]] Eigen::VectorXd outer(const Eigen::VectorXd& free) const {
    Eigen::VectorXd all = start_;
    all(which_) = free;
    return all;
  }

  template <class T>
  [[nodiscard]] std::vector<T> pick(const std::vector<T>& all) const {
    std::vector<T> some;
    for (const Eigen::Index p : which_)
      if (static_cast<std::size_t>(p) < all.size()) some.push_back(all[static_cast<std::size_t>(p)]);
    return some;
  }

  [[nodiscard]] LikelihoodFunction pick(const LikelihoodFunction& likelihood) const {
    return [this, likelihood](const Eigen::VectorXd& free) -> Likelihood {
      const Likelihood all = likelihood(outer(free));
      return {all.value, all.gradient(which_), all.information(which_, which_)};
    };
  }

  // But for the priors, which maximize() picks as it does the likelihood.
  [[nodiscard]] NewtonOptions pick(const NewtonOptions& all) const {
    NewtonOptions some = all;
    some.fixed.clear();
    if (all.observed) some.observed = [this, &all]() -> Eigen::MatrixXd { return all.observed()(Eigen::all, which_); };
    return some;
  }

  void widen(NewtonResult& result) const {
    result.estimate = outer(result.estimate);
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(start_.size(), start_.size());
    covariance(which_, which_) = result.covariance;
    result.covariance = covariance;
    for (NewtonStep& step : result.steps) step.estimate = outer(step.estimate);
    if (result.run_away) result.run_away->coefficient = static_cast<std::size_t>(which_[result.run_away->coefficient]);
  }

 private:
  Eigen::VectorXd start_;
  std::vector<Eigen::Index> which_;
};

}  // namespace detente
