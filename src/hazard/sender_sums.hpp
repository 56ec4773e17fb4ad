// Sums over the actors who may act, for a hazard of kind rate (who acts): its terms are of the sender alone,
//
//   moments = sum over i at risk of   lambda_i z_i z_i'      z = (1, x_1 ... x_P)
//
// A changed actor costs its own values; the sums are one pass over the actors where they are asked for.
#pragma once

#include "hazard/own_parts.hpp"
#include "hazard/risk_sums.hpp"

namespace detente {

class SenderSums final : public RiskSums {
 public:
  SenderSums(const Hazard& hazard, std::size_t actors);

  void refresh(const Memory& memory, std::span<const double> theta) override;
  void update(const Memory& memory) override;
  void fade(const Memory& memory) override;
  [[nodiscard]] const Eigen::MatrixXd& moments() override;
  [[nodiscard]] const Eigen::MatrixXd& row_moments(ActorId sender) override;

  [[nodiscard]] double total_rate() override { return moments()(0, 0); }
  // The sender in which the share falls, twice: towards whom is another hazard's.
  [[nodiscard]] Dyad locate(double share) override;
  [[nodiscard]] Dyad locate_from(ActorId sender, double) override { return {sender, no_id}; }
  [[nodiscard]] std::unique_ptr<RiskSums> clone() const override { return std::make_unique<SenderSums>(*this); }

 private:
  std::shared_ptr<const Layout> layout_;  // by copies
  OwnParts senders_;
  bool stale_ = true;
  Eigen::MatrixXd moments_;
};

}  // namespace detente
