#include "estimate/profile.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace detente {
namespace {

constexpr double root_tolerance = 1e-5;   // of r(t), in standard errors
constexpr double inner_tolerance = 1e-7;  // of the decrement: the step that follows leaves far less
constexpr double found_tolerance = 1e-3;
constexpr int most_root_steps = 60;
constexpr int most_walled = 20;  // halvings towards where numbers overflow before the side counts as unbounded

// The profile on one side of the estimate.
class Side {
 public:
  Side(const LikelihoodFunction& likelihood, const std::vector<std::string>& names, const NewtonResult& fit,
       std::size_t coefficient, const ProfileOptions& options, int direction)
      : likelihood_(likelihood),
        names_(names),
        fit_(fit),
        p_(static_cast<Eigen::Index>(coefficient)),
        options_(options),
        direction_(direction),
        z_(normal_quantile_two_sided(options.level)),
        prior_(log_prior(options.newton, fit.estimate.size())),
        at_(fit.estimate) {
    newton_ = options.newton;
    newton_.tolerance = std::max(newton_.tolerance, inner_tolerance);
    newton_.fixed.assign(names.size(), false);
    newton_.fixed[coefficient] = true;
    const double variance = fit.covariance(p_, p_);
    error_ = variance > 0 && std::isfinite(variance) ? std::sqrt(variance) : 1;
    slope_ = variance > 0 ? Eigen::VectorXd(fit.covariance.col(p_) / variance) : Eigen::VectorXd::Zero(at_.size());
    slope_(p_) = 1;
  }

  // Distance from the estimate at which r crosses z; infinity when it does not.
  double distance() {
    double inside = 0;
    double outside = z_ * error_;
    Point point = profile(outside);
    while (point.r < z_ && !failed_ && outside < options_.furthest * z_ * error_) {
      inside = outside;
      outside *= 2;
      point = profile(outside);
    }
    if (failed_) return std::numeric_limits<double>::quiet_NaN();
    if (point.r < z_) return std::numeric_limits<double>::infinity();
    double t = outside;
    for (int k = 0; k < most_root_steps && std::abs(point.r - z_) > root_tolerance; ++k) {
      if (failed_) break;
      if (k >= most_walled && walled_) return std::numeric_limits<double>::infinity();
      (point.r < z_ ? inside : outside) = t;
      t = t - (point.r - z_) / point.slope;
      if (!(t > inside && t < outside)) t = 0.5 * (inside + outside);
      if (outside - inside < 1e-12 * error_) break;
      point = profile(t);
    }
    const bool found = !failed_ && std::abs(point.r - z_) < found_tolerance;
    return found ? t : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  struct Point {
    double r;      // sqrt(2 (l_max - l_profile)); infinity where there is no likelihood
    double slope;  // dr / d distance
  };

  Point profile(double distance) {
    const double t = fit_.estimate(p_) + direction_ * distance;
    Eigen::VectorXd start = at_ + (t - at_(p_)) * slope_;
    start(p_) = t;
    double pull = 0;  // the gradient along the fixed coefficient, of the last likelihood seen
    const LikelihoodFunction seen = [&](const Eigen::VectorXd& theta) {
      Likelihood l = likelihood_(theta);
      pull = l.gradient(p_);
      return l;
    };
    NewtonResult best = maximize(seen, start, names_, newton_);
    if (!std::isfinite(best.objective) && at_ != fit_.estimate) {  // the prediction led astray: from where others stood
      start = at_;
      start(p_) = t;
      best = maximize(seen, start, names_, newton_);
    }
    walled_ = walled_ || !std::isfinite(best.objective);
    if (!std::isfinite(best.objective)) return {std::numeric_limits<double>::infinity(), 0};
    if (best.objective < fit_.objective - 0.5 * z_ * z_) walled_ = false;
    if (best.status == FitStatus::not_converged) failed_ = true;
    at_ = best.estimate;
    const double r = std::sqrt(std::max(0.0, 2 * (fit_.objective - best.objective)));
    return {r, -direction_ * (pull + prior_(at_).gradient(p_)) / r};
  }

  const LikelihoodFunction& likelihood_;
  const std::vector<std::string>& names_;
  const NewtonResult& fit_;
  Eigen::Index p_;
  const ProfileOptions& options_;
  int direction_;
  double z_;
  LikelihoodFunction prior_;
  double error_;
  Eigen::VectorXd at_;     // the last point of the profile
  Eigen::VectorXd slope_;  // of the others along it
  NewtonOptions newton_;
  bool failed_ = false;
  bool walled_ = false;  // beyond the last point inside, the likelihood is no number
};

}  // namespace

ProfileInterval profile_interval(const LikelihoodFunction& likelihood, const std::vector<std::string>& names,
                                 const NewtonResult& fit, std::size_t coefficient, const ProfileOptions& options) {
  const double estimate = fit.estimate(static_cast<Eigen::Index>(coefficient));
  const auto distance = [&](int direction) {
    if (fit.run_away && fit.run_away->coefficient == coefficient && fit.run_away->direction == direction)
      return std::numeric_limits<double>::infinity();
    return Side(likelihood, names, fit, coefficient, options, direction).distance();
  };
  return {coefficient, estimate - distance(-1), estimate + distance(1)};
}

// Bisection on erf: exact to rounding and called once a run.
double normal_quantile_two_sided(double level) {
  double low = 0;
  double high = 40;
  for (int k = 0; k < 200; ++k) {
    const double middle = 0.5 * (low + high);
    (std::erf(middle / std::numbers::sqrt2) < level ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace detente
