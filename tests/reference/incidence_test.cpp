// Cumulative incidence against R's survival package: incidence.R makes incidence_expected.json.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "estimate/cumulative_incidence.hpp"

namespace detente::incidence_test {

using Json = nlohmann::json;

void expect_equal(const Json& expected, double error_tolerance) {
  std::vector<Spell> spells;
  for (std::size_t k = 0; k < expected["to"].size(); ++k) {
    const auto cause = expected["cause"][k].get<std::size_t>();
    spells.push_back({expected["from"][k], expected["to"][k], cause == 0 ? not_ended : cause});
  }
  for (const std::size_t cause : {1U, 2U}) {
    const Json& curve = expected[cause == 1 ? "rupture" : "other"];
    const std::vector<IncidencePoint> points = cumulative_incidence(spells, cause, 0.95);
    std::size_t next = 0;
    double before = 0;
    for (std::size_t k = 0; k < expected["age"].size(); ++k) {
      const double estimate = curve["estimate"][k];
      if (estimate == before) continue;  // no tie ends so at this age
      before = estimate;
      ASSERT_LT(next, points.size());
      const IncidencePoint& point = points[next++];
      EXPECT_EQ(point.age, expected["age"][k].get<double>());
      EXPECT_EQ(point.at_risk, expected["at_risk"][k].get<std::size_t>());
      EXPECT_NEAR(point.estimate, estimate, 1e-12);
      EXPECT_NEAR(point.standard_error, curve["standard_error"][k].get<double>(), error_tolerance);
      const double half = std::exp(1.959963984540054 * point.standard_error / (estimate * std::log(estimate)));
      EXPECT_NEAR(point.low, std::pow(estimate, 1 / half), 1e-9);
      EXPECT_NEAR(point.high, std::pow(estimate, half), 1e-9);
    }
    EXPECT_EQ(next, points.size());
  }
}

Json expected() {
  return Json::parse(std::ifstream(std::string(DETENTE_SOURCE_DIR) + "/tests/reference/incidence_expected.json"));
}

TEST(Incidence, equals_survfit) { expect_equal(expected()["from_the_start"], 1e-12); }

// R's standard errors are the infinitesimal jackknife's, which is Greenwood's where all enter at age 0 and near it else.
TEST(Incidence, equals_survfit_with_delayed_entry) { expect_equal(expected()["delayed_entry"], 1e-3); }

}  // namespace detente::incidence_test
