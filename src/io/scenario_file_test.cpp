#include <gtest/gtest.h>

#include "base/error.hpp"
#include "io/model_file.hpp"
#include "io/scenario_file.hpp"

namespace detente::scenario_file_test {

std::string message(const std::string& text) {
  try {
    (void)parse_scenario(text, "s.toml");
  } catch (const Error& error) { return error.what(); }
  return "";
}

const std::string alone = "horizon = \"10y\"\n[arena]\nmodel = \"bass\"\n";
const std::string dated = "record = \"r\"\nmodel = \"m.toml\"\nstart = \"2025-01-22\"\nhorizon = \"180d\"\n";

TEST(ScenarioFile, ReadsLayersInterventionsBranchesAndSweeps) {
  const Scenario scenario = parse_scenario(alone + R"(
imitation = 0.5
[[intervention]]
at = 30
set = { arena.innovation = 0.2 }
[branch.slow]
title = "Slow"
[branch.slow.set]
arena.imitation = 0.1
[sweep]
setting = "arena.imitation"
values = [0.1, 0.2]
[sensitivity]
method = "sobol"
read_outs = ["arena.adopted"]
[sensitivity.ranges]
"arena.imitation" = [0.1, 0.9]
)",
                                           "folder/s.toml");
  EXPECT_EQ(scenario.layers.front().model, "bass");
  EXPECT_EQ(std::get<double>(scenario.layers.front().settings.at("imitation").value), 0.5);
  EXPECT_EQ(scenario.interventions.front().value, 0.2);
  EXPECT_EQ(scenario.branches.front().title, "Slow");
  EXPECT_EQ(
      std::get<double>(of_branch(scenario, scenario.branches.front()).layers.front().settings.at("imitation").value),
      0.1);
  EXPECT_EQ(scenario.sweep.values.size(), 2u);
  EXPECT_EQ(scenario.sensitivity.method, "sobol");
  EXPECT_EQ(scenario.horizon, 3652.5);
}

TEST(ScenarioFile, ReadsTiesThatStart) {
  const std::string start = "[[intervention]]\nat = \"2025-02-01\"\nstart = [\"a\", \"b\"]\n";
  EXPECT_TRUE(parse_scenario(dated, "s.toml").new_ties);
  const Scenario scenario = parse_scenario("new_ties = false\n" + dated + start + "kind = \"alliance\"\n", "s.toml");
  EXPECT_FALSE(scenario.new_ties);
  EXPECT_EQ(scenario.interventions.front().deed, Deed::start);
  EXPECT_EQ(scenario.interventions.front().one, "a");
  EXPECT_EQ(scenario.interventions.front().other, "b");
  EXPECT_EQ(scenario.interventions.front().what, "alliance");
  Scenario set = parse_scenario(dated, "s.toml");
  apply_set(set, "new_ties=false");
  EXPECT_FALSE(set.new_ties);
  EXPECT_THROW(apply_set(set, "new_ties=no"), Error);
  EXPECT_NE(message(dated + start).find("a tie that starts is of a kind"), std::string::npos);
  EXPECT_NE(message("new_ties = \"no\"\n" + dated).find("true or false"), std::string::npos);
}

TEST(ScenarioFile, PathsAreBesideIt) {
  const Scenario scenario = parse_scenario(dated, "data/scenarios/s.toml");
  EXPECT_EQ(scenario.record, "data/scenarios/r");
  EXPECT_EQ(format_time(scenario.start, scenario.clock), "2025-01-22");
}

