// Priors from a reference class, cumulative incidence and cross-validation at the command line: what is written, what is
// read back, and what is said of files that are wrong.
#include <gtest/gtest.h>

#include <cmath>

#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::priors_test {

using Json = nlohmann::ordered_json;

const char* formula = "log1p(inertia) + reciprocity";

// A prior that goes with `formula`.
const char* good_prior = R"toml(
record = "elsewhere"

[hazards.events]
kind   = "tie"
about  = "all"
events = 100
correlations = [
  [1, 0.5],
  [0.5, 1],
]

[[hazards.events.effects]]
name = "log1p(inertia)"
meaning = "log1p(inertia(<all, unfaded, count>))"
estimate = 0.7
standard_error = 0.1

[[hazards.events.effects]]
name = "reciprocity"
meaning = "reciprocity(<all, unfaded, count>)"
estimate = 0.2
standard_error = 0.2
)toml";

std::string with(const std::string& from, const std::string& to) {
  std::string text = good_prior;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Answer fit_with(const Here& here, const std::string& prior) {
  here.write("prior.toml", prior);
  return detente({"fit", "record", "--formula", formula, "--prior", "prior.toml"});
}

TEST(Prior, is_saved_read_back_and_shown) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", formula, "--save", "prior.toml"}).code, 0);
  const Answer answer = detente({"fit", "record", "--formula", std::string(formula) + " + same(kind)", "--prior",
                                 "prior.toml", "--discount", "0.5", "--json", "result.json"});
  ASSERT_EQ(answer.code, 0) << answer.text();
  EXPECT_NE(answer.out.find("note: the prior says nothing of 'same(kind)'"), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("prior of events: from 'events'"), std::string::npos) << answer.out;
  const Json prior = Json::parse(here.read("result.json"))["fit"]["hazards"][0]["prior"];
  EXPECT_EQ(prior["hazard"], "events");
  EXPECT_EQ(prior["weight"], 0.5);  // as many events
  ASSERT_EQ(prior["effects"].size(), 2U);
  EXPECT_EQ(prior["effects"][0]["name"], "log1p(inertia)");
  EXPECT_EQ(prior["unmatched"], Json({"same(kind)"}));
  EXPECT_EQ(prior["unused"], Json::array());
}

TEST(Prior, of_a_hand_written_file_pulls_towards_its_estimates) {
  const Here here(small_record());
  here.write("prior.toml", good_prior);
  ASSERT_EQ(detente({"fit", "record", "--formula", formula, "--prior", "prior.toml", "--json", "result.json"}).code, 0);
  const Json fit = Json::parse(here.read("result.json"))["fit"];
  const Json& prior = fit["hazards"][0]["prior"];
  const double weight = 0.2 * fit["hazards"][0]["events"].get<double>() / 100;  // the default discount
  EXPECT_NEAR(prior["weight"], weight, 1e-15);
  for (const Json& effect : prior["effects"]) {
    const bool inertia = effect["name"] == "log1p(inertia)";
    EXPECT_EQ(effect["mean"], inertia ? 0.7 : 0.2);
    EXPECT_NEAR(effect["deviation"], (inertia ? 0.1 : 0.2) / std::sqrt(weight), 1e-9);
    EXPECT_GT(effect["share"], 0);
    EXPECT_LT(effect["share"], 1);
    for (const Json& with : fit["coefficients"])
      if (with["name"] == effect["name"]) { EXPECT_LT(with["standard_error"], effect["without_error"]); }
  }
}

TEST(BadPrior, that_is_not_there) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", formula, "--prior", "prior.toml"}).text(), R"text(exit 2
-- err
error: prior.toml: cannot read the prior: No such file or directory
  help: detente fit --help
)text");
}

TEST(BadPrior, with_an_unknown_key) {
  const Here here(small_record());
  EXPECT_EQ(fit_with(here, with("events = 100", "event = 100")).text(), R"text(exit 2
-- err
error: prior.toml:7:9: unknown key 'event' in [hazards.events]
  expected: one of: kind, about, events, effects, correlations
  hint: did you mean 'events'?
  help: detente fit --help
)text");
}

