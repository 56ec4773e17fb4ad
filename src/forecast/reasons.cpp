#include "forecast/reasons.hpp"

#include <algorithm>
#include <cmath>

#include "forecast/factors.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/start_likelihood.hpp"

namespace detente {
namespace {

// The baseline's own factor: how much likelier a tie of this age is to rupture in the next tick than the average tie in
// force, in logs.  The interval is that of the shape's coefficients (delta method).
void add_age_reasons(const ReasonsInput& input, const std::vector<TieId>& ties, double z,
                     std::vector<std::vector<Reason>>& all) {
  const auto shapes = static_cast<Eigen::Index>(input.fit.names.size() - end_columns(input.hazard));
  std::vector<double> log_hazard;
  std::vector<Eigen::VectorXd> gradient;
  double mean = 0;
  Eigen::VectorXd mean_gradient = Eigen::VectorXd::Zero(shapes);
  const auto weight = 1 / static_cast<double>(ties.size());
  for (const TieId tie : ties) {
    const ShapeValue passed = baseline_of_next_tick(input, tie);
    log_hazard.push_back(std::log(passed.value));
    gradient.emplace_back(passed.gradient.head(shapes) / passed.value);
    mean += weight * log_hazard.back();
    mean_gradient += weight * gradient.back();
  }
  const Eigen::MatrixXd covariance = input.fit.newton.covariance.bottomRightCorner(shapes, shapes);
  for (std::size_t k = 0; k < ties.size(); ++k) {
    const Eigen::VectorXd direction = gradient[k] - mean_gradient;
    const double error = std::sqrt(std::max(0.0, direction.dot(covariance * direction)));
    const double log_ratio = log_hazard[k] - mean;
    all[k].push_back({.effect = "age",
                      .hazard_ratio = std::exp(log_ratio),
                      .low = std::exp(log_ratio - z * error),
                      .high = std::exp(log_ratio + z * error),
                      .value = input.memory.fade_time() - input.record.ties[ties[k]].start,
                      .reference = 0,
                      .events = {}});
  }
}

// One factor for each block of coefficients by actor or pair.
void add_own_reasons(const ReasonsInput& input, const std::vector<TieId>& ties, double z,
                     std::vector<std::vector<Reason>>& all) {
  for (std::size_t block = 0; block < input.fit.random.size(); ++block) {
    std::vector<Eigen::VectorXd> weights;
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(input.fit.own.mode.size());
    for (const TieId tie : ties) {
      weights.push_back(own_weights(input, block, tie));
      mean += weights.back() / static_cast<double>(ties.size());
    }
    for (std::size_t k = 0; k < ties.size(); ++k) {
      const Eigen::VectorXd distance = weights[k] - mean;
      const double log_ratio = distance.dot(input.fit.own.mode);
      const double error = std::sqrt(own_variance(input.fit.own, input.fit.newton.covariance, distance));
      all[k].push_back({.effect = own_name(input.fit.random[block]),
                        .hazard_ratio = std::exp(log_ratio),
                        .low = std::exp(log_ratio - z * error),
                        .high = std::exp(log_ratio + z * error),
                        .value = weights[k].dot(input.fit.own.mode),
                        .reference = mean.dot(input.fit.own.mode),
                        .events = {}});
    }
  }
}

// One row of covariates and one pair of actors for each that is explained.
std::vector<std::vector<Reason>> explain_rows(const ReasonsInput& input, const std::vector<std::vector<double>>& x,
                                              const std::vector<Dyad>& pairs) {
  const std::vector<std::string>& names = input.fit.names;
  const std::size_t steps = input.hazard.text.age_cuts.size();
  const std::size_t columns = end_columns(input.hazard);
  std::vector<double> mean(columns, 0.0);
  for (const std::vector<double>& row : x)
    for (std::size_t p = 0; p < columns; ++p) mean[p] += row[p] / static_cast<double>(x.size());
  const double z = normal_quantile_two_sided(input.interval);
  std::vector<std::vector<Reason>> all(x.size());
  for (std::size_t k = 0; k < x.size(); ++k) {
    for (std::size_t p = 1; p < columns; ++p) {
      const double theta = input.fit.newton.estimate(static_cast<Eigen::Index>(p));
      const double error = std::isfinite(input.fit.standard_error(p)) ? input.fit.standard_error(p) : 0;
      const double distance = x[k][p] - mean[p];
      Reason reason{.effect = names[p],
                    .hazard_ratio = std::exp(theta * distance),
                    .value = x[k][p],
                    .reference = mean[p],
                    .events = {}};
      reason.low = std::exp(theta * distance - z * error * std::abs(distance));
      reason.high = std::exp(theta * distance + z * error * std::abs(distance));
      if (p > steps) reason.events = heaviest(events_behind(input, input.hazard.terms[p - 1 - steps], pairs[k]));
      all[k].push_back(std::move(reason));
    }
  }
  return all;
}

}  // namespace

std::vector<std::vector<Reason>> explain(const ReasonsInput& input, const std::vector<TieId>& ties) {
  std::vector<std::vector<double>> x;
  std::vector<Dyad> pairs;
  for (const TieId tie : ties) {
    x.emplace_back(end_columns(input.hazard));
    fill_end_terms(input.hazard, input.memory, tie, x.back());
    pairs.push_back({input.record.ties[tie].a, input.record.ties[tie].b});
  }
  std::vector<std::vector<Reason>> all = explain_rows(input, x, pairs);
  if (end_columns(input.hazard) < input.fit.names.size())
    add_age_reasons(input, ties, normal_quantile_two_sided(input.interval), all);
  add_own_reasons(input, ties, normal_quantile_two_sided(input.interval), all);
  return all;
}

std::vector<std::vector<Reason>> explain(const ReasonsInput& input, const std::vector<PairSpell>& pairs) {
  std::vector<std::vector<double>> x;
  std::vector<Dyad> dyads;
  for (const PairSpell& spell : pairs) {
    x.emplace_back(start_columns(input.hazard));
    fill_start_terms(input.hazard, input.memory, spell.pair, spell.since, x.back());
    dyads.push_back(spell.pair);
  }
  return explain_rows(input, x, dyads);
}

}  // namespace detente
