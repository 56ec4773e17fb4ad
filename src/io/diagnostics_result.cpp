#include "io/diagnostics_result.hpp"

#include <cmath>

namespace detente {
namespace {

Json steps_json(const HazardFit& fit) {
  Json steps = Json::array();
  for (const NewtonStep& step : fit.newton.steps) {
    Json estimate = Json::array();
    for (const double value : step.estimate) estimate.push_back(number_or_null(value));
    steps.push_back({{"log_likelihood", number_or_null(step.log_likelihood)},
                     {"decrement", number_or_null(step.decrement)},
                     {"length", step.length},
                     {"estimate", estimate}});
  }
  return steps;
}

Json event_json(const HazardFit& fit, const Outlier& outlier, const Record& record) {
  const EventFit& one = fit.explanation->events[outlier.place];
  const Event& event = record.events[one.event];
  Json against = Json::array();
  for (const Against& effect : outlier.against)
    against.push_back({{"name", fit.names[effect.coefficient]}, {"contribution", effect.contribution}});
  return {{"event", one.event + 1},
          {"line", event.line == 0 ? Json() : Json(event.line)},
          {"date", format_time(event.time, record.clock)},
          {"sender", record.actors[event.sender].id},
          {"receiver", record.actors[event.receiver].id},
          {"log_probability", number_or_null(one.log_probability)},
          {"deviance_residual", number_or_null(one.deviance_residual())},
          {"rank", one.rank},
          {"at_risk", one.at_risk},
          {"against", against}};
}

Json tie_json(const TieFit& one, const Record& record) {
  const Tie& tie = record.ties[one.tie];
  return {{"tie_id", tie.id},
          {"a", record.actors[tie.a].id},
          {"b", record.actors[tie.b].id},
          {"start", format_time(tie.start, record.clock)},
          {"ended", one.ended > 0},
          {"cumulative_hazard", number_or_null(one.cumulative_hazard)},
          {"deviance_residual", number_or_null(one.deviance_residual())}};
}

Json pair_json(const Explanation& found, const TieFit& one, const Record& record) {
  const Dyad pair = found.pairs[one.tie];
  return {{"a", record.actors[pair.sender].id},
          {"b", record.actors[pair.receiver].id},
          {"from", format_time(one.from, record.clock)},
          {"started", one.ended > 0},
          {"cumulative_hazard", number_or_null(one.cumulative_hazard)},
          {"deviance_residual", number_or_null(one.deviance_residual())}};
}

Json residuals_json(const HazardFit& fit, const Record& record) {
  const Explanation& found = *fit.explanation;
  Json outlying = Json::array();
  for (const Outlier& one : found.outliers)
    outlying.push_back(is_of_events(fit.kind)          ? event_json(fit, one, record)
                       : fit.kind == HazardKind::start ? pair_json(found, found.ties[one.place], record)
                                                       : tie_json(found.ties[one.place], record));
  Json recall = Json::array();
  for (std::size_t k = 0; k < recall_shares.size(); ++k)
    recall.push_back({{"share", recall_shares[k]}, {"recall", found.recall[k]}});
  const bool ranked = is_of_events(fit.kind);
  return {{"outlying", outlying},
          {"mean_rank", ranked ? number_or_null(found.mean_rank) : Json()},
          {"recall", ranked ? recall : Json()}};
}

Json profile_json(const ProfileInterval& interval) {
  return {{"low", number_or_null(interval.low)},
          {"high", number_or_null(interval.high)},
          {"low_unbounded", std::isinf(interval.low)},
          {"high_unbounded", std::isinf(interval.high)}};
}

void add_to_coefficient(Json& json, const HazardFit& fit, std::size_t p) {
  const auto k = static_cast<Eigen::Index>(p);
  if (fit.robust_covariance) json["robust_standard_error"] = number_or_null(std::sqrt((*fit.robust_covariance)(k, k)));
  if (const ProfileInterval* interval = fit.profile_of(p)) json["profile"] = profile_json(*interval);
  if (fit.explanation) {
    json["gain"] = number_or_null(fit.explanation->gain[p]);
    json["wald_chi_square"] = number_or_null(fit.wald_chi_square(p));
  }
}

}  // namespace

void add_diagnostics(Json& json, const Fit& fit, const Record& record, bool steps) {
  std::size_t coefficient = 0;
  for (std::size_t h = 0; h < fit.hazards.size(); ++h) {
    const HazardFit& one = fit.hazards[h];
    if (steps) json["hazards"][h]["steps"] = steps_json(one);
    if (one.explanation) json["hazards"][h]["residuals"] = residuals_json(one, record);
    for (std::size_t p = 0; p < one.names.size(); ++p) add_to_coefficient(json["coefficients"][coefficient++], one, p);
  }
}

Json comparison_json(std::span<const HazardComparison> comparisons, std::span<const FittedModel> models) {
  Json all = Json::array();
  for (const HazardComparison& comparison : comparisons) {
    Json fits = Json::array();
    for (std::size_t k = 0; k < models.size(); ++k) {
      const HazardFit& fit = *comparison.fits[k];
      fits.push_back({{"model", models[k].name},
                      {"status", to_string(fit.newton.status)},
                      {"log_likelihood", number_or_null(fit.newton.log_likelihood)},
                      {"coefficients", fit.names.size()},
                      {"aic", number_or_null(fit.aic)},
                      {"aicc", number_or_null(fit.aicc)},
                      {"bic", number_or_null(fit.bic)}});
    }
    Json pairs = Json::array();
    for (const ModelPair& pair : comparison.pairs)
      pairs.push_back({{"smaller", pair.smaller + 1},
                       {"larger", pair.larger + 1},
                       {"nested", pair.nested},
                       {"statistic", number_or_null(pair.statistic)},
                       {"df", pair.nested ? Json(pair.df) : Json()},
                       {"p_value", number_or_null(pair.p_value)},
                       {"note", pair.note.empty() ? Json() : Json(pair.note)}});
    all.push_back({{"hazard", comparison.hazard}, {"models", fits}, {"pairs", pairs}});
  }
  return all;
}

}  // namespace detente
