#include "hazard/event_fit.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/tie_walk.hpp"

namespace detente {
namespace {

class Walk {
 public:
  Walk(const Record& record, const Model& model, const Hazard& hazard, const EventFitOptions& options,
       const Eigen::VectorXd& coefficients, const std::function<void(const EventFit&)>& take)
      : record_(record),
        hazard_(hazard),
        options_(options),
        take_(take),
        exact_(hazard.text.timing == Timing::exact),
        baseline_(exact_ ? coefficients(0) : 0),
        theta_(coefficients.data() + (exact_ ? 1 : 0), coefficients.data() + coefficients.size()),
        walk_(record, model.memory, hazard, options.first, options.until, exact_),
        sums_(hazard, walk_.memory(), options.evaluation, theta_),
        list_(hazard.risk_set),
        expected_(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(theta_.size() + 1))) {}

  EventFitRest run() {
    list_.refresh(walk_.memory());
    follow();
    while (walk_.next()) {
      expect(walk_.counted_before());
      walk_.arrive();
      follow();
      std::vector<EventFit> fits;
      for (const Event* event : walk_.modelled()) fits.push_back(begin(*event));
      if (hazard_.text.kind == HazardKind::choice) {
        for (EventFit& fit : fits) finish(std::span(&fit, 1));
      } else if (!fits.empty()) {
        finish(fits);
      }
      walk_.apply();
      follow();
    }
    expect(walk_.remaining());
    if (exact_) return {expected_(0), -expected_};
    return {0, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(theta_.size()))};
  }

 private:
  void expect(double time) {
    if (exact_ && time > 0) expected_ += std::exp(baseline_) * time * sums_->moments().col(0);
  }

  void follow() {
    list_.advance(walk_.memory());
    sums_.follow(walk_.memory());
  }

  [[nodiscard]] Eigen::VectorXd terms(Dyad dyad) const {
    Eigen::VectorXd x(static_cast<Eigen::Index>(theta_.size()));
    fill_terms(hazard_, walk_.memory(), dyad, std::span(x.data(), theta_.size()));
    return x;
  }

  [[nodiscard]] Dyad dyad_at(const EventFit& fit) const { return dyad_of(hazard_, record_.events[fit.event]); }

  [[nodiscard]] double linear(const Eigen::VectorXd& x) const {
    return x.dot(Eigen::Map<const Eigen::VectorXd>(theta_.data(), x.size()));
  }

  [[nodiscard]] EventFit begin(const Event& event) const {
    EventFit fit{};
    fit.event = static_cast<std::size_t>(&event - record_.events.data());
    fit.x = terms(dyad_of(hazard_, event));
    return fit;
  }

  // Events that share their alternatives.
  void finish(std::span<EventFit> fits) {
    const Eigen::MatrixXd& moments = sums_.moments_for(dyad_at(fits.front()));
    const auto count = static_cast<double>(fits.size());
    const bool efron = !exact_ && hazard_.text.simultaneous == Simultaneous::efron && fits.size() > 1;
    const Eigen::VectorXd tied = efron ? tied_sum(fits) : Eigen::VectorXd::Zero(moments.rows());
    double log_sum = 0;
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(moments.rows() - 1);
    const std::size_t sums = efron ? fits.size() : 1;
    for (std::size_t l = 0; l < sums; ++l) {
      const Eigen::VectorXd left = moments.col(0) - (static_cast<double>(l) / count) * tied;
      log_sum += std::log(left(0)) / static_cast<double>(sums);
      mean += left.tail(mean.size()) / left(0) / static_cast<double>(sums);
    }
    for (EventFit& fit : fits) {
      fit.mean = mean;
      fit.log_probability = linear(fit.x) - log_sum;
      fit.score = fit.x - mean;
      fit.at_risk = alternatives(hazard_, list_, walk_.memory(), dyad_at(fit));
      if (exact_) set_exact(fit, count);
      if (options_.ranks) fit.rank = rank_of(fit);
      take_(fit);
    }
    expected_.setZero();
  }

  // Each dyad once, however often it acts at this time.
  [[nodiscard]] Eigen::VectorXd tied_sum(std::span<const EventFit> fits) const {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(theta_.size() + 1));
    for (const EventFit& fit : fits) {
      if (!walk_.acts_first(record_.events[fit.event])) continue;
      const double rate = std::exp(linear(fit.x));
      sum(0) += rate;
      sum.tail(fit.x.size()) += rate * fit.x;
    }
    return sum;
  }

  void set_exact(EventFit& fit, double sharing) const {
    fit.log_intensity = baseline_ + linear(fit.x);
    fit.compensator = expected_(0) / sharing;
    fit.score = -expected_ / sharing;
    fit.score(0) += 1;
    fit.score.tail(fit.x.size()) += fit.x;
  }

  [[nodiscard]] double rank_of(const EventFit& fit) const {
    const double own = linear(fit.x);
    std::size_t above = 0;
    std::size_t equal = 0;
    for_each_alternative(hazard_, list_, walk_.memory(), dyad_at(fit), [&](Dyad dyad) {
      const double other = linear(terms(dyad));
      above += other > own ? 1 : 0;
      equal += other == own ? 1 : 0;
    });
    return static_cast<double>(above) + 0.5 * static_cast<double>(equal + 1);
  }

  const Record& record_;
  const Hazard& hazard_;
  const EventFitOptions& options_;
  const std::function<void(const EventFit&)>& take_;
  bool exact_;
  double baseline_;
  std::vector<double> theta_;
  TieWalk walk_;
  FollowingSums sums_;
  RiskList list_;
  Eigen::VectorXd expected_;  // integral of e^beta S (1, mean) since the event before
};

}  // namespace

double EventFit::deviance_residual() const {
  if (std::isnan(log_intensity)) return std::sqrt(std::max(0.0, -2 * log_probability));
  if (!(compensator > 0)) return std::numeric_limits<double>::quiet_NaN();
  const double deviance = 2 * (compensator - 1 - std::log(compensator));
  return std::copysign(std::sqrt(std::max(0.0, deviance)), 1 - compensator);
}

EventFitRest for_each_event_fit(const Record& record, const Model& model, const Hazard& hazard,
                                const EventFitOptions& options, const Eigen::VectorXd& coefficients,
                                const std::function<void(const EventFit&)>& take) {
  return Walk(record, model, hazard, options, coefficients, take).run();
}

}  // namespace detente
