// The sum over the pairs that have met of what their pair parts change,
//
//   sum_{(i,j) met} e^{u_i + v_j + c_ij} (e^{d_ij} z z' - y y')      y = (1, own values, coded values), z = (y, pair values)
//
// the second sum of factorised_sums.hpp; where the risk set is a list there is nothing to take back and y y' falls away.  A
// changed pair costs one cell, a changed actor one pass over those it has met.
#pragma once

#include "hazard/changed_cells.hpp"
#include "hazard/parts.hpp"

namespace detente {

class MetSum {
 public:
  explicit MetSum(const Shape& shape);

  void make(Parts& parts);
  // A line changes with its actor: read() while the rest stands, add() with sign -1, the change, add() with sign 1.
  void read(Parts& parts, ActorId actor, bool is_row);
  void add(Parts& parts, ActorId actor, bool is_row, double sign);
  // A pair changes between adding it with sign -1 and with sign 1.
  void add_pair(const Parts& parts, PairId pair, double sign);
  // Sets the pairs' coded parts.
  void change(Parts& parts, const ChangedRun& run);

  [[nodiscard]] double total() const { return sum_[0]; }
  [[nodiscard]] const std::vector<double>& moments() const { return sum_; }
  // Adds the moments of sender i's row to an upper triangle of the whole size.
  void add_row(Parts& parts, ActorId i, double* out);
  // The sum of sender i's row without its own weight.
  [[nodiscard]] double row(Parts& parts, ActorId i);

 private:
  void read(Parts& parts, std::span<const Partner> met, bool is_row);

  std::vector<double> sum_;   // size x size, upper triangle
  std::vector<double> line_;  // the line read last
  std::vector<double> z_;
  std::vector<Partner> run_;  // pairs of a run, and their cells
  std::vector<const ChangedCell*> run_cells_;
};

}  // namespace detente
