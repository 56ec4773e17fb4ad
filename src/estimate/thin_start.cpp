#include "estimate/thin_start.hpp"

namespace detente {

Eigen::VectorXd thin_start(const LikelihoodFunction& thin, const Eigen::VectorXd& plain,
                           const std::vector<std::string>& names, NewtonOptions options) {
  constexpr double wide = 10;
  options.prior_scale.assign(names.size(), wide);
  const NewtonResult found = maximize(thin, plain, names, options);
  return found.status == FitStatus::converged ? found.estimate : plain;
}

}  // namespace detente
