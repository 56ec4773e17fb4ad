// What an information matrix says about the effects: those that never vary, those that are combinations of others, and
// how near to that the rest are.
//
// Effects are taken in the order of the formula; each is regressed on those before it that were kept (a Cholesky factor of
// the information as a correlation matrix, a row at a time).  One whose residual variance is none is a combination of them,
// and the regression gives its coefficients.  The condition number (Belsley, Kuh & Welsch 1980, with the baseline taken
// out) is the ratio of the largest to the smallest eigenvalue of the correlations that are left.
#pragma once

#include <string>
#include <vector>

#include <Eigen/Dense>

namespace detente {

struct Collinearity {
  std::string exact;   // a sentence for each effect the record says nothing about; empty when there is none
  std::string nearly;  // a sentence when the condition number is above `nearly_collinear_above`
  double condition_number = 1;
};

inline constexpr double nearly_collinear_above = 1000;

// `information` (P x P, minus the Hessian) of the coefficients `names`; one named "baseline" stands first where there is
// one, or one for each mark, and then a combination is exact, else it holds but for what is the same for everyone at risk.
// `unit` is what is at risk: "dyad" or "tie".
[[nodiscard]] Collinearity find_collinearity(const Eigen::MatrixXd& information, const std::vector<std::string>& names,
                                             const std::string& unit);

}  // namespace detente
