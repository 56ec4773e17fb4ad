// Results: valid against the published schema, in agreement with what is printed beside them, the same bits for any number
// of threads.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::results_test {

using Json = nlohmann::ordered_json;

const std::string arena = "data/ai-arena";

std::vector<std::string> arena_forecast(std::vector<std::string> more) {
  std::vector<std::string> arguments{"forecast",     source(arena), "--model", source(arena + "/model.toml"),
                                     "--replicates", "40"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

struct Result {
  std::string out;
  Json json;
};

// The result of a command that ends well, and what it printed.
Result result_of(const Here& here, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--json", "result.json"});
  const Answer answer = detente(arguments);
  EXPECT_EQ(answer.code, 0) << answer.text();
  EXPECT_EQ(answer.err, "");
  return {answer.out, answer.code == 0 ? Json::parse(here.read("result.json")) : Json()};
}

bool has_validator() { return std::system(DETENTE_PYTHON " -c 'import jsonschema' 2>/dev/null") == 0; }

void expect_valid() {
  const std::string validate =
      "import json, sys, jsonschema\n"
      "jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))\n";
  const Answer answer = shell(DETENTE_PYTHON " - '" + source("docs/reference/result.schema.json") +
                              "' result.json <<'END'\n" + validate + "END");
  EXPECT_EQ(answer.text(), "exit 0\n");
}

class Schema : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_validator()) GTEST_SKIP() << "results are not validated: python3-jsonschema is missing";
  }
};

TEST_F(Schema, describes_a_forecast_with_outcomes) {
  const Here here;
  const Result result = result_of(here, arena_forecast({"--as-of", "2025-01-22"}));
  EXPECT_TRUE(result.json["outcomes"].is_object());
  expect_valid();
}

TEST_F(Schema, describes_what_scenarios_give) {
  const Here here;
  const std::vector<std::pair<std::string, std::string>> runs{
      {"cut-ties", "120d"}, {"open-or-closed", "45d"}, {"ouster", "20d"}, {"feedback", "20d"}};
  for (const auto& [scenario, horizon] : runs) {
    const std::string path = source(fmt::format("data/scenarios/{}.toml", scenario));
    for (const char* command : {"simulate", "whatif"}) {
      const Answer answer =
          detente({command, path, "--replicates", "2", "--set", "horizon=" + horizon, "--json", "result.json"});
      ASSERT_EQ(answer.code, 0) << scenario << answer.text();
      expect_valid();
    }
  }
  ASSERT_EQ(detente({"simulate", source("data/scenarios/known/bass.toml"), "--json", "result.json"}).code, 0);
  expect_valid();
}

TEST_F(Schema, describes_a_forecast_without_outcomes) {
  const Here here;
  const Result result = result_of(here, arena_forecast({"--as-of", "last"}));
  EXPECT_TRUE(result.json["outcomes"].is_null());
  expect_valid();
}

TEST_F(Schema, describes_a_forecast_of_nothing) {
  Files files = small_record();
  files["record/ties.csv"] = "id,a,b,kind,start,end,ending\nt1,anna,ben,alliance,2022-01-01,2022-01-04,rupture\n";
  files["model.toml"] = small_model();
  const Here here(files);
  const Result result =
      result_of(here, {"forecast", "record", "--model", "model.toml", "--as-of", "2022-01-05", "--replicates", "8"});
  EXPECT_TRUE(result.json["forecast"]["alliances"].empty());
  expect_valid();
}

TEST_F(Schema, describes_alliances) {
  const Here here;
  const std::vector<std::string> arguments{"alliances", source(arena), "--as-of", "2025-01-22"};
  const Result plain = result_of(here, arguments);
  EXPECT_EQ(plain.json["alliances"]["list"].size(), 13U);
  EXPECT_TRUE(plain.json["alliances"]["inferred_by"].is_null());
  expect_valid();
  std::vector<std::string> more = arguments;
  more.insert(more.end(), {"--inferred", "--sensitivity"});
  EXPECT_EQ(result_of(here, more).json["alliances"]["sensitivity"].size(), 27U);
}

