#include "hazard/risk_sums.hpp"

#include <cmath>
#include <vector>

#include "hazard/factorised_sums.hpp"

namespace detente {
namespace {

// Visits every dyad at risk.
class BlockedSums final : public RiskSums {
 public:
  explicit BlockedSums(const Hazard& hazard)
      : hazard_(&hazard), list_(hazard.risk_set), z_(static_cast<Eigen::Index>(hazard.terms.size() + 1)) {
    moments_.resize(z_.size(), z_.size());
  }

  void refresh(const Memory& memory, std::span<const double> theta) override {
    theta_.assign(theta.begin(), theta.end());
    list_.refresh(memory);
    memory_ = &memory;
    stale_ = true;
  }

  void update(const Memory& memory) override {
    list_.advance(memory);
    memory_ = &memory;
    stale_ = true;
  }

  void fade(const Memory& memory) override { update(memory); }

  const Eigen::MatrixXd& moments() override {
    if (!stale_) return moments_;
    moments_.setZero();
    z_(0) = 1;
    for_each_at_risk(hazard_->risk_set, list_, *memory_, [&](Dyad dyad) {
      const double lambda = rate(dyad);  // fills z_
      moments_.selfadjointView<Eigen::Upper>().rankUpdate(z_, lambda);
    });
    moments_.triangularView<Eigen::StrictlyLower>() = moments_.transpose();
    stale_ = false;
    return moments_;
  }

  double total_rate() override {
    rates_.clear();
    double total = 0;
    for_each_at_risk(hazard_->risk_set, list_, *memory_, [&](Dyad dyad) {
      rates_.push_back({dyad, rate(dyad)});
      total += rates_.back().rate;
    });
    return total;
  }

  Dyad locate(double share) override {
    double target = share * total_rate();
    Dyad last{no_id, no_id};
    for (std::size_t k = 0; k < rates_.size() && target > 0; ++k) {
      if (rates_[k].rate == 0) continue;
      last = rates_[k].dyad;
      target -= rates_[k].rate;
    }
    return last;
  }

  std::unique_ptr<RiskSums> clone() const override { return std::make_unique<BlockedSums>(*this); }

 private:
  struct DyadRate {
    Dyad dyad;
    double rate;
  };

  double rate(Dyad dyad) {
    fill_terms(*hazard_, *memory_, dyad, std::span(z_.data() + 1, theta_.size()));
    double exponent = 0;
    for (std::size_t p = 0; p < theta_.size(); ++p) exponent += theta_[p] * z_(static_cast<Eigen::Index>(p + 1));
    return std::exp(exponent);
  }

  const Hazard* hazard_;
  RiskList list_;
  const Memory* memory_ = nullptr;
  std::vector<double> theta_;
  std::vector<DyadRate> rates_;  // of the dyads at risk
  Eigen::VectorXd z_;
  Eigen::MatrixXd moments_;
  bool stale_ = true;
};

}  // namespace

std::unique_ptr<RiskSums> make_risk_sums(const Hazard& hazard, const Memory& memory, Evaluation evaluation, Keep keep) {
  if (evaluation != Evaluation::blocked && hazard.factors())
    return std::make_unique<FactorisedSums>(hazard, memory, keep == Keep::moments);
  return std::make_unique<BlockedSums>(hazard);
}

void fill_terms(const Hazard& hazard, const Memory& memory, Dyad dyad, std::span<double> x) {
  const bool directed = hazard.risk_set.directed();
  for (std::size_t p = 0; p < hazard.terms.size(); ++p)
    x[p] = directed ? hazard.terms[p].value(memory, dyad) : hazard.terms[p].value_both_ways(memory, dyad);
}

}  // namespace detente
