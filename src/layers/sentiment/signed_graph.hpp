// What a matrix of sentiments says as a signed graph: its camps, its balanced triads, its energy.  The graph is undirected:
// the sign between two is that of X_ij + X_ji.
//
//   energy = -(sum over triads of x_ij x_jk x_ki) / (number of triads),   x = (X + X')/2
//
// Marvel, Strogatz & Kleinberg (2009), equation 1, with x in place of signs; camps from the leading eigenvector as in Marvel,
// Kleinberg, Kleinberg & Strogatz (2011).
#pragma once

#include <vector>

#include <Eigen/Core>

namespace detente {

// +1 or -1 by the leading eigenvector's sign, 0 for those it leaves out (below a thousandth of its largest entry); the first
// that is not 0 is +1.  `clear`: entries all below it in size make a neutral group, with no camps: all 0.
[[nodiscard]] std::vector<int> camps_of(const Eigen::MatrixXd& X, double clear = 0.01);
[[nodiscard]] int number_of_camps(const std::vector<int>& camps);  // 0, 1 or 2

// Share of the triads that are balanced (product of signs +); NaN with no triad whose three signs are known.
[[nodiscard]] double balanced_share(const Eigen::MatrixXd& X);
// In [-1, 1] for X in [-1, 1]; NaN for fewer than three.
[[nodiscard]] double balance_energy(const Eigen::MatrixXd& X);

}  // namespace detente
