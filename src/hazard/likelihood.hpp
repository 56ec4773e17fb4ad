// A log-likelihood with its gradient and observed information, at given coefficients.
#pragma once

#include <functional>

#include <Eigen/Dense>

namespace detente {

struct Likelihood {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd information;  // minus the Hessian
};

using LikelihoodFunction = std::function<Likelihood(const Eigen::VectorXd&)>;

[[nodiscard]] Likelihood zero_likelihood(Eigen::Index size);

// A variance below this part of the squared mean is none: the effect is the same for all at risk.
inline constexpr double constant_below = 1e-12;

// Subtracts weight x log S, from the moments of a risk set: S = m(0, 0), S' = m(p, 0), S'' = m(p, q).  Of the information
// the upper triangle only.
void subtract_log(Likelihood& sum, const Eigen::MatrixXd& moments, double weight);

// The information's lower triangle from its upper one.
void mirror(Likelihood& sum);

// A value that is no finite number makes the coefficients impossible: minus infinity.
void refuse_unless_finite(Likelihood& sum);

// A symmetric matrix from its upper triangle, row by row.
void fill_symmetric(const double* upper, Eigen::MatrixXd& matrix);

}  // namespace detente