TEST_F(Schema, describes_a_profile) {
  const Here here;
  const Result result = result_of(here, {"profile", source(arena), "--as-of", "2025-01-22", "--windows", "2"});
  const Json& profile = result.json["profile"];
  EXPECT_EQ(profile["indices"].size(), 5U);
  EXPECT_EQ(profile["windows"].size(), 2U);
  EXPECT_TRUE(profile["actors"].front()["shown"].get<bool>());
  EXPECT_TRUE(profile["actors"].back()["indices"].empty());
  EXPECT_EQ(result.json["fit"]["hazards"].size(), 3U);
  expect_valid();
}

TEST_F(Schema, describes_goodness_of_fit) {
  const Here here;
  const Result result =
      result_of(here, {"gof", source(arena), "--model", source("data/ai-arena/model.toml"), "--replicates", "39"});
  const Json& gof = result.json["gof"];
  EXPECT_EQ(gof["events"].get<int>() + gof["events_before"].get<int>(), 319);
  EXPECT_EQ(gof["events_not_at_risk"].get<int>(), 1);  // later than its actor left
  EXPECT_EQ(gof["ranks"].size(), 2U);
  std::size_t outside = 0;
  for (const Json& row : gof["statistics"]) outside += row["outside"].get<bool>() ? 1 : 0;
  EXPECT_EQ(gof["outside"]["recorded"].get<std::size_t>(), outside);
  expect_valid();
}

TEST_F(Schema, describes_coefficients_by_actor_and_pair) {
  const Here here;
  const Result result = result_of(here, {"fit", source(arena), "--formula", "log1p(inertia) + by_actor(1)"});
  const Json& hazard = result.json["fit"]["hazards"][0];
  const Json& actors = hazard["random_effects"][0];
  EXPECT_EQ(actors["of"], "sender");
  EXPECT_NE(result.out.find(fmt::format("by_actor(1): {} senders", actors["groups"].size())), std::string::npos);
  EXPECT_NE(result.out.find(fmt::format("1: standard deviation {:.4f}", actors["standard_deviation"][0].get<double>())),
            std::string::npos);
  EXPECT_GT(hazard["log_likelihood"], hazard["log_likelihood_without"]);
  expect_valid();
  const Result pairs = result_of(here, {"fit", source(arena), "--formula", "by_pair(1)"});
  EXPECT_TRUE(pairs.json["fit"]["hazards"][0]["random_effects"][0]["groups"][0].contains("with"));
  expect_valid();
}

TEST_F(Schema, describes_fits_that_converge_and_fits_that_cannot) {
  Files files = small_record();
  files["one.csv"] = "date,source,target\n2022-01-05,anna,ben\n";
  const Here here(files);
  for (const char* timing : {"exact", "ordinal"}) {
    EXPECT_EQ(result_of(here, {"fit", "record", "--formula", "inertia", "--timing", timing}).json["fit"]["status"],
              "converged");
    expect_valid();
    EXPECT_EQ(result_of(here, {"fit", "one.csv", "--formula", "inertia", "--timing", timing}).json["fit"]["status"],
              "rank-deficient");
    expect_valid();
    EXPECT_EQ(result_of(here, {"fit", "record", "--formula", "inertia", "--timing", timing, "--first", "99"})
                  .json["fit"]["status"],
              "no-events");
    expect_valid();
  }
}

TEST_F(Schema, describes_priors_incidence_and_cross_validation) {
  const Here here;
  const std::string model = source(arena + "/model.toml");
  result_of(here, {"fit", source(arena), "--model", model, "--incidence", "incidence.csv", "--folds", "3", "--repeats",
                   "1", "--prior", source("data/priors/states-1816-1970.toml")});
  expect_valid();
  const Result forecast = result_of(
      here, arena_forecast({"--as-of", "2025-01-22", "--prior", source("data/priors/states-1816-1970.toml")}));
  expect_valid();
  for (const Json& hazard : forecast.json["fit"]["hazards"]) {
    EXPECT_EQ(hazard["prior"].is_object(), hazard["hazard"] == "rupture");
    if (!hazard["prior"].is_object()) continue;
    EXPECT_EQ(hazard["prior"]["effects"].size(), 4U);  // all of the arena's have a counterpart
    EXPECT_TRUE(hazard["prior"]["effects"][0]["without"].is_null());
    EXPECT_TRUE(hazard["prior"]["unused"].empty());
  }
}

