#include "io/endings_result.hpp"

#include <cmath>

#include <fmt/format.h>

#include "io/csv_cell.hpp"

namespace detente {
namespace {

Json* find_hazard(Json& fit, const std::string& name) {
  for (Json& hazard : fit["hazards"])
    if (hazard["hazard"] == name) return &hazard;
  return nullptr;
}

}  // namespace

void add_incidence(Json& fit, std::span<const HazardIncidence> incidence) {
  for (const HazardIncidence& one : incidence) {
    Json points = Json::array();
    for (std::size_t k = 0; k < one.points.size(); ++k) {
      const IncidencePoint& point = one.points[k];
      points.push_back({{"age", point.age},
                        {"at_risk", point.at_risk},
                        {"estimate", point.estimate},
                        {"standard_error", point.standard_error},
                        {"low", point.low},
                        {"high", point.high},
                        {"model", one.model.empty() ? Json() : number_or_null(one.model[k])}});
    }
    (*find_hazard(fit, one.hazard))["incidence"] = points;
  }
}

void add_cross_validation(Json& fit, std::span<const HazardCrossValidation> validation) {
  for (const HazardCrossValidation& one : validation) {
    Json repeats = Json::array();
    for (const double concordance : one.result.concordance) repeats.push_back(number_or_null(concordance));
    (*find_hazard(fit, one.hazard))["cross_validation"] = {{"folds", one.result.folds},
                                                           {"concordance", number_or_null(one.result.mean)},
                                                           {"deviation", number_or_null(one.result.deviation)},
                                                           {"repeats", repeats},
                                                           {"not_converged", one.result.not_converged}};
  }
}

std::string incidence_csv(std::span<const HazardIncidence> incidence) {
  std::string text = "hazard,age,at_risk,estimate,standard_error,low,high,model\n";
  for (const HazardIncidence& one : incidence)
    for (std::size_t k = 0; k < one.points.size(); ++k) {
      const IncidencePoint& point = one.points[k];
      text += fmt::format("{},{},{},{},{},{},{},{}\n", csv_cell(one.hazard), csv_cell(point.age), point.at_risk,
                          csv_cell(point.estimate), csv_cell(point.standard_error), csv_cell(point.low),
                          csv_cell(point.high), csv_cell(one.model.empty() ? std::nan("") : one.model[k]));
    }
  return text;
}

}  // namespace detente
