#include "hazard/likelihood.hpp"

#include <cmath>
#include <limits>

#include "hazard/formula.hpp"

namespace detente {

Likelihood zero_likelihood(Eigen::Index size) {
  return {0, Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Zero(size, size)};
}

void subtract_log(Likelihood& sum, const Eigen::MatrixXd& moments, double weight) {
  const Eigen::Index size = sum.gradient.size();
  const double total = moments(0, 0);
  Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_terms, 1> mean(size);
  sum.value -= weight * std::log(total);
  for (Eigen::Index k = 0; k < size; ++k) {
    mean(k) = moments(k + 1, 0) / total;
    sum.gradient(k) -= weight * mean(k);
  }
  const auto varies = [&](Eigen::Index k) {
    return moments(k + 1, k + 1) / total - mean(k) * mean(k) >= constant_below * mean(k) * mean(k);
  };
  for (Eigen::Index q = 0; q < size; ++q) {
    if (!varies(q)) continue;
    for (Eigen::Index p = 0; p <= q; ++p)
      if (varies(p)) sum.information(p, q) += weight * (moments(p + 1, q + 1) / total - mean(p) * mean(q));
  }
}

void mirror(Likelihood& sum) { sum.information.triangularView<Eigen::StrictlyLower>() = sum.information.transpose(); }

void refuse_unless_finite(Likelihood& sum) {
  if (!std::isfinite(sum.value)) sum.value = -std::numeric_limits<double>::infinity();
}

void fill_symmetric(const double* upper, Eigen::MatrixXd& matrix) {
  for (Eigen::Index p = 0; p < matrix.rows(); ++p)
    for (Eigen::Index q = p; q < matrix.cols(); ++q) matrix(p, q) = matrix(q, p) = *upper++;
}

}  // namespace detente
