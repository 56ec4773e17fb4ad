#include "simulate/coefficients.hpp"

#include "base/random.hpp"
#include "hazard/random_terms.hpp"

namespace detente {

Coefficients estimated_coefficients(const Fit& fit) {
  Coefficients theta;
  for (const HazardFit& one : fit.hazards) {
    theta.fixed.push_back(one.newton.estimate);
    place_own_values(one.random, one.own.mode, theta.own);
  }
  return theta;
}

Coefficients draw_coefficients(const Fit& fit, std::uint64_t seed, std::uint32_t draw) {
  Coefficients theta;
  const double side = draw % 2 == 0 ? 1 : -1;
  for (std::size_t k = 0; k < fit.hazards.size(); ++k) {
    const NewtonResult& newton = fit.hazards[k].newton;
    const Eigen::Index fixed = newton.estimate.size();
    Eigen::VectorXd z(fixed + fit.hazards[k].own.mode.size());
    for (Eigen::Index p = 0; p < z.size(); ++p)
      z(p) = side *
             normal({seed, draw / 2, Purpose::posterior, static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(p)});
    const Eigen::LLT<Eigen::MatrixXd> factor(newton.covariance);
    const bool usable = newton.status != FitStatus::no_events && factor.info() == Eigen::Success;
    Eigen::VectorXd change = Eigen::VectorXd::Zero(fixed);
    if (usable) change = factor.matrixL() * z.head(fixed);
    theta.fixed.emplace_back(newton.estimate + change);
    if (fit.hazards[k].random.empty()) continue;
    const Eigen::VectorXd own = own_given(fit.hazards[k].own, change, z.tail(z.size() - fixed));
    place_own_values(fit.hazards[k].random, own, theta.own);
  }
  return theta;
}

}  // namespace detente
