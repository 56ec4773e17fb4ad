// A state moved on by y' = f(t, y) with its own step length: Dormand & Prince (1980), 5(4) with local extrapolation.
// A step is taken when its estimated error is within tolerance * (1 + |y|) in every entry.
#pragma once

#include <functional>

#include <Eigen/Core>

namespace detente {

using OdeRate = std::function<Eigen::VectorXd(double t, const Eigen::VectorXd& y)>;

// y at t = length, from y at t = 0.
[[nodiscard]] Eigen::VectorXd integrate_ode(const OdeRate& rate, Eigen::VectorXd y, double length, double tolerance);

}  // namespace detente
