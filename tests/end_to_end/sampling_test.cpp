// Sampled risk sets as users ask for them: what is printed, and what is said of mistakes.
#include <gtest/gtest.h>

#include "command.hpp"

namespace detente::e2e::sampling_test {

std::string fit_of(const std::string& model, const std::vector<std::string>& more = {}) {
  const Here here({{"model.toml", model}});
  std::vector<std::string> arguments{"fit", source("data/ai-arena"), "--model", "model.toml"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return detente(arguments).text();
}

std::string with_formula(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"fit", source("data/ai-arena"), "--formula", "log1p(inertia)"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return detente(arguments).text();
}

TEST(Sampling, of_a_model_is_named_in_its_table) {
  EXPECT_EQ(fit_of("[hazards.conflict]\ntiming = \"ordinal\"\nevents = \"conflict\"\ncontrols = 10\n"
                   "sampling = \"activity\"\neffects = \"log1p(inertia)\"\n"),
            R"text(exit 0
-- out
observed from 2015-12-11 to 2026-07-01; actors present: 3 from the start, 60 from their first event or tie, 8 as the record says
conflict (tie, ordinal; 187 events; sampled: 10 controls per event, activity, seed 1)
  effect            estimate  std.error   95 % low       high   exp(est.)        low       high
  log1p(inertia)      2.3209     0.1078     2.1095     2.5322     10.1844     8.2443    12.5812
  converged: log-likelihood -411.9689, AIC 825.94, 6 iterations
  note: 1 event lies outside their actors' lifetimes: remembered, but not in the likelihood
  note: the draw of controls makes most of the variance of 'log1p(inertia)' (68 %): more controls would give smaller standard errors
)text");
}

TEST(Sampling, of_the_command_line_is_ordinal_and_stands_above_the_models) {
  const std::string text = fit_of(
      "[hazards.conflict]\ntiming = \"ordinal\"\nevents = \"conflict\"\ncontrols = 10\neffects = \"log1p(inertia)\"\n",
      {"--controls", "40", "--sampling", "activity", "--seed", "9"});
  EXPECT_NE(text.find("sampled: 40 controls per event, activity, seed 9)"), std::string::npos) << text;
  EXPECT_NE(with_formula({"--controls", "20"})
                .find("events (tie, ordinal; 319 events; sampled: 20 controls per event, uniform, seed 1)"),
            std::string::npos);
}

TEST(Sampling, has_the_same_result_for_any_number_of_threads_and_another_for_another_seed) {
  const std::vector<std::string> sampled{"--controls", "5", "--sampling", "activity", "--threads"};
  const auto at = [&](const std::string& threads, const std::string& seed) {
    std::vector<std::string> arguments = sampled;
    arguments.insert(arguments.end(), {threads, "--seed", seed});
    return with_formula(arguments);
  };
  EXPECT_EQ(at("1", "1"), at("2", "1"));
  EXPECT_NE(at("1", "1"), at("1", "2"));
}

TEST(Sampling, says_when_a_sample_does_not_stand_for_the_risk_set) {
  const std::string text = with_formula({"--controls", "3"});
  EXPECT_NE(text.find("note: without sampling estimates would move: 'log1p(inertia)' by -"), std::string::npos) << text;
  EXPECT_NE(text.find("judged on 319 events against their full risk sets"), std::string::npos) << text;
}

TEST(Sampling, stands_in_the_json_with_its_check) {
  const Here here;
  ASSERT_EQ(detente({"fit", source("data/ai-arena"), "--formula", "log1p(inertia)", "--controls", "7", "--seed", "3",
                     "--json", "r.json"})
                .code,
            0);
  const std::string json = here.read("r.json");
  EXPECT_NE(json.find("\"evaluation\": \"sampled\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"sampling\": {\n     \"controls\": 7,\n     \"design\": \"uniform\",\n     \"seed\": 3,"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find("\"events_redrawn\": 319"), std::string::npos) << json;
  EXPECT_NE(json.find("\"seed\": 3,\n  \"replicates\""), std::string::npos) << json;
}

TEST(Sampling, that_cannot_be_is_refused_with_its_place) {
  EXPECT_EQ(fit_of("[hazards.conflict]\nevents = \"conflict\"\ncontrols = 10\n"), R"text(exit 2
-- err
error: model.toml:3:12: sampled controls are for ordinal timing, and the hazard 'conflict' has exact
  hint: timing = "ordinal", or no controls
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.conflict]\ntiming = \"ordinal\"\nsimultaneous = \"efron\"\ncontrols = 10\n"),
            R"text(exit 2
-- err
error: model.toml:4:12: sampled controls and Efron's correction do not go together, in the hazard 'conflict'
  hint: simultaneous = "breslow"
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.conflict]\ntiming = \"ordinal\"\nsampling = \"activity\"\n"), R"text(exit 2
-- err
error: model.toml:3:12: cannot use the value of 'sampling' in [hazards.conflict]
  expected: controls = M beside it: how many are drawn for each event
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.rupture]\nkind = \"end\"\ncontrols = 2\n"), R"text(exit 2
-- err
error: model.toml:3:12: the key 'controls' in [hazards.rupture] does not go with kind = "end"
  hint: remove it
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.conflict]\ntiming = \"ordinal\"\ncontrols = 0\n"), R"text(exit 2
-- err
error: model.toml:3:12: cannot use the value of 'controls' in [hazards.conflict]
  expected: a whole number from 1 to 10000: how many are drawn for each event
  help: detente fit --help
)text");
  EXPECT_EQ(with_formula({"--controls", "20", "--timing", "exact"}), R"text(exit 2
-- err
error: --controls: sampled controls are for ordinal timing, and the hazard 'events' has exact
  hint: --timing ordinal, or timing = "ordinal" in the model file
  help: detente fit --help
)text");
  EXPECT_EQ(with_formula({"--controls", "20", "--simultaneous", "efron"}), R"text(exit 2
-- err
error: --controls: sampled controls and Efron's correction do not go together, in the hazard 'events'
  hint: --simultaneous breslow
  help: detente fit --help
)text");
  EXPECT_EQ(with_formula({"--sampling", "activity"}), R"text(exit 2
-- err
error: --sampling requires --controls
  help: detente fit --help
)text");
  EXPECT_EQ(with_formula({"--controls", "5", "--evaluation", "blocked"}), R"text(exit 2
-- err
error: --controls excludes --evaluation blocked
  help: detente fit --help
)text");
}

}  // namespace detente::e2e::sampling_test
