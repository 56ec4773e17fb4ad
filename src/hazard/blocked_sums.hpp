// Exact sums over the risk set for any formula and any risk set, by visiting every dyad at risk, a block of them at a time:
// a term is read for a whole block, and so are exponentials and products.
#pragma once

#include <vector>

#include "hazard/risk_sums.hpp"

namespace detente {

class BlockedSums final : public RiskSums {
 public:
  explicit BlockedSums(const Hazard& hazard);

  void refresh(const Memory& memory, std::span<const double> theta) override;
  void update(const Memory& memory) override;
  void fade(const Memory& memory) override { update(memory); }
  [[nodiscard]] const Eigen::MatrixXd& moments() override;
  [[nodiscard]] const Eigen::MatrixXd& row_moments(ActorId sender) override;

  [[nodiscard]] double total_rate() override;
  [[nodiscard]] Dyad locate(double share) override;
  [[nodiscard]] Dyad locate_from(ActorId sender, double share) override;
  [[nodiscard]] std::unique_ptr<RiskSums> clone() const override { return std::make_unique<BlockedSums>(*this); }

 private:
  template <class Dyads, class Take>
  void in_blocks(Dyads dyads, Take take);  // of those that dyads(body) calls body with
  template <class Dyads>
  void add_up(Dyads dyads);
  template <class Dyads>
  [[nodiscard]] double rate_of(Dyads dyads);
  template <class Dyads>
  [[nodiscard]] Dyad locate_among(Dyads dyads, double target);
  void read_block();  // values of the links' terms into x_, their rates into rates_

  const Hazard* hazard_;
  RiskList list_;
  const Memory* memory_ = nullptr;
  std::vector<double> theta_;
  bool stale_ = true;
  Eigen::MatrixXd moments_;
  std::vector<Link> links_;             // of the block
  std::vector<std::vector<double>> x_;  // by term, by link
  std::vector<double> rates_;           // by link
};

}  // namespace detente
