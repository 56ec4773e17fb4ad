// Profile-likelihood intervals: the values of a coefficient that a likelihood-ratio test does not reject, with all others
// at their best beside it (Venzon & Moolgavkar 1988).
//
//   { t : 2 (l(estimate) - max over the others of l(t, others)) <= chi2_1(level) }
//
// With a prior l is the penalized log-likelihood, as in the fit.  Each end is a root of r(t) = sqrt(2 (l_max - l_p(t))),
// nearly linear in t, whose slope the gradient gives (the envelope theorem): Newton inside a bracket.  An end that the
// profile does not reach within `furthest` Wald half-widths is unbounded.
#pragma once

#include <vector>

#include "estimate/newton.hpp"

namespace detente {

struct ProfileInterval {
  std::size_t coefficient;
  double low;   // -infinity when unbounded below, NaN when no maximum was found on the way
  double high;  // +infinity, likewise
};

struct ProfileOptions {
  double level = 0.95;
  double furthest = 64;
  NewtonOptions newton{};  // as for the fit
};

// `fit` is the maximum: its estimate, covariance and objective are where the search begins.
[[nodiscard]] ProfileInterval profile_interval(const LikelihoodFunction& likelihood,
                                               const std::vector<std::string>& names, const NewtonResult& fit,
                                               std::size_t coefficient, const ProfileOptions& options);

// z with P(|Z| < z) = level, for a standard normal Z.
[[nodiscard]] double normal_quantile_two_sided(double level);

}  // namespace detente