TEST_F(Schema, describes_the_fit_of_a_model_and_of_a_plain_list_of_events) {
  const Here here;
  result_of(here, {"fit", source(arena), "--model", source(arena + "/model.toml")});
  expect_valid();
  result_of(here, {"fit", source("tests/reference/n10_m200.csv"), "--preset", "remify", "--formula",
                   "inertia + otp(unique)"});
  expect_valid();
}

// The line of the output that begins with these words.
std::string line_with(const std::string& out, const std::string& start) {
  const std::size_t at = ("\n" + out).find("\n" + start);
  return at == std::string::npos ? "" : out.substr(at, out.find('\n', at) - at);
}

std::string percent(double p) {
  return p < 0.0095 ? fmt::format("{:.1f} %", 100 * p) : fmt::format("{:.0f} %", 100 * p);
}

TEST(Table, of_a_forecast_says_what_its_json_says) {
  const Here here;
  const Result result =
      result_of(here, arena_forecast({"--as-of", "2025-01-22", "--top", "1000", "--csv", "result.csv"}));
  const Json& forecast = result.json["forecast"];
  ASSERT_GT(forecast["alliances"].size(), 5U);
  EXPECT_NE(result.out.find(fmt::format("{} cooperative ties in force", forecast["alliances"].size())),
            std::string::npos);
  const std::string csv = here.read("result.csv");
  double before = 1;
  for (std::size_t k = 0; k < forecast["alliances"].size(); ++k) {
    const Json& one = forecast["alliances"][k];
    EXPECT_EQ(one["rank"], k + 1);
    const double p = one["probability"];
    EXPECT_LE(p, before);
    EXPECT_LE(one["low"].get<double>(), p);
    EXPECT_LE(p, one["high"].get<double>());
    before = p;
    const std::string line = line_with(result.out, fmt::format("{:>4}  ", k + 1));
    EXPECT_NE(line.find(fmt::format("{:<10}  {:<10}  {:>7}  {:>13}", one["kind"].get<std::string>(),
                                    one["since"].get<std::string>(), percent(p),
                                    percent(one["low"]) + "–" + percent(one["high"]))),
              std::string::npos)
        << line;
    EXPECT_NE(line.find(one["a_name"].get<std::string>().substr(0, 12)), std::string::npos) << line;
    EXPECT_NE(line.find(result.json["outcomes"]["alliances"][k]["outcome"].get<std::string>()), std::string::npos)
        << line;
    EXPECT_NE(
        csv.find(fmt::format("\n{},{},{},", k + 1, one["tie_id"].get<std::string>(), one["kind"].get<std::string>())),
        std::string::npos);
    EXPECT_NE(csv.find(fmt::format("{:.6f},{:.6f},{:.6f}", p, one["low"].get<double>(), one["high"].get<double>())),
              std::string::npos);
  }
  EXPECT_NE(
      result.out.find(fmt::format("{} of {} ruptured.  Log loss {:.4f}", result.json["outcomes"]["ruptures"].get<int>(),
                                  forecast["alliances"].size(), result.json["outcomes"]["log_loss"].get<double>())),
      std::string::npos)
      << result.out;
}

// Both start hazards of the shipped model: tables, CSV and outcomes say what the JSON says.
TEST(Table, of_starts_says_what_their_json_says) {
  const Here here;
  const Result result =
      result_of(here, arena_forecast({"--as-of", "2025-06-12", "--top", "1000", "--csv", "result.csv"}));
  const Json& starts = result.json["forecast"]["starts"];
  const std::string csv = here.read("result.csv");
  std::map<std::string, std::size_t> count;
  std::map<std::string, double> before;
  for (const Json& one : starts) {
    const std::string hazard = one["hazard"];
    EXPECT_EQ(one["rank"], ++count[hazard]);
    const double p = one["probability"];
    EXPECT_LE(p, before.try_emplace(hazard, 1).first->second);
    before[hazard] = p;
    EXPECT_LE(one["low"].get<double>(), p);
    EXPECT_LE(p, one["high"].get<double>());
    const std::string table = result.out.substr(result.out.find("May start (" + hazard + ")"));
    const std::string line = line_with(table, fmt::format("{:>4}  ", count[hazard]));
    EXPECT_NE(line.find(fmt::format("{:<10}  {:>7}  {:>13}", one["since"].get<std::string>(), percent(p),
                                    percent(one["low"]) + "–" + percent(one["high"]))),
              std::string::npos)
        << line;
    EXPECT_NE(csv.find(fmt::format("\n{},,,{},{},{},{:.6f},", count[hazard], one["a"].get<std::string>(),
                                   one["b"].get<std::string>(), one["since"].get<std::string>(), p)),
              std::string::npos);
  }
  EXPECT_EQ(count.size(), 2U);
  EXPECT_GT(count["formation"], count["reconciliation"]);
  for (const Json& one : result.json["outcomes"]["starts"]) {
    const std::string hazard = one["hazard"];
    EXPECT_EQ(one["n"], count[hazard]);
    EXPECT_NE(result.out.find(fmt::format("{} of {} saw a tie start ({}).  Log loss {:.4f} (constant {:.4f}",
                                          one["started"].get<int>(), count[hazard], hazard,
                                          one["log_loss"].get<double>(), one["log_loss_constant"].get<double>())),
              std::string::npos)
        << result.out;
  }
}

