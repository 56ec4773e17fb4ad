// The coefficients of actors or pairs that a part of a record alone would give, everything else being known from the whole
// of it: beta and the variances Sigma are held, so that what differs from part to part is what the groups did.
//
//   maximize over b   l(beta, b) - 1/2 sum_g b_g' Sigma^-1 b_g        (random_effects.hpp)
#pragma once

#include "estimate/random_effects.hpp"

namespace detente {

struct HeldModes {  // of one by_actor(...) or by_pair(...)
  std::vector<Group> groups;
  Eigen::MatrixXd estimate;                  // groups x q
  std::vector<Eigen::MatrixXd> conditional;  // q x q by group: the inverse of its part of the information
  Eigen::MatrixXd events;                    // groups x q: those at which the term was not 0
  bool found = true;                         // the maximum
};

// One for each of `effects`, which come from a fit of the same hazard.  No groups where the table is empty or the
// maximum was not found.
[[nodiscard]] std::vector<HeldModes> held_modes(const RowTable& table, const Eigen::VectorXd& fixed,
                                                const std::vector<RandomEffects>& effects);

}  // namespace detente
