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

}  // namespace detente
