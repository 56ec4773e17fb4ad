// Diagnostics of fits as people meet them: tables, CSV files, JSON and the messages when they cannot be had.
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::diagnostics_test {

using Json = nlohmann::ordered_json;

std::vector<std::string> small_fit(std::vector<std::string> more) {
  std::vector<std::string> arguments{"fit", "record", "--formula", "log1p(inertia)"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Json json_of(const Here& here, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--json", "result.json"});
  const Answer answer = detente(arguments);
  EXPECT_EQ(answer.code, 0) << answer.text();
  return Json::parse(here.read("result.json"));
}

// Valid against the published schema, where the validator is installed.
void expect_valid() {
  if (std::system(DETENTE_PYTHON " -c 'import jsonschema' 2>/dev/null") != 0) return;
  const std::string validate =
      "import json, sys, jsonschema\n"
      "jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))\n";
  EXPECT_EQ(shell(DETENTE_PYTHON " - '" + source("docs/reference/result.schema.json") + "' result.json <<'END'\n" +
                  validate + "END")
                .text(),
            "exit 0\n");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> cells;
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

TEST(ByActor, goes_without_what_knows_of_common_coefficients_alone) {
  const Here here(small_record());
  for (const char* option : {"--robust", "--profile", "--residuals=rows.csv"}) {
    const Answer answer = detente({"fit", "record", "--formula", "inertia + by_actor(1)", option});
    EXPECT_EQ(answer.code, 2) << option;
    EXPECT_NE(answer.err.find("not with coefficients by actor or pair"), std::string::npos) << answer.err;
  }
  const Answer answer = detente({"fit", "record", "--formula", "inertia + by_actor(1 + 1)"});
  EXPECT_NE(answer.err.find("error: --formula:24: '1' stands twice\n"
                            "  inertia + by_actor(1 + 1)\n"
                            "                         ^"),
            std::string::npos)
      << answer.err;
}

TEST(ByActor, is_compared_by_aic_alone) {
  const Here here;
  const Answer answer = detente({"fit", source("data/ai-arena"), "--formula", "log1p(inertia)", "--compare-formula",
                                 "log1p(inertia) + by_actor(1)"});
  EXPECT_EQ(answer.code, 0) << answer.err;
  EXPECT_NE(answer.out.find("compare them by AIC"), std::string::npos) << answer.out;
}

TEST(Trace, shows_each_step) {
  const Here here(small_record());
  EXPECT_NE(detente(small_fit({"--trace"}))
                .out.find("steps of events, from a constant hazard (zero)\n"
                          "  step    log-likelihood   decrement     length  baseline, "
                          "log1p(inertia)\n"
                          "     0  "),
            std::string::npos);
  const Json hazard = json_of(here, small_fit({"--trace"}))["fit"]["hazards"][0];
  EXPECT_EQ(hazard["start"], "zero");
  ASSERT_EQ(hazard["steps"].size(), hazard["iterations"].get<std::size_t>() + 1);
  for (std::size_t k = 1; k < hazard["steps"].size(); ++k)
    EXPECT_GE(hazard["steps"][k]["log_likelihood"], hazard["steps"][k - 1]["log_likelihood"]);
  EXPECT_LT(hazard["steps"].back()["decrement"], 1e-10);
  expect_valid();
  EXPECT_FALSE(json_of(here, small_fit({}))["fit"]["hazards"][0].contains("steps"));
}

TEST(Profile, stands_beside_the_wald_interval) {
  const Here here(small_record());
  const Answer answer = detente(small_fit({"--profile"}));
  EXPECT_NE(answer.out.find("  95 % low       high   exp(est.)        low       high  profile low       high\n"),
            std::string::npos)
      << answer.out;
  const Json fit = json_of(here, small_fit({"--profile", "log1p(inertia)", "--robust"}))["fit"];
  expect_valid();
  EXPECT_FALSE(fit["coefficients"][0].contains("profile"));
  const Json& one = fit["coefficients"][1];
  EXPECT_LT(one["profile"]["low"], one["estimate"]);
  EXPECT_GT(one["profile"]["high"], one["estimate"]);
  EXPECT_EQ(one["profile"]["low_unbounded"], false);
  EXPECT_GT(one["robust_standard_error"], 0);
}

TEST(Profile, of_an_effect_that_separates_is_unbounded_on_one_side) {
  const Here here(one_receiver_record());
  const std::vector<std::string> fit{"fit",      "record",  "--formula", "receive(kind=organization)",
                                     "--timing", "ordinal", "--profile"};
  const Answer answer = detente(fit);
  EXPECT_NE(answer.out.find("  unbounded\n"), std::string::npos) << answer.out;
  const Json profile = json_of(here, fit)["fit"]["coefficients"][0]["profile"];
  EXPECT_TRUE(profile["high"].is_null());
  EXPECT_EQ(profile["high_unbounded"], true);
  // 12 events, each of two dyads against four: 24 log(1 + 2 e^-theta) = 3.8415.
  EXPECT_NEAR(24 * std::log1p(2 * std::exp(-profile["low"].get<double>())), 3.841459, 1e-3);
  expect_valid();
}

TEST(Profile, of_what_is_not_there_is_an_error) {
  const Here here(small_record());
  EXPECT_EQ(detente(small_fit({"--profile", "inertia"})).text(), R"text(exit 2
-- err
error: --profile: there is no coefficient 'inertia' to profile
  expected: one of: baseline, log1p(inertia)
  help: detente fit --help
)text");
}

TEST(Residuals, of_events_add_up_to_the_likelihood) {
  const Here here(small_record());
  for (const std::string timing : {"exact", "ordinal"}) {
    const Json fit = json_of(here, small_fit({"--timing", timing, "--residuals", "residuals.csv"}))["fit"];
    expect_valid();
    const std::vector<std::string> lines = lines_of(here.read("residuals.csv"));
    ASSERT_EQ(lines.size(), 10U);
    EXPECT_EQ(lines[0],
              "event,line,time,sender,receiver,type,log_probability,log_intensity,compensator,deviance_residual,rank,"
              "at_risk,contribution log1p(inertia),schoenfeld log1p(inertia),sender_name,receiver_name");
    double sum = 0;
    for (std::size_t k = 1; k < lines.size(); ++k) {
      const std::vector<std::string> cells = cells_of(lines[k]);
      ASSERT_EQ(cells.size(), 16U) << lines[k];
      sum += timing == "exact" ? std::stod(cells[7]) - std::stod(cells[8]) : std::stod(cells[6]);
    }
    EXPECT_NEAR(sum, fit["log_likelihood"].get<double>(), 1e-6);
    const Json& residuals = fit["hazards"][0]["residuals"];
    EXPECT_EQ(residuals["outlying"].size(), 5U);
    EXPECT_EQ(residuals["recall"].size(), 4U);
    EXPECT_TRUE(fit["coefficients"].back().contains("gain"));
  }
}

// Where the record has the time of day, the table has it, in the order and to the second of the record.
TEST(Residuals, of_events_have_the_time_of_day) {
  Files files = small_record();
  std::string& events = files["record/events.csv"];
  events.replace(events.find("2022-02-10"), 10, "2022-02-10T08:05:09Z");
  const Here here(files);
  (void)detente(small_fit({"--residuals", "residuals.csv"}));
  const std::vector<std::string> lines = lines_of(here.read("residuals.csv"));
  EXPECT_EQ(cells_of(lines[1])[2], "2022-01-05");
  EXPECT_EQ(cells_of(lines[2])[2], "2022-02-10T08:05:09Z");
  EXPECT_EQ(cells_of(lines[2])[14], "Ben");
}

TEST(Residuals, say_what_was_least_expected) {
  const Here here(small_record());
  const std::string out = detente(small_fit({"--residuals", "residuals.csv"})).out;
  EXPECT_NE(out.find("what explains events\n  effect                gain   Wald chi2\n"), std::string::npos) << out;
  EXPECT_NE(out.find("  rank of the dyads that acted among those at risk: "), std::string::npos) << out;
  EXPECT_NE(out.find("  least expected\n    event "), std::string::npos) << out;
  EXPECT_NE(out.find(" (events.csv:"), std::string::npos) << out;
  EXPECT_NE(out.find("; against it 'log1p(inertia)' -"), std::string::npos) << out;
}

TEST(Residuals, of_several_hazards_are_several_files) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  const std::vector<std::string> fit{"fit", "record", "--model", "model.toml", "--residuals", "residuals.csv"};
  const Json json = json_of(here, fit);
  EXPECT_EQ(lines_of(here.read("residuals.conflict.csv")).size(), 3U);
  const std::vector<std::string> ties = lines_of(here.read("residuals.rupture.csv"));
  ASSERT_EQ(ties.size(), 5U);
  EXPECT_TRUE(ties[0].starts_with("tie,kind,a,b,start,end,ending,time_at_risk,ended,cumulative_hazard,"));
  EXPECT_TRUE(ties[1].starts_with("t1,alliance,anna,ben,2022-01-05,2022-11-20,rupture,318.5,1,")) << ties[1];
  expect_valid();
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--residuals", "-"}).text(), R"text(exit 2
-- err
error: --residuals: the residuals of 2 hazards are so many tables
  got: - (standard output)
  expected: a file name, of which one is made for each hazard
  help: detente fit --help
)text");
  EXPECT_EQ(detente(small_fit({"--residuals", "nowhere/residuals.csv"})).code, 2);
}

TEST(Compare, nested_formulas_by_their_likelihood_ratio) {
  const Here here(small_record());
  const std::vector<std::string> fit = small_fit(
      {"--compare-formula", "log1p(inertia) + reciprocity", "--compare-formula", "same(kind)", "--timing", "ordinal"});
  const Answer answer = detente(fit);
  EXPECT_NE(answer.out.find("models of events\n     model"), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("  2 against 1: chi-square "), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("  1 and 3: not nested; compare them by AIC or BIC\n"), std::string::npos) << answer.out;
  const Json comparison = json_of(here, fit)["comparison"][0];
  expect_valid();
  ASSERT_EQ(comparison["models"].size(), 3U);
  ASSERT_EQ(comparison["pairs"].size(), 3U);
  const Json& nested = comparison["pairs"][0];
  EXPECT_NEAR(nested["statistic"].get<double>(),
              2 * (comparison["models"][1]["log_likelihood"].get<double>() -
                   comparison["models"][0]["log_likelihood"].get<double>()),
              1e-9);
  EXPECT_NEAR(nested["p_value"].get<double>(), std::erfc(std::sqrt(nested["statistic"].get<double>() / 2)), 1e-9);
  EXPECT_TRUE(comparison["pairs"][1]["p_value"].is_null());
}

TEST(Compare, models_of_other_events_are_refused) {
  Files files = small_record();
  files["a.toml"] = "[hazards.acts]\nevents = \"all\"\neffects = \"inertia\"\n";
  files["b.toml"] = "[hazards.acts]\nevents = \"conflict\"\neffects = \"\"\n";
  files["c.toml"] = "[hazards.other]\neffects = \"inertia\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "a.toml", "--compare", "b.toml"}).text(), R"text(exit 2
-- err
error: b.toml: 'events' of the hazard 'acts' is not that of 'a.toml'
  expected: a hazard that both models have, of the same events and timing
  hint: likelihoods of different data cannot be compared; change the effects alone
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "a.toml", "--compare", "c.toml"}).text(), R"text(exit 2
-- err
error: c.toml: no hazard 'acts', which 'a.toml' has
  expected: a hazard that both models have, of the same events and timing
  hint: likelihoods of different data cannot be compared; change the effects alone
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "a.toml", "--compare-formula", "inertia"}).code, 2);
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--compare", "a.toml"}).code, 2);
}

}  // namespace detente::e2e::diagnostics_test
