// The coefficients of a path: those estimated, or a draw from their posterior.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "estimate/fit.hpp"

namespace detente {

// Coefficients of every hazard of a model, in its order, and those that actors and pairs have of their own.
struct Coefficients {
  Coefficients() = default;
  Coefficients(std::initializer_list<Eigen::VectorXd> by_hazard) : fixed(by_hazard) {}

  std::vector<Eigen::VectorXd> fixed;
  std::vector<OwnValues> own;  // by slot (RandomTerms::first_slot); who is not in them has 0

  [[nodiscard]] const Eigen::VectorXd& operator[](std::size_t hazard) const { return fixed[hazard]; }
};

// Those estimated: the mode.
[[nodiscard]] Coefficients estimated_coefficients(const Fit& fit);

// Coefficients drawn from their posterior (Gaussian around the estimate), those of actors and pairs jointly with the
// others: draw number `draw`.  Draws come in antithetic
// pairs, 2n and 2n + 1 on opposite sides of the estimate, so that their mean varies less.
[[nodiscard]] Coefficients draw_coefficients(const Fit& fit, std::uint64_t seed, std::uint32_t draw);

}  // namespace detente
