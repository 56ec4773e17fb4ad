#include "estimate/variance_steps.hpp"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

constexpr double start_variance = 0.5;
constexpr double no_spread = 1e12;       // the precision that stands for a variance of 0
constexpr double nothing_known = 1e-5;   // of its groups: the mean shrinkage below which a falling variance is 0
constexpr double least_relative = 1e-4;  // a Cholesky factor's diagonal against its row: correlations stop at +-1
constexpr double longest = 2;            // a change of a coordinate: a factor of 55 in a variance
constexpr std::size_t most_remembered = 4;

// L R L' as the header of random_effects.hpp has it.
Eigen::MatrixXd target(const Eigen::MatrixXd& sigma, const GroupMoments& sums, bool correlated) {
  if (!correlated) {
    Eigen::MatrixXd next = Eigen::MatrixXd::Zero(sigma.rows(), sigma.cols());
    for (Eigen::Index k = 0; k < sigma.rows(); ++k) {
      const double known = sums.groups - sums.covariance(k, k) / sigma(k, k);
      next(k, k) = sums.products(k, k) / std::max(known, 1e-12 * sums.groups);
    }
    return next;
  }
  const Eigen::MatrixXd root = sigma.llt().matrixL();
  const auto scaled = [&](const Eigen::MatrixXd& matrix) -> Eigen::MatrixXd {
    const Eigen::MatrixXd half = root.triangularView<Eigen::Lower>().solve(matrix);
    const Eigen::MatrixXd all = root.triangularView<Eigen::Lower>().solve(half.transpose());
    return 0.5 * (all + all.transpose());
  };
  const Eigen::MatrixXd known =
      sums.groups * Eigen::MatrixXd::Identity(sigma.rows(), sigma.cols()) - scaled(sums.covariance);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(known);
  const Eigen::VectorXd inverse_root = eigen.eigenvalues().cwiseMax(1e-12 * sums.groups).cwiseSqrt().cwiseInverse();
  const Eigen::MatrixXd half = eigen.eigenvectors() * inverse_root.asDiagonal() * eigen.eigenvectors().transpose();
  return root * half * scaled(sums.products) * half * root.transpose();
}

}  // namespace

Variances::Variances(std::size_t terms, bool correlated)
    : correlated_(correlated),
      covariance_(start_variance *
                  Eigen::MatrixXd::Identity(static_cast<Eigen::Index>(terms), static_cast<Eigen::Index>(terms))) {}

void Variances::set(const Eigen::MatrixXd& covariance) { covariance_ = covariance; }

std::vector<Eigen::Index> Variances::positive() const {
  std::vector<Eigen::Index> which;
  for (Eigen::Index k = 0; k < covariance_.rows(); ++k)
    if (covariance_(k, k) > 0) which.push_back(k);
  return which;
}

Eigen::MatrixXd Variances::precision() const {
  const std::vector<Eigen::Index> which = positive();
  Eigen::MatrixXd precision = no_spread * Eigen::MatrixXd::Identity(covariance_.rows(), covariance_.cols());
  const Eigen::MatrixXd some = covariance_(which, which);
  const Eigen::MatrixXd inverse = some.llt().solve(Eigen::MatrixXd::Identity(some.rows(), some.cols()));
  precision(which, which) = inverse;
  return precision;
}

void Variances::drop(Eigen::Index term) {
  covariance_.row(term).setZero();
  covariance_.col(term).setZero();
}

std::vector<double> Variances::coordinates(const Eigen::MatrixXd& covariance) const {
  const std::vector<Eigen::Index> which = positive();
  std::vector<double> all;
  if (!correlated_) {
    for (const Eigen::Index k : which) all.push_back(0.5 * std::log(covariance(k, k)));
    return all;
  }
  Eigen::MatrixXd some = covariance(which, which);
  some.diagonal() *= 1 + least_relative * least_relative;
  const Eigen::MatrixXd root = some.llt().matrixL();
  for (Eigen::Index i = 0; i < root.rows(); ++i) {
    const double least = std::max(least_relative * root.row(i).norm(), 1e-100);  // all may be 0
    const double diagonal = std::max(root(i, i), least);
    all.push_back(std::log(diagonal));
    for (Eigen::Index j = 0; j < i; ++j) all.push_back(root(i, j) / diagonal);
  }
  return all;
}

