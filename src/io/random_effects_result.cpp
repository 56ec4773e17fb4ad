#include "io/random_effects_result.hpp"

#include <cmath>

namespace detente {
namespace {

Json group_json(const RandomEffects& effects, std::size_t number, const Record& record, double z) {
  const Group& group = effects.groups[number];
  Json json{{"actor", record.actors[group.a].id}};
  if (effects.grouping == Grouping::pair) json["with"] = record.actors[group.b].id;
  json["events"] = effects.events[number];
  const auto g = static_cast<Eigen::Index>(number);
  Json terms = Json::array();
  for (std::size_t term = 0; term < effects.terms.size(); ++term) {
    const auto k = static_cast<Eigen::Index>(term);
    const double estimate = effects.estimate(g, k);
    const double error = std::sqrt(effects.conditional[number](k, k));
    terms.push_back({{"estimate", number_or_null(estimate)},
                     {"standard_error", number_or_null(error)},
                     {"low", number_or_null(estimate - z * error)},
                     {"high", number_or_null(estimate + z * error)},
                     {"shrinkage", number_or_null(effects.shrinkage(g, k))}});
  }
  json["coefficients"] = std::move(terms);
  return json;
}

Json effects_json(const RandomEffects& effects, const Record& record, double z) {
  Json deviations = Json::array(), covariance = Json::array(), groups = Json::array();
  for (Eigen::Index k = 0; k < effects.covariance.rows(); ++k) {
    deviations.push_back(number_or_null(std::sqrt(effects.covariance(k, k))));
    Json row = Json::array();
    for (Eigen::Index l = 0; l < effects.covariance.cols(); ++l)
      row.push_back(number_or_null(effects.covariance(k, l)));
    covariance.push_back(std::move(row));
  }
  for (std::size_t g = 0; g < effects.groups.size(); ++g) groups.push_back(group_json(effects, g, record, z));
  return {{"name", effects.name},
          {"of", to_string(effects.grouping)},
          {"terms", effects.terms},
          {"correlated", effects.correlated},
          {"standard_deviation", deviations},
          {"covariance", covariance},
          {"groups", groups}};
}

}  // namespace

void add_random_effects(Json& json, const Fit& fit, const Record& record) {
  const double z = normal_quantile_two_sided(json["level"].get<double>());
  for (std::size_t h = 0; h < fit.hazards.size(); ++h) {
    const HazardFit& hazard = fit.hazards[h];
    if (hazard.random.empty()) continue;
    Json all = Json::array();
    for (const RandomEffects& effects : hazard.random) all.push_back(effects_json(effects, record, z));
    json["hazards"][h]["log_likelihood_without"] = number_or_null(hazard.fixed_log_likelihood);
    json["hazards"][h]["random_effects"] = std::move(all);
  }
}

}  // namespace detente
