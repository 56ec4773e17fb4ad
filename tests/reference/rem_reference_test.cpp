// The published reference fits: relational event models on the event lists beside this file, with estimates confirmed by
// several packages (rem_expected.json says which).  The two largest lists are read from ../shared/reference where it is.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "estimate/fit.hpp"
#include "io/record_source.hpp"

namespace detente::rem_reference_test {

using Json = nlohmann::json;

constexpr double coefficient_tolerance = 1e-6;  // of max(|reference|, standard error)
constexpr double likelihood_tolerance = 1e-9;   // relative
constexpr double error_tolerance = 1e-5;        // relative

std::string folder() { return DETENTE_SOURCE_DIR "/tests/reference/"; }
std::string shared_folder() { return DETENTE_SOURCE_DIR "/../shared/reference/rem/"; }

std::vector<Json> fits() {
  std::ifstream file(folder() + "rem_expected.json");
  return Json::parse(file).at("fits");
}

std::string name_of(const Json& fit) {
  return fit.at("events").get<std::string>().substr(0, fit.at("events").get<std::string>().find('_')) + "_" +
         fit.at("spec").get<std::string>() + "_" + fit.at("likelihood").get<std::string>() + "_first" +
         std::to_string(fit.at("first").get<int>());
}

ModelSpec model_of(const Json& fit) {
  HazardText hazard{.name = "acts"};
  hazard.timing = fit.at("likelihood") == "ordinal" ? Timing::ordinal : Timing::exact;
  hazard.formula.text = "inertia + reciprocity + in_degree(of=receiver) + out_degree(of=sender) + ";
  hazard.formula.text += fit.at("spec") == "uniq" ? "otp(unique)" : "otp";
  ModelSpec spec;
  if (fit.at("spec") == "prop") spec.scaling = Scaling::relevent;
  spec.hazards = {hazard};
  return spec;
}

// What the references call a coefficient of ours.
std::string reference_name(const std::string& ours) {
  const std::map<std::string, std::string> names{{"in_degree(of=receiver)", "indegreeReceiver"},
                                                 {"out_degree(of=sender)", "outdegreeSender"},
                                                 {"otp(unique)", "otp"}};
  const auto found = names.find(ours);
  return found == names.end() ? ours : found->second;
}

void expect_reference(const Json& expected, const std::string& path, Evaluation evaluation) {
  RecordOptions options;
  options.preset = "remify";
  options.events_only = true;
  const LoadedRecord loaded = read_usable_record(path, options);
  ASSERT_EQ(loaded.record.actors.size(), expected.at("actors").get<std::size_t>());
  const Model model = bind_model(model_of(expected), loaded.record);
  FitOptions fit_options;
  fit_options.evaluation = evaluation;
  fit_options.first = expected.at("first").get<std::size_t>();
  const Fit all = fit(loaded.record, model, fit_options);
  const HazardFit& found = all.hazards.front();
  ASSERT_EQ(found.newton.status, FitStatus::converged) << found.newton.message;
  ASSERT_EQ(found.names.size(), expected.at("coef").size());
  for (std::size_t p = 0; p < found.names.size(); ++p) {
    const std::string name = reference_name(found.names[p]);
    const double coefficient = expected.at("coef").at(name).get<double>();
    const double error = expected.at("se").at(name).get<double>();
    EXPECT_NEAR(found.newton.estimate(static_cast<Eigen::Index>(p)), coefficient,
                coefficient_tolerance * std::max(std::abs(coefficient), error))
        << name;
    EXPECT_NEAR(found.standard_error(p), error, error_tolerance * error) << name;
  }
  const double value = expected.at("loglik").get<double>();
  EXPECT_NEAR(found.newton.log_likelihood, value, likelihood_tolerance * std::abs(value));
}

std::string path_of(const Json& fit) {
  const std::string name = fit.at("events").get<std::string>();
  return std::filesystem::exists(folder() + name) ? folder() + name : shared_folder() + name;
}

std::vector<Json> small_fits() {
  std::vector<Json> small = fits();
  std::erase_if(
      small, [](const Json& fit) { return !std::filesystem::exists(folder() + fit.at("events").get<std::string>()); });
  return small;
}

std::string test_name(const testing::TestParamInfo<Json>& test) { return name_of(test.param); }

class Factorised : public testing::TestWithParam<Json> {};
TEST_P(Factorised, meets_the_reference) {
  const std::string path = path_of(GetParam());
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  expect_reference(GetParam(), path, Evaluation::factorised);
}
INSTANTIATE_TEST_SUITE_P(, Factorised, testing::ValuesIn(fits()), test_name);

// Every dyad at every event: only where that is quick.
class Blocked : public testing::TestWithParam<Json> {};
TEST_P(Blocked, meets_the_reference) { expect_reference(GetParam(), path_of(GetParam()), Evaluation::blocked); }
INSTANTIATE_TEST_SUITE_P(, Blocked, testing::ValuesIn(small_fits()), test_name);

TEST(References, are_twenty_four_small_ones_and_six_large_ones) {
  EXPECT_EQ(small_fits().size(), 24U);
  EXPECT_EQ(fits().size(), 30U);
}

}  // namespace detente::rem_reference_test