void Variances::move_to(const double* coordinates) {
  const std::vector<Eigen::Index> which = positive();
  const auto size = static_cast<Eigen::Index>(which.size());
  Eigen::MatrixXd root = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    root(i, i) = std::exp(*coordinates++);
    for (Eigen::Index j = 0; correlated_ && j < i; ++j) root(i, j) = *coordinates++ * root(i, i);
  }
  covariance_(which, which) = root * root.transpose();
}

bool VarianceSteps::drop_vanishing(const std::vector<GroupMoments>& moments) {
  bool dropped = false;
  for (std::size_t b = 0; b < moments.size(); ++b) {
    Variances& variances = (*variances_)[b];
    for (const Eigen::Index k : variances.positive()) {
      const double variance = variances.covariance()(k, k);
      const double known = 1 - moments[b].covariance(k, k) / (variance * moments[b].groups);
      const double seen = moments[b].products(k, k) / (variance * moments[b].groups);
      if (known >= nothing_known || seen >= known) continue;
      variances.drop(k);
      dropped = true;
    }
  }
  return dropped;
}

double VarianceSteps::advance(const std::vector<GroupMoments>& moments) {
  if (drop_vanishing(moments)) {
    places_.clear();
    steps_.clear();
    return 1;
  }
  std::vector<double> from, to;
  for (std::size_t b = 0; b < moments.size(); ++b) {
    const Variances& variances = (*variances_)[b];
    const std::vector<Eigen::Index> which = variances.positive();
    if (which.empty()) continue;
    const Eigen::MatrixXd sigma = variances.covariance()(which, which);
    const GroupMoments sums{moments[b].groups, moments[b].products(which, which), moments[b].covariance(which, which)};
    Eigen::MatrixXd next = variances.covariance();
    next(which, which) = target(sigma, sums, variances.correlated());
    for (const double value : variances.coordinates(variances.covariance())) from.push_back(value);
    for (const double value : variances.coordinates(next)) to.push_back(value);
  }
  if (from.empty()) return 0;
  const auto size = static_cast<Eigen::Index>(from.size());
  const Eigen::VectorXd at = Eigen::Map<const Eigen::VectorXd>(from.data(), size);
  const Eigen::VectorXd step =
      (Eigen::Map<const Eigen::VectorXd>(to.data(), size) - at).cwiseMax(-longest).cwiseMin(longest);
  const Eigen::VectorXd place = accelerated(at, step);
  const double* coordinates = place.data();
  for (Variances& variances : *variances_) {
    const std::size_t count = variances.coordinates(variances.covariance()).size();
    variances.move_to(coordinates);
    coordinates += count;
  }
  return step.cwiseAbs().maxCoeff();
}

// at + step - (dP + dS) g,  g the least squares of step on the differences dS of the last steps, dP of the last places.
Eigen::VectorXd VarianceSteps::accelerated(const Eigen::VectorXd& at, const Eigen::VectorXd& step) {
  if (!steps_.empty() && step.norm() > 2 * steps_.back().norm()) {
    places_.clear();
    steps_.clear();
  }
  places_.push_back(at);
  steps_.push_back(step);
  if (steps_.size() > most_remembered) {
    places_.erase(places_.begin());
    steps_.erase(steps_.begin());
  }
  Eigen::VectorXd change = step;
  const auto columns = static_cast<Eigen::Index>(steps_.size()) - 1;
  if (columns > 0) {
    Eigen::MatrixXd of_places(at.size(), columns), of_steps(at.size(), columns);
    for (Eigen::Index k = 0; k < columns; ++k) {
      const auto n = static_cast<std::size_t>(k);
      of_places.col(k) = places_[n + 1] - places_[n];
      of_steps.col(k) = steps_[n + 1] - steps_[n];
    }
    change -= (of_places + of_steps) * of_steps.completeOrthogonalDecomposition().solve(step);
  }
  const double most = change.cwiseAbs().maxCoeff();
  if (!std::isfinite(most)) change = step;
  if (most > longest) change *= longest / most;
  return at + change;
}

}  // namespace detente
