// Where Newton may begin a long fit: the maximum of a likelihood that costs little, of a sample or of some of the events.
#pragma once

#include <string>
#include <vector>

#include "estimate/newton.hpp"

namespace detente {

// `plain`: where that maximization begins, and the answer where it does not converge.  A wide prior, which the fit itself
// does not see, keeps a thin likelihood from running away.
[[nodiscard]] Eigen::VectorXd thin_start(const LikelihoodFunction& thin, const Eigen::VectorXd& plain,
                                         const std::vector<std::string>& names, NewtonOptions options);

}  // namespace detente
