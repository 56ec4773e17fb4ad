// Exact sums over the full risk set without visiting it.  With u_i, v_j the sender and receiver parts of theta x and d_ij
// the dyad part, zero unless the pair is active,
//
//   sum_{i != j} exp(u_i + v_j + d_ij)
//     = (sum_i e^{u_i})(sum_j e^{v_j}) - sum_i e^{u_i + v_i} + sum_{(i,j) active} e^{u_i + v_j} (e^{d_ij} - 1)
//
// and the gradient and information follow from the same sums weighted with x.  An event changes one sender, one receiver
// and a few pairs, so the sums are maintained: a changed pair costs one exponential, a changed sender one pass over its
// row of active pairs, a changed receiver one over its column.  Rounding is bounded by making the sums anew every
// `refresh_every` updates, and whenever the total has fallen far below what it was.
#pragma once

#include <vector>

#include "hazard/risk_sums.hpp"

namespace detente {

class FactorisedSums final : public RiskSums {
 public:
  FactorisedSums(const Hazard& hazard, std::size_t actors, bool with_moments = true);

  void refresh(const Memory& memory, std::span<const double> theta) override;
  void update(const Memory& memory) override;
  void fade(const Memory& memory) override;
  [[nodiscard]] const Eigen::MatrixXd& moments() override;

  [[nodiscard]] double total_rate() override;
  [[nodiscard]] Dyad locate(double share) override;
  [[nodiscard]] std::unique_ptr<RiskSums> clone() const override { return std::make_unique<FactorisedSums>(*this); }

 private:
  static constexpr std::size_t refresh_every = 2048;

  struct Layout {                                     // positions in z = (1, sender terms, receiver terms, dyad terms)
    std::vector<std::size_t> sender, receiver, dyad;  // indices of terms
    std::size_t s = 0, r = 0, d = 0;
    bool sender_drifts = false, receiver_drifts = false;  // does any change with time alone?
    std::vector<std::size_t> drifting_dyad,
        shifting_dyad;  // positions in `dyad` of those that do, or shift with any event
    [[nodiscard]] std::size_t size() const { return 1 + s + r + d; }
    [[nodiscard]] std::size_t first_dyad() const { return 1 + s + r; }
  };

  void set_sender(const Memory& memory, ActorId i);
  void set_receiver(const Memory& memory, ActorId j);
  void set_pair(const Memory& memory, PairId pair);
  void set_pair_terms(const Memory& memory, PairId pair, std::span<const std::size_t> which);
  void set_all(const Memory& memory, bool senders, bool receivers, std::span<const std::size_t> dyad_terms);
  PairId activate(Dyad dyad);
  [[nodiscard]] bool pair_changed(const Memory& memory, Dyad dyad);
  void change_pair(const Memory& memory, Dyad dyad);
  void change_pairs_of(const Memory& memory, ActorId i);
  void change_sender(const Memory& memory, ActorId i);
  void change_receiver(const Memory& memory, ActorId j);

  void add_pair(PairId pair, double sign);
  void add_actor(ActorId i, double sign);  // independent part and diagonal
  void row_moments(ActorId i);             // into full_ and plain_
  void column_moments(ActorId j);
  void add_row(ActorId i, double sign);  // full_ and plain_ weighted with the sender's part
  void add_column(ActorId j, double sign);
  void add_line(double weight, const double* own_x, std::size_t own, std::size_t own_size, std::size_t first,
                std::size_t partner_size);
  void make_totals();

  const Hazard* hazard_;
  Layout layout_;
  bool with_moments_;
  bool zeros_wake_;
  std::vector<double> theta_;
  std::vector<double> a_, b_;                  // e^{u_i}, e^{v_j}; 0 for the absent
  std::vector<double> sender_x_, receiver_x_;  // actors x s, actors x r
  PairTable active_;
  std::size_t stride_ = 1;                                           // 1 + d
  std::vector<double> pair_;                                         // active pairs x (e^{d_ij}, dyad values)
  std::vector<double> scratch_;                                      // d
  std::vector<double> z_;                                            // 1+P
  std::vector<double> full_, plain_;                                 // moments of a row or column (line_moments.hpp)
  std::vector<double> factor_;                                       // 1+P, of add_line
  std::vector<std::size_t> position_;                                // 1+P, of add_line
  std::vector<double> senders_, receivers_, diagonal_, active_sum_;  // (1+P)^2 each, upper triangles
  std::size_t updates_ = 0;
  double highest_total_ = 0;
  Eigen::MatrixXd moments_;
};

}  // namespace detente