// Cyra and Ben broke twice and were mended once; Anna and Ben break in 2022 and mend it on 2023-02-01.
Files mended_record() {
  Files files = small_record();
  files["record/actors.csv"] += "cyra,Cyra,leader\n";
  files["record/ties.csv"] +=
      "t5,cyra,ben,alliance,2022-01-05,2022-06-01,rupture\nt6,cyra,ben,alliance,2022-09-01,2022-12-01,rupture\n";
  files["model.toml"] = "[hazards.mending]\nkind = \"start\"\npairs = \"ruptured\"\n";
  return files;
}

std::vector<std::string> mending_forecast(const std::string& as_of) {
  return {"forecast", "record", "--model", "model.toml", "--as-of", as_of, "--horizon", "60d", "--replicates", "8"};
}

TEST(Table, of_starts_alone) {
  const Here here(mended_record());
  std::vector<std::string> arguments = mending_forecast("2022-12-31");
  arguments.insert(arguments.end(), {"--csv", "result.csv"});
  const Result result = result_of(here, arguments);
  const Json& starts = result.json["forecast"]["starts"];
  ASSERT_EQ(starts.size(), 2U);
  EXPECT_EQ(starts[0]["a"], "anna");
  EXPECT_EQ(starts[0]["since"], "2022-11-20");
  EXPECT_EQ(result.json["outcomes"]["starts"][0]["started"], 1);
  EXPECT_EQ(result.out.find("rupture)"), std::string::npos) << result.out;
  EXPECT_NE(line_with(result.out, "   1  Anna – Ben").find("started 2023-02-01"), std::string::npos) << result.out;
  EXPECT_EQ(here.read("result.csv").substr(0, 154),
            "rank,tie_id,kind,a,b,since,probability,low,high,median_date,probability_other_ending,hazard_ratio,"
            "events_behind,baseline_constant,baseline_duration,hazard");
}

// Golden: as of a day when nothing was mended yet there is nothing to learn from.
TEST(Table, of_starts_needs_one_to_learn_from) {
  const Here here(mended_record());
  EXPECT_EQ(detente(mending_forecast("2022-08-01")).text(), R"text(exit 2
-- err
error: --as-of: no start hazard could be estimated from what was known by 2022-08-01
  got: 'mending' is no-events
  expected: a record in which a tie started between pairs at risk by then
  hint: choose a later date, or pairs = "met" or "all"
  help: detente forecast --help
)text");
}

TEST(Table, of_a_fit_says_what_its_json_says) {
  const Here here;
  const Result result =
      result_of(here, {"fit", source(arena), "--model", source(arena + "/model.toml"), "--level", "0.9"});
  const Json& fit = result.json["fit"];
  EXPECT_EQ(fit["status"], "converged");
  EXPECT_EQ(fit["level"], 0.9);
  for (const Json& one : fit["coefficients"])
    EXPECT_NE(result.out.find(fmt::format("  {:>10.4f}  {:>9.4f}  {:>9.4f}  {:>9.4f}  ", one["estimate"].get<double>(),
                                          one["standard_error"].get<double>(), one["low"].get<double>(),
                                          one["high"].get<double>())),
              std::string::npos)
        << one;
  for (const Json& one : fit["hazards"])
    EXPECT_NE(result.out.find(fmt::format("converged: log-likelihood {:.4f}, AIC {:.2f}",
                                          one["log_likelihood"].get<double>(), one["aic"].get<double>())),
              std::string::npos)
        << one;
}

