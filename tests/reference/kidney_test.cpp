// Infections of 38 patients, two each (McGilchrist & Aisbett 1991): a Cox hazard with a Gaussian frailty against the
// estimates of R's survival package (kidney_expected.json).  A recurrence is a tie between a patient and the clinic; both
// of a patient's belong to one pair.  Effects are averages over both actors, so that the clinic carries the patient's
// covariates: each patient has a clinic of its own.  Some are a year older at the second, which begins when every first one
// is over, so that it finds the other age.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "estimate/fit.hpp"

namespace detente::kidney_test {

using Json = nlohmann::json;

constexpr Time second_begins = 1000;

std::string path_of(const std::string& file) { return std::string(DETENTE_SOURCE_DIR) + "/tests/reference/" + file; }

const Json& expected() {
  static const Json all = Json::parse(std::ifstream(path_of("kidney_expected.json")));
  return all;
}

Record kidney() {
  Record record;
  record.clock = Clock::number;
  record.attributes = {{.name = "age", .levels = {}, .values = {}}, {.name = "sex", .levels = {}, .values = {}}};
  std::ifstream file(path_of("kidney.tsv"));
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    ActorId patient = 0;
    int status = 0;
    double time = 0, age = 0, sex = 0;
    cells >> patient >> time >> status >> age >> sex;
    Tie tie{};
    tie.id = std::to_string(record.ties.size());
    tie.kind = "alliance";
    tie.a = 2 * (patient - 1);
    tie.b = tie.a + 1;
    const bool second = record.actors.size() > tie.b;
    tie.start = second ? second_begins : 0;
    tie.end = tie.start + time;
    tie.ending = status == 1 ? "rupture" : "other";
    record.ties.push_back(tie);
    while (record.actors.size() <= tie.b) {
      const auto actor = static_cast<ActorId>(record.actors.size());
      record.actors.emplace_back();
      record.actors.back().id = "actor " + std::to_string(actor);
    }
    for (const ActorId actor : {tie.a, tie.b}) {
      record.attributes[0].values.push_back({actor, second ? second_begins : always, age});
      record.attributes[1].values.push_back({actor, second ? second_begins : always, sex});
    }
  }
  for (Attribute& attribute : record.attributes)
    std::stable_sort(attribute.values.begin(), attribute.values.end(),
                     [](const AttributeValue& a, const AttributeValue& b) { return a.actor < b.actor; });
  return record;
}

HazardFit fit_kidney(const std::string& formula) {
  const Record record = kidney();
  HazardText hazard{.name = "rupture", .kind = HazardKind::end};
  hazard.baseline = EndBaseline::cox;
  hazard.simultaneous = Simultaneous::efron;
  hazard.formula.text = formula;
  ModelSpec spec;
  spec.hazards = {hazard};
  return fit(record, bind_model(spec, record), {}).hazards.front();
}

TEST(Kidney, gaussian_frailty_equals_coxph) {
  const HazardFit fit = fit_kidney("send(age) + send(sex) + by_pair(1)");
  const Json& reference = expected().at("gaussian_frailty");
  ASSERT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
  ASSERT_EQ(fit.random.size(), 1U);
  const RandomEffects& frailty = fit.random.front();
  EXPECT_NEAR(fit.newton.estimate(0), reference.at("coef").at("age").get<double>(), 1e-6);
  EXPECT_NEAR(fit.newton.estimate(1), reference.at("coef").at("sex").get<double>(), 1e-6);
  EXPECT_NEAR(fit.standard_error(0), reference.at("se").at("age").get<double>(), 1e-6);
  EXPECT_NEAR(fit.standard_error(1), reference.at("se").at("sex").get<double>(), 1e-6);
  EXPECT_NEAR(frailty.covariance(0, 0), reference.at("theta").get<double>(), 1e-6);
  ASSERT_EQ(frailty.groups.size(), 38U);
  for (std::size_t patient = 0; patient < 38; ++patient) {
    const auto g = static_cast<Eigen::Index>(patient);
    EXPECT_NEAR(frailty.estimate(g, 0), reference.at("frailty").at(patient).get<double>(), 1e-6);
    EXPECT_NEAR(std::sqrt(frailty.conditional[patient](0, 0)), reference.at("frailty_se").at(patient).get<double>(),
                1e-6);
  }
}

TEST(Kidney, without_frailty_equals_coxph) {
  const HazardFit fit = fit_kidney("send(age) + send(sex)");
  EXPECT_NEAR(fit.newton.estimate(0), expected().at("cox").at("coef").at("age").get<double>(), 1e-6);
  EXPECT_NEAR(fit.newton.log_likelihood, expected().at("cox").at("loglik").get<double>(), 1e-6);
}

// R's default takes the information of the frailties as diagonal: near, but not the same.
TEST(Kidney, gaussian_frailty_is_near_the_sparse_approximation) {
  const HazardFit fit = fit_kidney("send(age) + send(sex) + by_pair(1)");
  const Json& reference = expected().at("gaussian_frailty_sparse");
  EXPECT_NEAR(fit.newton.estimate(1), reference.at("coef").at("sex").get<double>(), 0.02);
  EXPECT_NEAR(fit.random.front().covariance(0, 0), reference.at("theta").get<double>(), 0.05);
}

}  // namespace detente::kidney_test
