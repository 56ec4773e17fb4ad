// Random models over the records of memory/reference: some terms of a list that has every kind of effect, transform and
// interaction, and coefficients to go with them.
#pragma once

#include <cstdint>
#include <string>

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
  std::string at_risk = "all";
  bool directed = true;
  PairsAtRisk pairs = PairsAtRisk::met;
  std::size_t marks = 0;  // 2 or 3: then about half of the terms are by_mark(...)
};

// One hazard over the traces all, goodwill and grievance (half-lives) and spotlight (a window).
[[nodiscard]] ModelSpec make_model(const RandomModel& options);
// With dyads of the record, where its risk set is a file of them.
[[nodiscard]] ModelSpec make_model(const RandomModel& options, const Record& record);

// Rows of a file of dyads: some dyads for all time, some for one or two stretches of it, which may meet or overlap.
[[nodiscard]] std::vector<DyadText> make_dyads(std::uint64_t seed, const Record& record);

[[nodiscard]] Eigen::VectorXd make_coefficients(std::uint64_t seed, std::size_t size);

}  // namespace detente::reference
