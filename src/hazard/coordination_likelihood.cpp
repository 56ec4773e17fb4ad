#include "hazard/coordination_likelihood.hpp"

#include <cmath>

#include "hazard/coordination_sums.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {
namespace {

// Calls take(walk, list) at each moment with events that are modelled, before they happen; returns the walk at its end.
template <class Take>
TieWalk for_each_meeting(const Record& record, const Model& model, const Hazard& hazard, std::size_t first, Time until,
                         Take take) {
  TieWalk walk(record, model.memory, hazard, first, until, false);
  RiskList list(hazard.risk_set);
  list.refresh(walk.memory());
  while (walk.next()) {
    walk.arrive();
    list.advance(walk.memory());
    if (!walk.modelled().empty()) take(walk, list);
    walk.apply();
    list.advance(walk.memory());
    walk.memory().clear_touched();
  }
  return walk;
}

// Ties averaged, as of log-probabilities that lie within rounding of each other.
double rank_among(std::span<const double> all, double own) {
  constexpr double alike = 1e-12;
  double above = 0, equal = 0;
  for (const double other : all) {
    above += other > own + alike ? 1 : 0;
    equal += std::abs(other - own) <= alike ? 1 : 0;
  }
  return above + 0.5 * (equal + 1);
}

}  // namespace

CoordinationLikelihood::CoordinationLikelihood(const Record& record, const Model& model, const Hazard& hazard,
                                               CoordinationOptions options)
    : record_(&record), model_(&model), hazard_(&hazard), options_(std::move(options)) {
  const auto count = [&](const TieWalk& walk, RiskList& list) {
    events_ += walk.modelled().size();
    at_risk_ += static_cast<double>(walk.modelled().size() * list.size(walk.memory()));
  };
  const TieWalk walk = for_each_meeting(record, model, hazard, options_.first, options_.until, count);
  outside_lifetime_ = walk.outside_lifetime();
  outside_risk_set_ = walk.outside_risk_set();
}

CoordinationLikelihood::Both CoordinationLikelihood::both(const Eigen::VectorXd& coefficients) const {
  const Eigen::Index size = coefficients.size();
  Both sum{zero_likelihood(size), Eigen::MatrixXd::Zero(size, size)};
  CoordinationSums sums(*hazard_);
  const auto add = [&](const TieWalk& walk, const RiskList& list) {
    sums.read(walk.memory(), list, coefficients);
    for (const Event* event : walk.modelled()) {
      const std::size_t pair = sums.place_of(dyad_of(*hazard_, *event));
      sum.observed.value += sums.log_probabilities()[pair];
      sum.observed.gradient += sums.relative(pair) - sums.mean();
      sum.observed.information += sums.observed_information(pair);
      sum.expected += sums.expected_information();
    }
    if (options_.progress) options_.progress(walk.seen());
  };
  for_each_meeting(*record_, *model_, *hazard_, options_.first, options_.until, add);
  return sum;
}

Likelihood CoordinationLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
  Both sum = both(coefficients);
  if (sum.observed.information.llt().info() != Eigen::Success) sum.observed.information = std::move(sum.expected);
  refuse_unless_finite(sum.observed);
  return std::move(sum.observed);
}

std::vector<std::string> CoordinationLikelihood::names() const {
  std::vector<std::string> names;
  for (const Term& term : hazard_->terms) names.push_back(term.name());
  return names;
}

Eigen::VectorXd CoordinationLikelihood::start() const {
  return Eigen::VectorXd::Zero(static_cast<Eigen::Index>(hazard_->terms.size()));
}

double CoordinationLikelihood::mean_at_risk() const {
  return events_ > 0 ? at_risk_ / static_cast<double>(events_) : 0;
}

void for_each_coordination_fit(const Record& record, const Model& model, const Hazard& hazard,
                               const EventFitOptions& options, const Eigen::VectorXd& coefficients,
                               const std::function<void(const EventFit&)>& take) {
  CoordinationSums sums(hazard);
  const auto fit_events = [&](const TieWalk& walk, const RiskList& list) {
    sums.read(walk.memory(), list, coefficients);
    for (const Event* event : walk.modelled()) {
      const std::size_t pair = sums.place_of(dyad_of(hazard, *event));
      EventFit fit{};
      fit.event = static_cast<std::size_t>(event - record.events.data());
      fit.x = sums.relative(pair);
      fit.mean = sums.mean();
      fit.score = fit.x - fit.mean;
      fit.log_probability = sums.log_probabilities()[pair];
      fit.at_risk = sums.pairs().size();
      if (options.ranks) fit.rank = rank_among(sums.log_probabilities(), fit.log_probability);
      take(fit);
    }
  };
  for_each_meeting(record, model, hazard, options.first, options.until, fit_events);
}

}  // namespace detente
