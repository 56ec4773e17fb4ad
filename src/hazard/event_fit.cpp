#include "hazard/event_fit.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/coordination_likelihood.hpp"
#include "hazard/marked_sums.hpp"

namespace detente {
namespace {

constexpr unsigned panels_in_one_pass =
    4;  // of the integral of a hazard that fades: there is no second pass to refine it

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
        places_(hazard),
        walk_(record, model.memory, hazard, options.first, options.until, exact_),
        sums_(hazard, places_, walk_.memory(), options.evaluation, coefficients),
        list_(hazard.risk_set),
        lead_(exact_ ? static_cast<Eigen::Index>(places_.marks()) : 1),
        z_(Eigen::VectorXd::Ones(static_cast<Eigen::Index>(hazard.terms.size() + 1))),
        row_(Eigen::VectorXd::Zero(places_.rows())),
        expected_(Eigen::VectorXd::Zero(places_.rows())) {
    walk_.cut_panels(panels_in_one_pass);
  }

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
    if (exact_) return {total(expected_), -expected_};
    return {0, Eigen::VectorXd::Zero(places_.rows() - lead_)};
  }

 private:
  void expect(double time) {
    if (exact_ && time > 0) expected_ += std::exp(baseline_) * time * sums_of(sums_.moments());
  }

  // What stands before x adds up to S: a 1, or the baselines of the marks.
  [[nodiscard]] double total(const Eigen::VectorXd& sums) const { return sums.head(lead_).sum(); }
  // sum of lambda and of lambda x, from their moments.
  [[nodiscard]] Eigen::VectorXd sums_of(const Eigen::MatrixXd& moments) const {
    return moments.leftCols(lead_).rowwise().sum();
  }

  void follow() {
    list_.advance(walk_.memory());
    sums_.follow(walk_.memory());
  }

  struct Act {
    Dyad dyad;
    std::size_t mark;
  };
  [[nodiscard]] Act act_of(const Event& event) const { return {dyad_of(hazard_, event), hazard_.mark_of(event.type)}; }
  [[nodiscard]] Act act_at(const EventFit& fit) const { return act_of(record_.events[fit.event]); }

  // Fills row_; theta x, with the mark's baseline less that of the first.
  double score(const Act& act) {
    fill_terms(hazard_, walk_.memory(), act.dyad, std::span(z_.data() + 1, hazard_.terms.size()));
    places_.spread(act.mark, z_, row_);
    return sums_.score(act.mark, z_);
  }

  [[nodiscard]] EventFit begin(const Event& event) {
    EventFit fit{};
    fit.event = static_cast<std::size_t>(&event - record_.events.data());
    fit.log_probability = score(act_of(event));  // less log S, once that is known
    fit.x = row_.tail(row_.size() - lead_);
    return fit;
  }

  // Events that share their alternatives.
  void finish(std::span<EventFit> fits) {
    const Eigen::VectorXd sums = sums_of(sums_.moments_for(act_at(fits.front()).dyad));
    const auto count = static_cast<double>(fits.size());
    const bool efron = !exact_ && hazard_.text.simultaneous == Simultaneous::efron && fits.size() > 1;
    const Eigen::VectorXd tied = efron ? tied_sum(fits) : Eigen::VectorXd::Zero(sums.size());
    double log_sum = 0;
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(sums.size() - lead_);
    const std::size_t taken = efron ? fits.size() : 1;
    for (std::size_t l = 0; l < taken; ++l) {
      const Eigen::VectorXd left = sums - (static_cast<double>(l) / count) * tied;
      log_sum += std::log(total(left)) / static_cast<double>(taken);
      mean += left.tail(mean.size()) / total(left) / static_cast<double>(taken);
    }
    for (EventFit& fit : fits) {
      if (exact_) set_exact(fit, count);
      fit.log_probability -= log_sum;
      fit.mean = mean;
      if (!exact_) fit.score = fit.x - mean;
      fit.at_risk = places_.marks() * alternatives(hazard_, list_, walk_.memory(), act_at(fit).dyad);
      if (options_.ranks) fit.rank = rank_of(fit);
      take_(fit);
    }
    expected_.setZero();
  }

  // Each act once, however often it happens at this time.
  [[nodiscard]] Eigen::VectorXd tied_sum(std::span<const EventFit> fits) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(row_.size());
    for (const EventFit& fit : fits) {
      if (!walk_.acts_first(record_.events[fit.event])) continue;
      const double rate = std::exp(score(act_at(fit)));
      sum += rate * row_;
    }
    return sum;
  }

  // While log_probability is the score yet.
  void set_exact(EventFit& fit, double sharing) const {
    fit.log_intensity = baseline_ + fit.log_probability;
    fit.compensator = total(expected_) / sharing;
    fit.score = -expected_ / sharing;
    const auto mark = static_cast<Eigen::Index>(act_at(fit).mark);
    fit.score(mark) += 1;
    fit.score.tail(fit.x.size()) += fit.x;
  }

  [[nodiscard]] double rank_of(const EventFit& fit) {
    const Act act = act_at(fit);
    const double own = score(act);
    std::size_t above = 0;
    std::size_t equal = 0;
    for_each_alternative(hazard_, list_, walk_.memory(), act.dyad, [&](Dyad dyad) {
      for (std::size_t mark = 0; mark < places_.marks(); ++mark) {
        const double other = score({dyad, mark});
        above += other > own ? 1 : 0;
        equal += other == own ? 1 : 0;
      }
    });
    return static_cast<double>(above) + 0.5 * static_cast<double>(equal + 1);
  }

  const Record& record_;
  const Hazard& hazard_;
  const EventFitOptions& options_;
  const std::function<void(const EventFit&)>& take_;
  bool exact_;
  double baseline_;  // of the first mark
  MarkPlaces places_;
  TieWalk walk_;
  MarkedSums sums_;
  RiskList list_;
  Eigen::Index lead_;  // of a row: what stands before x
  Eigen::VectorXd z_;
  Eigen::VectorXd row_;
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
  if (!hazard.coordinates()) return Walk(record, model, hazard, options, coefficients, take).run();
  for_each_coordination_fit(record, model, hazard, options, coefficients, take);
  return {0, Eigen::VectorXd::Zero(coefficients.size())};
}

}  // namespace detente
