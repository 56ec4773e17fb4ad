// Random models over the records of memory/reference: some terms of a list that has every kind of effect, transform and
// interaction, and coefficients to go with them.
#pragma once

#include <cstdint>

#include <Eigen/Dense>

#include "hazard/model.hpp"

namespace detente::reference {

struct RandomModel {
  std::uint64_t seed = 1;
  std::size_t terms = 3;
  bool factors = true;  // only terms whose sums factor
  HazardKind kind = HazardKind::tie;
  Timing timing = Timing::ordinal;
  Simultaneous simultaneous = Simultaneous::breslow;
  double tick = -1;
};

// One hazard over the traces all, goodwill and grievance (half-lives) and spotlight (a window).
[[nodiscard]] ModelSpec make_model(const RandomModel& options);
[[nodiscard]] Eigen::VectorXd make_coefficients(std::uint64_t seed, std::size_t size);

}  // namespace detente::reference
