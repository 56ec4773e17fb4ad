// Exact sums over the risk set without visiting all of it at every event.  With u_i, v_j the own parts of sender and
// receiver, c_ij the coded part and d_ij the pair part (layout.hpp),
//
//   sum_{i != j} exp(u_i + v_j + c_ij + d_ij)
//     = sum_{i != j} exp(u_i + v_j + c_ij)  +  sum_{(i,j) met} e^{u_i + v_j + c_ij} (e^{d_ij} - 1)
//
// and the gradient and information follow from the same sums weighted with x.  The first is plain_sum.hpp, the second
// met_sum.hpp, and what they are made of parts.hpp.  An event changes one sender, one receiver and a few pairs, so the sums
// are maintained: a changed cell costs one table entry or exponential, a changed sender one pass over its row, a changed
// receiver one over its column.  A pair that the risk set lacks takes its part of the first sum back; where the risk set is
// a list there is no first sum.
// Where rows alone are asked for (kind choice) no sum is kept, and a row's pairs are read when it is.
//
// Rounding: where less than 1e-5 of the first sum remains, all cells are visited; sums are made anew every `refresh_every`
// updates and whenever the total has fallen far below what it was, and drift() is the largest relative difference that any
// of these found.
#pragma once

#include <vector>

#include "hazard/changed_cells.hpp"
#include "hazard/met_sum.hpp"
#include "hazard/plain_sum.hpp"
#include "hazard/risk_sums.hpp"

namespace detente {

class FactorisedSums final : public RiskSums {
 public:
  FactorisedSums(const Hazard& hazard, const Memory& memory, Keep keep = Keep::moments);

  void refresh(const Memory& memory, std::span<const double> theta) override;
  void update(const Memory& memory) override;
  void fade(const Memory& memory) override;
  [[nodiscard]] const Eigen::MatrixXd& moments() override;
  [[nodiscard]] const Eigen::MatrixXd& row_moments(ActorId sender) override;
  [[nodiscard]] double drift() const override { return drift_; }

  [[nodiscard]] double total_rate() override;
  [[nodiscard]] Dyad locate(double share) override;
  [[nodiscard]] Dyad locate_from(ActorId sender, double share) override;
  [[nodiscard]] std::unique_ptr<RiskSums> clone() const override { return std::make_unique<FactorisedSums>(*this); }

 private:
  static constexpr std::size_t refresh_every = 2048;

  void change_cells();
  void change_list();
  void change_pair(Dyad dyad);
  void change_pairs_of(ActorId i);
  void change_touched_pairs();
  void change_own(ActorId actor, bool is_row);
  void make_all(bool check);

  [[nodiscard]] bool cancels(double first_sum) const;  // too little of it remains
  double visit_all(double* sum);
  double visit_line(ActorId i, double* sum);
  void assemble();
  [[nodiscard]] double visit_row(ActorId i);
  [[nodiscard]] ActorId locate_sender(double total, double& target);
  [[nodiscard]] ActorId locate_receiver(ActorId sender, double target);

  bool rows_only_;
  std::shared_ptr<const Layout> shared_;  // by copies
  const Layout& layout_;
  RiskList list_;
  Parts parts_;
  ChangedCells cells_;
  PlainSum plain_;  // the first sum
  MetSum met_;      // the second
  double drift_ = 0;
  double highest_total_ = 0;  // since the sums were made
  std::size_t updates_ = 0;
  Eigen::MatrixXd moments_;
  std::vector<double> assembled_, z_;  // scratch
};

}  // namespace detente