TEST(ScenarioFile, TakesTheLayersOfItsModel) {
  const auto of_model = [](const std::string& model) {
    EXPECT_EQ(model, "m.toml");
    return parse_model("[hazards.acts]\n[layers.publics]\nmodel = \"followers\"\nleaders = [\"a\"]\n", model).layers;
  };
  const Scenario scenario = parse_scenario(
      dated + "[sentiment]\nmodel = \"leaders\"\n[branch.x.set]\npublics.cue_gain = 0\n", "s.toml", of_model);
  ASSERT_EQ(scenario.layers.size(), 2u);
  EXPECT_FALSE(scenario.layers[0].of_model);
  EXPECT_TRUE(scenario.layers[1].of_model);
  const Scenario branch = of_branch(scenario, scenario.branches.front());
  EXPECT_TRUE(branch.layers[1].changed.contains("cue_gain"));
  const auto wrong = [&](const std::string& text) {
    try {
      (void)of_branch(parse_scenario(dated + text, "s.toml", of_model), {});
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(wrong("[publics]\nmodel = \"degroot\"\n").find("[publics] is a layer of the scenario's model"),
            std::string::npos);
}

TEST(ModelFile, ReadsMarksAsAListOrByName) {
  const auto marks = [](const std::string& text) { return parse_model(text, "m.toml").hazards.front().marks; };
  const std::vector<MarkText> listed = marks("[hazards.acts]\nmarks = [\"cooperation\", \"conflict\"]\n");
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[1].name, "conflict");
  EXPECT_EQ(listed[1].events, (std::vector<std::string>{"conflict"}));
  const std::vector<MarkText> named =
      marks("[hazards.acts]\nmarks = { warm = [\"help\", \"meet\"], cold = \"conflict\" }\n");
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(named[0].name, "warm");  // in the order of the file
  EXPECT_EQ(named[0].events, (std::vector<std::string>{"help", "meet"}));
  const auto wrong = [&](const std::string& text) {
    try {
      (void)marks("[hazards.acts]\n" + text);
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(wrong("marks = [\"a\", \"b\"]\nevents = \"conflict\"\n").find("events or marks, not both"),
            std::string::npos);
  EXPECT_NE(wrong("kind = \"choice\"\nmarks = [\"a\", \"b\"]\n").find("does not go with kind = \"choice\""),
            std::string::npos);
}

TEST(ModelFile, SaysWhatIsWrongWithItsLayers) {
  const auto wrong = [](const std::string& text) {
    try {
      (void)parse_model("[hazards.acts]\n" + text, "m.toml");
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  EXPECT_NE(wrong("[layers.publik]\nmodel = \"followers\"\n").find("did you mean 'publics'?"), std::string::npos);
  EXPECT_NE(wrong("[layers.publics]\nmodel = \"folowers\"\n").find("did you mean 'followers'?"), std::string::npos);
  EXPECT_NE(wrong("[layers.publics]\npeople = 3\n").find("m.toml:2:1: [publics] does not say its model"),
            std::string::npos);
}

TEST(ScenarioFile, SaysWhatIsWrongWithItsPlace) {
  EXPECT_NE(message("horizn = 3\n").find("did you mean 'horizon'?"), std::string::npos);
  EXPECT_NE(message("horizon = \"-3d\"\n").find("s.toml:1:"), std::string::npos);
  EXPECT_NE(message("horizon = \"3d\"\n[arena]\n").find("does not say its model"), std::string::npos);
  EXPECT_NE(message("horizon = \"3d\"\n[arena]\nmodel = \"basss\"\n").find("did you mean 'bass'?"), std::string::npos);
  EXPECT_NE(message("record = \"r\"\nhorizon = \"3d\"\n").find("record and model go together"), std::string::npos);
  EXPECT_NE(message(dated + "[[intervention]]\nat = \"2025-02-30\"\ncut = [\"a\", \"b\"]\n").find("is no date"),
            std::string::npos);
  EXPECT_NE(message(dated + "[[intervention]]\nat = \"2025-02-03\"\n").find("does one thing"), std::string::npos);
  EXPECT_NE(message(dated + "[[intervention]]\nat = \"2025-02-03\"\nuntil = \"2025-02-01\"\nforbid = [\"a\", \"b\"]\n")
                .find("'until' is before 'at'"),
            std::string::npos);
  EXPECT_NE(message(alone + "[sweep]\nsetting = \"arena.imitatoin\"\nvalues = [1]\n").find("did you mean 'imitation'?"),
            std::string::npos);
  EXPECT_NE(message(alone + "[branch.x.set]\nsentiment.ego = 0\n").find("no layer 'sentiment'"), std::string::npos);
}

TEST(ScenarioFile, SetsReplaceSettings) {
  Scenario scenario = parse_scenario(alone, "s.toml");
  apply_set(scenario, "arena.imitation=0.7");
  apply_set(scenario, "horizon=1y");
  EXPECT_EQ(std::get<double>(scenario.layers.front().settings.at("imitation").value), 0.7);
  EXPECT_EQ(scenario.horizon, 365.25);
  EXPECT_THROW(apply_set(scenario, "arena.imitation"), Error);
  EXPECT_THROW(apply_set(scenario, "arena.immitation=1"), Error);
  EXPECT_THROW(apply_set(scenario, "replicates=1"), Error);
}

}  // namespace detente::scenario_file_test