TEST(BadPrior, with_a_missing_key) {
  const Here here(small_record());
  EXPECT_EQ(fit_with(here, with("standard_error = 0.2\n", "")).text(), R"text(exit 2
-- err
error: prior.toml:19:1: the key 'standard_error' is missing in [hazards.events.effects]
  expected: all of: name, meaning, estimate, standard_error
  help: detente fit --help
)text");
}

TEST(BadPrior, whose_correlations_are_not_positive_definite) {
  const Here here(small_record());
  EXPECT_EQ(fit_with(here, with("  [1, 0.5],\n  [0.5, 1],", "  [1, 1],\n  [1, 1],")).text(), R"text(exit 2
-- err
error: prior.toml:8:16: cannot use the value of 'correlations' in [hazards.events]
  expected: a positive definite matrix; its smallest eigenvalue is 0
  help: detente fit --help
)text");
}

TEST(BadPrior, whose_correlations_have_another_size) {
  const Here here(small_record());
  EXPECT_EQ(fit_with(here, with("  [0.5, 1],\n", "")).text(), R"text(exit 2
-- err
error: prior.toml:8:16: cannot use the value of 'correlations' in [hazards.events]
  expected: 2 rows of 2 numbers between -1 and 1, 1 on the diagonal: a row for each effect
  help: detente fit --help
)text");
}

TEST(BadPrior, with_a_standard_error_of_zero) {
  const Here here(small_record());
  EXPECT_EQ(fit_with(here, with("standard_error = 0.1", "standard_error = 0")).text(), R"text(exit 2
-- err
error: prior.toml:17:18: cannot use the value of 'standard_error' in [hazards.events.effects]
  expected: a number above 0
  help: detente fit --help
)text");
}

TEST(BadPrior, of_which_nothing_is_matched) {
  const Here here(small_record());
  here.write("prior.toml", good_prior);
  const Answer answer = detente({"fit", "record", "--formula", "same(kind)", "--prior", "prior.toml"});
  EXPECT_EQ(answer.code, 2);
  EXPECT_TRUE(
      answer.err.starts_with("error: prior.toml: no effect of the model has a counterpart in this prior\n"
                             "  expected: the meaning of one of its effects: events: same(kind)\n"))
      << answer.err;
}

TEST(BadPrior, without_hazards) {
  const Here here(small_record());
  EXPECT_EQ(fit_with(here, "record = \"elsewhere\"\n").text(), R"text(exit 2
-- err
error: prior.toml: the prior has no hazards
  expected: at least one [hazards.NAME] table, as `detente fit --save` writes it
  help: detente fit --help
)text");
}

TEST(BadPrior, a_number_beside_a_model) {
  Files files = small_record();
  const Here here(files);
  here.write("model.toml", small_model());
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--prior", "3"}).code, 2);
  EXPECT_EQ(detente({"fit", "record", "--formula", formula, "--prior", "-1"}).code, 2);
  EXPECT_EQ(detente({"fit", "record", "--formula", formula, "--discount", "0.2"}).code, 2);
}

TEST(Endings, incidence_and_folds_are_written) {
  const Here here;
  const Answer answer =
      detente({"fit", source("data/ai-arena"), "--model", source("data/ai-arena/model.toml"), "--incidence",
               "incidence.csv", "--folds", "4", "--repeats", "2", "--json", "result.json"});
  ASSERT_EQ(answer.code, 0) << answer.text();
  EXPECT_NE(answer.out.find("rupture: 4-fold concordance 0."), std::string::npos) << answer.out;
  EXPECT_TRUE(
      here.read("incidence.csv").starts_with("hazard,age,at_risk,estimate,standard_error,low,high,model\nrupture,"));
  const Json result = Json::parse(here.read("result.json"));
  for (const Json& hazard : result["fit"]["hazards"]) {
    const std::string name = hazard["hazard"];
    EXPECT_EQ(hazard.contains("incidence"), name == "rupture" || name == "other") << name;
    EXPECT_EQ(hazard.contains("cross_validation"), name == "rupture") << name;
    if (!hazard.contains("incidence")) continue;
    double before = 0;
    for (const Json& point : hazard["incidence"]) {
      EXPECT_GT(point["estimate"].get<double>(), before);
      before = point["estimate"];
      EXPECT_TRUE(point["model"].is_number());
    }
  }
}

}  // namespace detente::e2e::priors_test
