#include "io/fit_csv.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "io/csv_cell.hpp"

namespace detente {
namespace {

std::string interval_cells(double estimate, double error, double z) {
  return fmt::format("{},{},{},{}", csv_cell(estimate), csv_cell(error), csv_cell(estimate - z * error),
                     csv_cell(estimate + z * error));
}

// model,hazard,kind
std::string head_cells(const std::string& model, const HazardFit& fit) {
  return fmt::format("{},{},{}", csv_cell(model), csv_cell(fit.hazard), to_string(fit.kind));
}

std::string common_rows(const std::string& model, const HazardFit& fit, double z) {
  std::string csv;
  const bool known = fit.newton.status != FitStatus::rank_deficient && fit.newton.status != FitStatus::no_events;
  for (std::size_t p = 0; p < fit.names.size(); ++p) {
    const auto k = static_cast<Eigen::Index>(p);
    const double error = known ? fit.standard_error(p) : std::nan("");
    const ProfileInterval* profile = fit.profile_of(p);
    csv += fmt::format("{},{},all,,,{},{},{},{},{},{},,\n", head_cells(model, fit), csv_cell(fit.names[p]), fit.events,
                       interval_cells(fit.newton.estimate(k), error, z),
                       fit.robust_covariance ? csv_cell(std::sqrt((*fit.robust_covariance)(k, k))) : "",
                       profile == nullptr ? "" : csv_cell(profile->low),
                       profile == nullptr ? "" : csv_cell(profile->high), to_string(fit.newton.status));
  }
  return csv;
}

std::string own_rows(const std::string& model, const HazardFit& fit, const RandomEffects& own, const Record& record,
                     double z) {
  std::string csv;
  for (std::size_t number = 0; number < own.groups.size(); ++number)
    for (std::size_t term = 0; term < own.terms.size(); ++term) {
      const auto g = static_cast<Eigen::Index>(number);
      const auto k = static_cast<Eigen::Index>(term);
      const Group& group = own.groups[number];
      csv += fmt::format("{},{},{},{},{},{},{},,,,{},{},{}\n", head_cells(model, fit), csv_cell(own.terms[term]),
                         to_string(own.grouping), csv_cell(record.actors[group.a].id),
                         own.grouping == Grouping::pair ? csv_cell(record.actors[group.b].id) : "", own.events[number],
                         interval_cells(own.estimate(g, k), std::sqrt(own.conditional[number](k, k)), z),
                         to_string(fit.newton.status), csv_cell(record.actors[group.a].name),
                         own.grouping == Grouping::pair ? csv_cell(record.actors[group.b].name) : "");
    }
  return csv;
}

// nested,statistic,df,p_value,note of a model beside the first one.
std::string test_cells(const HazardComparison& comparison, std::size_t model) {
  const auto pair = std::find_if(comparison.pairs.begin(), comparison.pairs.end(), [&](const ModelPair& one) {
    return std::min(one.smaller, one.larger) == 0 && std::max(one.smaller, one.larger) == model;
  });
  if (model == 0 || pair == comparison.pairs.end()) return ",,,,";
  return fmt::format("{},{},{},{},{}", pair->nested ? "yes" : "no", csv_cell(pair->statistic),
                     pair->nested ? fmt::format("{}", pair->df) : "", csv_cell(pair->p_value), csv_cell(pair->note));
}

}  // namespace

std::string coefficients_csv(std::span<const FittedModel> models, const Record& record, double level) {
  const double z = normal_quantile_two_sided(level);
  std::string csv =
      "model,hazard,kind,effect,of,actor,with,events,estimate,standard_error,low,high,robust_standard_error,"
      "profile_low,profile_high,status,actor_name,with_name\n";
  for (const FittedModel& model : models)
    for (const HazardFit& fit : model.fit->hazards) {
      csv += common_rows(model.name, fit, z);
      for (const RandomEffects& own : fit.random) csv += own_rows(model.name, fit, own, record, z);
    }
  return csv;
}

std::string comparison_csv(std::span<const HazardComparison> comparisons, std::span<const FittedModel> models) {
  std::string csv = "hazard,model,status,log_likelihood,coefficients,aic,aicc,bic,nested,statistic,df,p_value,note\n";
  for (const HazardComparison& comparison : comparisons)
    for (std::size_t k = 0; k < models.size(); ++k) {
      const HazardFit& fit = *comparison.fits[k];
      csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_cell(comparison.hazard), csv_cell(models[k].name),
                         to_string(fit.newton.status), csv_cell(fit.newton.log_likelihood), fit.names.size(),
                         csv_cell(fit.aic), csv_cell(fit.aicc), csv_cell(fit.bic), test_cells(comparison, k));
    }
  return csv;
}

}  // namespace detente
