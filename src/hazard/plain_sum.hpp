// The sum over all dyads of what is there without a pair part,
//
//   sum_{i != j} exp(u_i + v_j + c_ij) y y'      y = (1, own values, coded values)
//
// the first sum of factorised_sums.hpp.  Where the coded parts are those of a few groups it is a product, and a changed actor
// costs no more than those groups; else it is kept line by line, at one pass over a line for a changed actor and one cell
// for a changed count.  Where the risk set is a list it is zero.
#pragma once

#include "hazard/changed_cells.hpp"
#include "hazard/parts.hpp"
#include "hazard/product_sums.hpp"

namespace detente {

class PlainSum {
 public:
  explicit PlainSum(const Shape& shape);

  void make(Parts& parts);
  // A line changes with its actor: read() while the rest stands, add() with sign -1, the change, add() with sign 1.
  void read(Parts& parts, ActorId actor, bool is_row);
  void add(Parts& parts, ActorId actor, bool is_row, double sign);
  void change(Parts& parts, const ChangedRun& run);

  [[nodiscard]] double total(const Parts& parts) const;
  // Adds the upper triangle, in rows of `stride`.
  void add_moments(const Parts& parts, std::size_t stride, double* out) const;
  // Adds the moments of sender i's row to an upper triangle in rows of `stride`; returns its sum.
  double add_row(Parts& parts, ActorId i, std::size_t stride, double* out);
  // The sum of sender i's row without its own weight; `receivers` has the sums of the receivers' weights by group.
  [[nodiscard]] double row(Parts& parts, ActorId i, std::span<const double> receivers);

 private:
  void read_line(Parts& parts, ActorId actor, bool is_row);
  void add_line(Parts& parts, ActorId actor, bool is_row, double sign);
  void add_to_product(const Parts& parts, ActorId i, double sign);

  ProductSums product_;
  std::vector<double> sum_;   // plain x plain, where it is kept by lines
  std::vector<double> line_;  // the line read last
  std::vector<double> row_;   // of one sender
  std::vector<double> run_;   // of a run's cells: weight, then values term by term
  std::vector<const double*> columns_;
};

}  // namespace detente
