#include "hazard/risk_sums.hpp"

#include <cmath>
#include <vector>

#include "hazard/factorised_sums.hpp"

namespace detente {
namespace {

// Visits every dyad at risk, a row at a time.
class BlockedSums final : public RiskSums {
 public:
  explicit BlockedSums(const Hazard& hazard)
      : hazard_(&hazard), z_(static_cast<Eigen::Index>(hazard.terms.size() + 1)) {
    moments_.resize(z_.size(), z_.size());
  }

  void refresh(const Memory& memory, std::span<const double> theta) override {
    theta_.assign(theta.begin(), theta.end());
    memory_ = &memory;
    stale_ = true;
  }

  void update(const Memory& memory) override {
    memory_ = &memory;
    stale_ = true;
  }

  void fade(const Memory& memory) override { update(memory); }

  const Eigen::MatrixXd& moments() override {
    if (!stale_) return moments_;
    moments_.setZero();
    for (ActorId i = 0; i < memory_->actors(); ++i)
      if (memory_->present(i)) add_row(i);
    moments_.triangularView<Eigen::StrictlyLower>() = moments_.transpose();
    stale_ = false;
    return moments_;
  }

  double total_rate() override {
    rates_.assign(memory_->actors() * memory_->actors(), 0.0);
    double total = 0;
    for (ActorId i = 0; i < memory_->actors(); ++i)
      for (ActorId j = 0; j < memory_->actors(); ++j)
        if (i != j && memory_->present(i) && memory_->present(j))
          total += rates_[i * memory_->actors() + j] = rate({i, j});
    return total;
  }

  Dyad locate(double share) override {
    double target = share * total_rate();
    Dyad last{no_id, no_id};
    for (std::size_t k = 0; k < rates_.size() && target > 0; ++k) {
      if (rates_[k] == 0) continue;
      last = {static_cast<ActorId>(k / memory_->actors()), static_cast<ActorId>(k % memory_->actors())};
      target -= rates_[k];
    }
    return last;
  }

  std::unique_ptr<RiskSums> clone() const override { return std::make_unique<BlockedSums>(*this); }

 private:
  double rate(Dyad dyad) {
    fill_terms(*hazard_, *memory_, dyad, std::span(z_.data() + 1, theta_.size()));
    double exponent = 0;
    for (std::size_t p = 0; p < theta_.size(); ++p) exponent += theta_[p] * z_(static_cast<Eigen::Index>(p + 1));
    return std::exp(exponent);
  }

  void add_row(ActorId i) {
    z_(0) = 1;
    for (ActorId j = 0; j < memory_->actors(); ++j) {
      if (j == i || !memory_->present(j)) continue;
      const double lambda = rate({i, j});  // fills z_
      moments_.selfadjointView<Eigen::Upper>().rankUpdate(z_, lambda);
    }
  }

  const Hazard* hazard_;
  const Memory* memory_ = nullptr;
  std::vector<double> theta_;
  std::vector<double> rates_;
  Eigen::VectorXd z_;
  Eigen::MatrixXd moments_;
  bool stale_ = true;
};

}  // namespace

std::unique_ptr<RiskSums> make_risk_sums(const Hazard& hazard, std::size_t actors, Evaluation evaluation, Keep keep) {
  if (evaluation != Evaluation::blocked && hazard.factors())
    return std::make_unique<FactorisedSums>(hazard, actors, keep == Keep::moments);
  return std::make_unique<BlockedSums>(hazard);
}

void fill_terms(const Hazard& hazard, const Memory& memory, Dyad dyad, std::span<double> x) {
  for (std::size_t p = 0; p < hazard.terms.size(); ++p) x[p] = hazard.terms[p].value(memory, dyad);
}

}  // namespace detente
