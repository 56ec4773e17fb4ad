// Exact sums over the risk set without visiting all of it at every event.  With u_i, v_j the own parts of sender and
// receiver, c_ij the coded part and d_ij the pair part (layout.hpp),
//
//   sum_{i != j} exp(u_i + v_j + c_ij + d_ij)
//     = sum_{i != j} exp(u_i + v_j + c_ij)  +  sum_{(i,j) met} e^{u_i + v_j + c_ij} (e^{d_ij} - 1)
//
// and the gradient and information follow from the same sums weighted with x.  The first sum is a product where c_ij is
// that of a few groups (product_sums.hpp), and otherwise kept line by line (dense_line.hpp).  An event changes one sender,
// one receiver and a few pairs, so the sums are maintained: a changed cell costs one table entry or exponential, a changed
// sender one pass over its row, a changed receiver one over its column.  A pair that the risk set lacks takes its part of the
// first sum back; where the risk set is a list there is no first sum.
//
// Rounding: where less than 1e-5 of the first sum remains, all cells are visited; sums are made anew every `refresh_every` updates and whenever the total has fallen far below what it was, and
// drift() is the largest relative difference that any of these found.
#pragma once

#include <vector>

#include "base/large_pages.hpp"
#include "hazard/coded_parts.hpp"
#include "hazard/product_sums.hpp"
#include "hazard/risk_sums.hpp"

namespace detente {

class FactorisedSums final : public RiskSums {
 public:
  FactorisedSums(const Hazard& hazard, const Memory& memory, bool with_moments = true);

  void refresh(const Memory& memory, std::span<const double> theta) override;
  void update(const Memory& memory) override;
  void fade(const Memory& memory) override;
  [[nodiscard]] const Eigen::MatrixXd& moments() override;
  [[nodiscard]] double drift() const override { return drift_; }

  [[nodiscard]] double total_rate() override;
  [[nodiscard]] Dyad locate(double share) override;
  [[nodiscard]] std::unique_ptr<RiskSums> clone() const override { return std::make_unique<FactorisedSums>(*this); }

 private:
  static constexpr std::size_t refresh_every = 2048;

  // How many values of each part enter the moments: all, or none where only the rate is kept.
  struct Shape {
    std::size_t sender = 0, receiver = 0, coded = 0, pair = 0;
    [[nodiscard]] std::size_t own() const { return 1 + sender + receiver; }
    [[nodiscard]] std::size_t plain() const { return own() + coded; }
    [[nodiscard]] std::size_t size() const { return plain() + pair; }
  };
  // Own values of all actors: term by term, so that a line reads them in order.
  struct OwnValues {
    std::vector<double> weight;  // e^u or e^v; 0 for the absent
    std::vector<double> x;       // term x actor
  };

  // own parts
  double own_values(const Memory& memory, ActorId i, const std::vector<std::size_t>& terms, double* x) const;
  void set_own(const Memory& memory, ActorId i, const std::vector<std::size_t>& terms, OwnValues& own);
  [[nodiscard]] bool own_changed(const Memory& memory, ActorId i, const std::vector<std::size_t>& terms,
                                 const OwnValues& own);
  void change_sender(const Memory& memory, ActorId i);
  void change_receiver(const Memory& memory, ActorId j);
  void add_to_product(ActorId i, double sign);

  // pairs that have met
  [[nodiscard]] double* record_of(PairId pair) { return pair_.data() + pair * stride_; }
  void collect_pairs(const Memory& memory);
  PairId activate(const Memory& memory, Dyad dyad);
  void set_coded(const Memory& memory, PairId pair);
  void set_listed(const Memory& memory, PairId pair);
  void change_list(const Memory& memory);
  void set_pairs(const Memory& memory, std::span<const std::size_t> which);
  void change_pair(const Memory& memory, Dyad dyad);
  void change_pairs_of(const Memory& memory, ActorId i);
  void add_pair(PairId pair, double sign);

  // cells whose counts changed
  struct ChangedCell {
    Dyad dyad;
    double before, after;  // e^c
    std::size_t values;    // where the coded values stand: those before, then those after
  };
  void read_cells(std::span<const TwoPathChange> changes);
  void change_cells(const Memory& memory);
  void change_run(std::size_t begin, std::size_t end, bool is_row);

  // lines
  void read_dense(ActorId actor, bool is_row);  // moments of its partners, into dense_line_
  void read_met(ActorId actor, bool is_row);    // of those it has met, into met_line_
  void read_met(std::span<const Partner> met, bool is_row);
  void read_line(ActorId actor, bool is_row);
  void add_line(ActorId actor, bool is_row, double sign);
  void add_dense(ActorId actor, bool is_row, double sign);
  void add_met(ActorId actor, bool is_row, double sign);
  [[nodiscard]] std::span<const double* const> columns(const OwnValues& own, std::size_t count);
  [[nodiscard]] double row_rate(ActorId i, std::span<const double> receivers);
  [[nodiscard]] double cell_rate(Dyad dyad);
  [[nodiscard]] double base_total() const;
  [[nodiscard]] bool cancels() const;  // too little of the first sum remains
  double visit_all(double* sum);

  void fill_own(Dyad dyad, double* z) const;
  void make_base();
  void make_met();
  void make_all(bool check);

  const Hazard* hazard_;
  std::shared_ptr<const Layout> shared_;  // by copies
  const Layout& layout_;
  RiskList list_;
  Shape shape_;
  CodedParts coded_;
  const Memory* memory_ = nullptr;
  bool listed_;  // the risk set is a list: there is no first sum
  bool keeps_pairs_;
  bool collected_ = false;
  bool dense_ = false;  // the first sum is kept line by line
  std::vector<double> theta_;
  OwnValues senders_, receivers_;
  PairTable active_;
  std::vector<Link> links_;          // by pair
  std::vector<double> listed_pair_;  // by pair: 1 where the risk set has it, else 0
  std::size_t stride_;               // of a pair's record
  LargeVector<double> pair_;         // by pair: e^c, e^d, coded values, pair values
  ProductSums product_;
  std::vector<double> base_;  // plain x plain: the first sum, where it is dense
  std::vector<double> met_;   // size x size: the second sum
  double drift_ = 0;
  double highest_total_ = 0;
  std::size_t updates_ = 0;
  Eigen::MatrixXd moments_;

  // scratch
  std::vector<double> x_, z_, dense_line_, met_line_, assembled_;
  std::vector<const double*> pointers_;
  std::vector<std::uint32_t> before_, after_;
  std::vector<TwoPathChange> sorted_;
  std::vector<ChangedCell> cells_;
  std::vector<double> cell_values_, run_;
  std::vector<Partner> run_partners_;
  std::vector<std::size_t> run_cells_;
  std::vector<std::size_t> in_run_;  // by actor: the run it was last seen in
  std::size_t runs_ = 0;
};

}  // namespace detente
