// Durations of 314 parliamentary cabinets (King, Alt, Burns & Laver 1990), 271 of which ended before their time: the
// baselines of ties that end against the estimates of R's survival package (cabinets_expected.json).  A cabinet is a tie
// between two actors of its own, who both carry its covariates; time counts in months and does not tick.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "estimate/fit.hpp"

namespace detente {
namespace {

using Json = nlohmann::json;

constexpr double tolerance = 1e-6;  // of max(1, |reference|), or of the reference where it has fewer digits

const std::vector<std::string> covariates{"invest", "fract", "polar", "numst2", "crisis"};

std::string path_of(const std::string& file) { return std::string(DETENTE_SOURCE_DIR) + "/tests/reference/" + file; }

const Json& expected() {
  static const Json all = Json::parse(std::ifstream(path_of("cabinets_expected.json")));
  return all;
}

void add_cabinet(Record& record, double duration, bool ended, const std::vector<double>& values) {
  Tie cabinet{};
  cabinet.id = std::to_string(record.ties.size());
  cabinet.kind = "alliance";
  cabinet.end = duration;
  cabinet.ending = ended ? "rupture" : "other";
  for (ActorId* actor : {&cabinet.a, &cabinet.b}) {
    *actor = static_cast<ActorId>(record.actors.size());
    record.actors.emplace_back();
    record.actors.back().id = "actor " + std::to_string(*actor);
    for (std::size_t k = 0; k < values.size(); ++k) record.attributes[k].values.push_back({*actor, always, values[k]});
  }
  record.ties.push_back(cabinet);
}

Record cabinets() {
  Record record;
  record.clock = Clock::number;
  for (const std::string& name : covariates) record.attributes.push_back({.name = name, .levels = {}, .values = {}});
  std::ifstream file(path_of("cabinets.tsv"));
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string row;
    double duration = 0;
    int ended = 0;
    std::vector<double> values(covariates.size());
    cells >> row >> duration >> ended;
    for (double& value : values) cells >> value;
    add_cabinet(record, duration, ended == 1, values);
  }
  return record;
}

HazardFit fit_cabinets(EndBaseline baseline, const std::vector<std::string>& effects = covariates) {
  static const Record record = cabinets();
  HazardText hazard{.name = "rupture", .kind = HazardKind::end};
  hazard.baseline = baseline;
  hazard.simultaneous = Simultaneous::efron;
  for (const std::string& name : effects)
    hazard.formula.text += (hazard.formula.text.empty() ? "send(" : " + send(") + name + ")";
  ModelSpec spec;
  spec.hazards = {hazard};
  return fit(record, bind_model(spec, record), {}).hazards.front();
}

double estimate_of(const HazardFit& fit, const std::string& name) {
  for (std::size_t p = 0; p < fit.names.size(); ++p)
    if (fit.names[p] == name || fit.names[p] == "send(" + name + ")")
      return fit.newton.estimate(static_cast<Eigen::Index>(p));
  return std::nan("");
}

double error_of(const HazardFit& fit, const std::string& name) {
  for (std::size_t p = 0; p < fit.names.size(); ++p)
    if (fit.names[p] == name || fit.names[p] == "send(" + name + ")") return fit.standard_error(p);
  return std::nan("");
}

void expect_near(double value, double reference, const std::string& what) {
  EXPECT_NEAR(value, reference, tolerance * std::max(1.0, std::abs(reference))) << what;
}

// Accelerated failure: the hazard's coefficients are minus the reference's times the shape.
void expect_accelerated(const HazardFit& fit, const Json& reference, double shape) {
  for (const auto& [name, coefficient] : reference.at("coef").items())
    expect_near(estimate_of(fit, name == "(Intercept)" ? "baseline" : name), -coefficient.get<double>() * shape, name);
  EXPECT_NEAR(fit.newton.log_likelihood, reference.at("loglik").get<double>(), 6e-4);  // three digits are given
}

TEST(Cabinets, are_314_of_which_271_ended) {
  const Record record = cabinets();
  EXPECT_EQ(record.ties.size(), 314U);
  EXPECT_EQ(fit_cabinets(EndBaseline::piecewise).events, 271U);
}

TEST(Cabinets, exponential_equals_survreg) {
  const HazardFit fit = fit_cabinets(EndBaseline::piecewise);
  expect_accelerated(fit, expected().at("exponential"), 1);
  for (const auto& [name, error] : expected().at("exponential").at("se").items())
    expect_near(error_of(fit, name == "(Intercept)" ? "baseline" : name), error.get<double>(), "error of " + name);
  expect_accelerated(fit_cabinets(EndBaseline::piecewise, {"fract", "numst2"}),
                     expected().at("exponential_fract_numst2"), 1);
}

TEST(Cabinets, weibull_equals_survreg) {
  const HazardFit fit = fit_cabinets(EndBaseline::weibull);
  const double shape = std::exp(estimate_of(fit, "log shape"));
  expect_near(shape, expected().at("weibull").at("shape").get<double>(), "shape");
  expect_accelerated(fit, expected().at("weibull"), shape);
}

TEST(Cabinets, cox_with_efrons_ties_equals_coxph) {
  const HazardFit fit = fit_cabinets(EndBaseline::cox);
  const Json& reference = expected().at("cox_efron");
  for (const std::string& name : covariates) {
    expect_near(estimate_of(fit, name), reference.at("coef").at(name).get<double>(), name);
    expect_near(error_of(fit, name), reference.at("se").at(name).get<double>(), "error of " + name);
  }
  EXPECT_NEAR(fit.newton.log_likelihood, reference.at("loglik").get<double>(), 6e-4);
  EXPECT_NEAR(fit.newton.start_log_likelihood, reference.at("loglik_null").get<double>(), 6e-4);
  EXPECT_NEAR(fit.concordance, reference.at("concordance").get<double>(), 6e-7);
}

}  // namespace
}  // namespace detente