TEST(Status, separation_is_named_and_a_prior_mends_it) {
  const Here here(one_receiver_record());
  const std::vector<std::string> fit{"fit", "record", "--formula", "receive(kind=organization)", "--timing", "ordinal"};
  const Result separated = result_of(here, fit);
  EXPECT_EQ(separated.json["fit"]["status"], "separated");
  EXPECT_EQ(separated.json["fit"]["hazards"][0]["message"],
            "'receive(kind=organization)' separates the events from everything else at risk: its estimate runs off to "
            "infinity: all 12 events have the value 1, above the mean of the dyads at risk; most of all "
            "event 1 (events.csv:2; 2022-01-10, ben -> acme): 1 against 0.3333; "
            "event 2 (events.csv:3; 2022-01-11, ben -> acme): 1 against 0.3333; "
            "event 3 (events.csv:4; 2022-01-12, anna -> acme): 1 against 0.3333; "
            "remove it, merge it with another effect or give a prior");
  EXPECT_TRUE(separated.json["fit"]["coefficients"][0]["standard_error"].is_null());
  std::vector<std::string> with_prior = fit;
  with_prior.insert(with_prior.end(), {"--prior", "1"});
  EXPECT_EQ(result_of(here, with_prior).json["fit"]["status"], "converged");
}

std::string forecast_section(const Here& here, std::vector<std::string> more) {
  more.insert(more.end(), {"--as-of", "2025-01-22"});
  return result_of(here, arena_forecast(more)).json["forecast"].dump(1);
}

TEST(Seed, the_same_one_gives_the_same_bits_on_one_thread_and_on_two) {
  const Here here;
  const std::string one = forecast_section(here, {"--seed", "7", "--threads", "1"});
  EXPECT_EQ(one, forecast_section(here, {"--seed", "7", "--threads", "2"}));
  EXPECT_EQ(one, forecast_section(here, {"--seed", "7", "--threads", "2"}));
  EXPECT_NE(one, forecast_section(here, {"--seed", "8", "--threads", "1"}));
}

TEST(Provenance, names_the_command_and_what_was_read) {
  const Here here(small_record());
  const Json provenance = result_of(here, {"fit", "record", "--formula", "inertia + reciprocity"}).json["provenance"];
  EXPECT_EQ(provenance["command_line"], "detente fit record --formula 'inertia + reciprocity' --json result.json");
  EXPECT_EQ(provenance["record"]["files"].size(), 4U);
  EXPECT_EQ(provenance["record"]["events"], 9);
}

// Events at 1, 2, 3 and 4; c is there from 3 on.  Without effects the rate is events / (dyads x time).
TEST(EndOfObservation, counts_the_time_without_events_until_then) {
  const Here here(Files{{"events.csv", "time,sender,receiver\n1,a,b\n2,b,a\n3,c,a\n4,a,c\n"}});
  const auto baseline = [&](const std::vector<std::string>& more) {
    std::vector<std::string> command{"fit", "events.csv", "--formula", "", "--json", "fit.json"};
    command.insert(command.end(), more.begin(), more.end());
    const Answer answer = detente(command);
    EXPECT_EQ(answer.code, 0) << answer.text();
    return Json::parse(text_of("fit.json"))["fit"]["coefficients"][0]["estimate"].get<double>();
  };
  EXPECT_NEAR(baseline({}), std::log(4.0 / (2 * 2 + 6)), 1e-9);
  EXPECT_NEAR(baseline({"--until", "9"}), std::log(4.0 / (2 * 2 + 6 * 6)), 1e-9);
  EXPECT_NEAR(baseline({"--until", "3.5"}), std::log(3.0 / (2 * 2 + 6 * 0.5)), 1e-9);
  EXPECT_NEAR(baseline({"--until", "2.5"}), std::log(2.0 / (2 * 1.5)), 1e-9);
  EXPECT_EQ(detente({"fit", "events.csv", "--formula", "", "--until", "0.5"}).text(), R"text(exit 2
-- err
error: --until: nothing had happened when observation ended
  got: 0.5
  expected: 1 or later: the first event
  help: detente fit --help
)text");
}

}  // namespace detente::e2e::results_test
