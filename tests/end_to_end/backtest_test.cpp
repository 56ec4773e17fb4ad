// detente backtest: what it prints and writes of a small record, and what it refuses.
#include <gtest/gtest.h>

#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::backtest_test {

using Json = nlohmann::ordered_json;

// The small record, with ties of two more people of which two rupture in 2023.
Files backtest_record() {
  Files files = small_record();
  files["record/actors.csv"] += "cyra,Cyra,leader\ndan,Dan,leader\n";
  files["record/ties.csv"] +=
      "t5,cyra,ben,alliance,2022-02-01,2023-04-10,rupture\n"
      "t6,dan,ben,alliance,2022-03-01,2023-07-20,rupture\n"
      "t7,cyra,dan,alliance,2022-05-01,,\n";
  files["record/events.csv"] +=
      "2023-03-30,cyra,ben,sue\n"
      "2023-07-01,ben,dan,sue\n";
  files["model.toml"] = small_model();
  return files;
}

Answer backtest(std::vector<std::string> more) {
  std::vector<std::string> arguments{"backtest",     "record", "--model",     "model.toml",
                                     "--replicates", "16",     "--resamples", "20"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return detente(arguments);
}

const std::vector<std::string> four_dates{"--from",  "2023-01-01", "--to",      "2023-09-01",
                                          "--every", "60d",        "--horizon", "90d"};

std::vector<std::string> with(std::vector<std::string> options, const std::vector<std::string>& more) {
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

TEST(Backtest, of_a_small_record_is_printed) {
  const Here here(backtest_record());
  EXPECT_EQ(backtest(four_dates).text(), R"text(exit 0
-- out
21 forecasts of ruptures within 90 days at 5 origins, 2023-01-01 to 2023-08-29; 3 came true
(an origin is the first day ahead: known is what came before it)

                             model       90 % interval    constant  duration
log loss                    0.4430    0.0722 to 0.6806      0.4425    0.4234
Brier                       0.1278    0.0051 to 0.2092      0.1278    0.1247
skill over constant        -0.0010   -0.0087 to 0.1137
skill over duration        -0.0464   -0.1498 to 0.2819
AUC                         0.5370    0.1530 to 0.7285
concordance                 0.7000    0.2200 to 1.0000
recall in the top 10 %      0.0000    0.0000 to 0.2667
Brier = reliability 0.0570 - resolution 0.0516 + uncertainty 0.1224
Not to be told from the constant: the interval of the skill holds 0.

calibration        forecasts      n   mean forecast   observed
                  5 % to 5 %      3             5 %      0.0 %  (0.0 % to 47 %)
                  5 % to 5 %      2             5 %       50 %  (12 % to 88 %)
                  6 % to 6 %      2             6 %      0.0 %  (0.0 % to 57 %)
                  6 % to 6 %      2             6 %      0.0 %  (0.0 % to 57 %)
                  6 % to 7 %      2             7 %      0.0 %  (0.0 % to 57 %)
                  7 % to 7 %      2             7 %       50 %  (12 % to 88 %)
                  7 % to 8 %      2             8 %      0.0 %  (0.0 % to 57 %)
                  8 % to 8 %      2             8 %       50 %  (12 % to 88 %)
                  9 % to 9 %      2             9 %      0.0 %  (0.0 % to 57 %)
                 9 % to 10 %      2            10 %      0.0 %  (0.0 % to 57 %)

last forecast before each rupture
known to    origin      rupture     between                                   P       rank  constant
2023-03-01  2023-03-02  2023-04-10  Cyra – Ben                              5 %     2 of 5       6 %
2023-06-29  2023-06-30  2023-07-20  Dan – Ben                               7 %     2 of 4       8 %
These are estimates of behaviour in a public record, not judgements of people.
-- err
backtest: 5 dates, 16 paths each
)text");
}

TEST(Backtest, says_where_it_could_make_no_forecast_and_that_none_came_true) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(backtest({"--from", "2022-01-01", "--every", "150d", "--horizon", "90d"}).text(), R"text(exit 0
-- out
4 forecasts of ruptures within 90 days at 2 origins, 2023-03-27 to 2023-08-24; 0 came true
(an origin is the first day ahead: known is what came before it)

                             model       90 % interval    constant  duration
log loss                    0.0893    0.0892 to 0.0894      0.0974    0.0849
Brier                       0.0074    0.0074 to 0.0074      0.0087    0.0070
skill over constant         0.0835    0.0824 to 0.0846
skill over duration        -0.0509  -0.1022 to -0.0042
AUC                              -                   -
concordance                      -                   -
recall in the top 10 %           -                   -
Brier = reliability 0.0074 - resolution 0.0000 + uncertainty 0.0000
None came true: such forecasts cannot tell skill from luck.

calibration        forecasts      n   mean forecast   observed
                  7 % to 7 %      1             7 %      0.0 %  (0.0 % to 73 %)
                  7 % to 7 %      1             7 %      0.0 %  (0.0 % to 73 %)
                10 % to 10 %      1            10 %      0.0 %  (0.0 % to 73 %)
                10 % to 10 %      1            10 %      0.0 %  (0.0 % to 73 %)
note: no forecast at 3 of 5 dates; at 2022-01-01: nothing is known yet at the as-of date: 2021-12-31
These are estimates of behaviour in a public record, not judgements of people.
-- err
backtest: 5 dates, 16 paths each
)text");
}

TEST(Backtest, of_two_models_says_which_forecast_better) {
  Files files = backtest_record();
  files["constant.toml"] = "[hazards.rupture]\nkind = \"end\"\nprior = 1.0\neffects = \"\"\n";
  const Here here(files);
  const Answer answer = backtest(with(four_dates, {"--against", "constant.toml", "--json", "two.json"}));
  ASSERT_EQ(answer.code, 0) << answer.text();
  const Json found = Json::parse(here.read("two.json"))["backtest"];
  const Json& difference = found["against"]["log_loss_difference"];
  EXPECT_EQ(difference["n"], found["n"]);
  EXPECT_EQ(difference["alone"], 0);
  EXPECT_NEAR(difference["mean"].get<double>(),
              found["log_loss"].get<double>() - found["against"]["log_loss"].get<double>(), 1e-12);
  EXPECT_NE(answer.out.find("log loss of model.toml less that of constant.toml, over 21 forecasts that both made"),
            std::string::npos)
      << answer.out;
  // A model against itself: all the same.
  const Answer same = backtest(with(four_dates, {"--against", "model.toml"}));
  EXPECT_NE(same.out.find("both made: 0.0000 (90 % interval 0.0000 to 0.0000)"), std::string::npos) << same.out;
}

TEST(Backtest, horizon_is_a_length_and_no_date) {
  const Here here(backtest_record());
  EXPECT_EQ(backtest({"--horizon", "2023-12-01"}).text(), R"text(exit 2
-- err
error: --horizon: each date of a backtest has the same horizon, and so another last day
  got: 2023-12-01
  expected: a duration such as 180d, 26w, 6mo or 1y
  help: detente backtest --help
)text");
}

TEST(Backtest, with_folds_prints_those_below) {
  const Here here(backtest_record());
  const std::string text = backtest(with(four_dates, {"--folds", "7", "--repeats", "2"})).text();
  ASSERT_NE(text.find("\n7-fold"), std::string::npos) << text;
  EXPECT_EQ(text.substr(text.find("\n7-fold")), R"text(
7-fold cross-validation by tie, mean of 2 deals: 3269 ticks at risk, 3 ruptures

                             model       90 % interval    constant  duration
log loss                    0.0075    0.0011 to 0.0124      0.0076    0.0076
Brier                       0.0009    0.0000 to 0.0016      0.0009    0.0009
skill over constant         0.0158    0.0051 to 0.1448
skill over duration         0.0156   -0.0154 to 0.1704
AUC                         0.3748    0.1696 to 0.6785
concordance                 0.2500    0.0000 to 0.5429
recall in the top 10 %      0.0000    0.0000 to 0.0000
Brier = reliability 0.0003 - resolution 0.0003 + uncertainty 0.0009
These are estimates of behaviour in a public record, not judgements of people.
-- err
backtest: 5 dates, 16 paths each
)text");
}

// Every forecast is of a tie in force on the eve of its date, and says what the record holds of the horizon.
TEST(Backtest, table_json_and_csv_agree_with_the_record) {
  const Here here(backtest_record());
  const Answer answer = backtest(with(four_dates, {"--json", "b.json", "--csv", "b.csv"}));
  ASSERT_EQ(answer.code, 0) << answer.text();
  const Json json = Json::parse(here.read("b.json"));
  EXPECT_TRUE(json["cross_validation"].is_null());
  const Json& found = json["backtest"];
  EXPECT_EQ(found["origins"], 5);
  std::set<std::string> pairs;
  std::string csv =
      "hazard,as_of,tie_id,a,b,kind,probability,low,high,constant,duration,rank,at_risk,outcome,what,time,"
      "a_name,b_name,origin,known_to\n";
  EXPECT_TRUE(here.read("b.csv").starts_with(csv));
  for (const Json& one : found["forecasts"]) {
    pairs.insert(one["as_of"].get<std::string>() + " " + one["tie_id"].get<std::string>() +
                 (one["outcome"] == 1 ? " ruptured " + one["time"].get<std::string>() : ""));
    EXPECT_NE(here.read("b.csv").find(
                  fmt::format("\nrupture,{},{},", one["as_of"].get<std::string>(), one["tie_id"].get<std::string>())),
              std::string::npos);
  }
  EXPECT_EQ(pairs, (std::set<std::string>{"2023-01-01 t2",
                                          "2023-01-01 t3",
                                          "2023-01-01 t5",
                                          "2023-01-01 t6",
                                          "2023-01-01 t7",
                                          "2023-03-02 t2",
                                          "2023-03-02 t4",
                                          "2023-03-02 t5 ruptured 2023-04-10",
                                          "2023-03-02 t6",
                                          "2023-03-02 t7",
                                          "2023-05-01 t2",
                                          "2023-05-01 t4",
                                          "2023-05-01 t6 ruptured 2023-07-20",
                                          "2023-05-01 t7",
                                          "2023-06-30 t2",
                                          "2023-06-30 t4",
                                          "2023-06-30 t6 ruptured 2023-07-20",
                                          "2023-06-30 t7",
                                          "2023-08-29 t2",
                                          "2023-08-29 t4",
                                          "2023-08-29 t7"}));
  EXPECT_EQ(found["n"], pairs.size());
  EXPECT_EQ(found["events"], 3);
  EXPECT_NE(answer.out.find(fmt::format("\nlog loss {:>25.4f}", found["log_loss"].get<double>())), std::string::npos);
  EXPECT_NE(answer.out.find(fmt::format("\nAUC {:>30.4f}", found["auc"].get<double>())), std::string::npos);
}

TEST(Backtest, is_the_same_on_one_thread_and_on_two) {
  const Here here(backtest_record());
  const auto result = [&](const std::string& threads, const std::string& seed) {
    const Answer answer = backtest(
        with(four_dates, {"--folds", "7", "--repeats", "2", "--threads", threads, "--seed", seed, "--json", "b.json"}));
    EXPECT_EQ(answer.code, 0) << answer.text();
    Json json = Json::parse(here.read("b.json"));
    json.erase("provenance");
    return json.dump(1);
  };
  EXPECT_EQ(result("1", "7"), result("2", "7"));
  EXPECT_NE(result("1", "7"), result("1", "8"));
}

TEST(Backtest, fits_the_published_schema) {
  if (std::system(DETENTE_PYTHON " -c 'import jsonschema' 2>/dev/null") != 0)
    GTEST_SKIP() << "results are not validated: python3-jsonschema is missing";
  const auto expect_valid = [](const std::vector<std::string>& options) {
    const Answer answer = backtest(with(options, {"--json", "b.json"}));
    EXPECT_EQ(answer.code, 0) << answer.text();
    EXPECT_EQ(shell(DETENTE_PYTHON " -m jsonschema -i b.json '" + source("docs/reference/result.schema.json") +
                    "' 2>/dev/null")
                  .text(),
              "exit 0\n");
  };
  {
    const Here here(backtest_record());
    expect_valid(four_dates);
    expect_valid(with(four_dates, {"--folds", "7", "--repeats", "2"}));
    // A schema that says nothing would be as content with this.
    Json broken = Json::parse(here.read("b.json"));
    broken["backtest"]["forecasts"][0]["probability"] = 1.5;
    here.write("b.json", broken.dump());
    EXPECT_EQ(shell(DETENTE_PYTHON " -m jsonschema -i b.json '" + source("docs/reference/result.schema.json") +
                    "' 2>/dev/null")
                  .code,
              1);
  }
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);  // with dates refused, and no rupture
  expect_valid({"--from", "2022-01-01", "--every", "150d", "--horizon", "90d"});
}

TEST(Backtest, a_dash_is_standard_output_and_nothing_else_is_on_it) {
  const Here here(backtest_record());
  const std::string program = "program backtest record --model model.toml --replicates 16 --resamples 20 --every 60d ";
  EXPECT_EQ(
      shell(program + "--json - | " DETENTE_PYTHON " -c 'import json, sys; print(json.load(sys.stdin)[\"command\"])'")
          .text(),
      "exit 0\n-- out\nbacktest\n-- err\nbacktest: 2 dates, 16 paths each\n");
  EXPECT_EQ(shell(program + "--csv - | head -1 | cut -d, -f1-4").text(),
            "exit 0\n-- out\nhazard,as_of,tie_id,a\n-- err\nbacktest: 2 dates, 16 paths each\n");
}

// Asks of each command line in turn what it answers.
std::string answers(const std::vector<std::vector<std::string>>& lines) {
  std::string all;
  for (const std::vector<std::string>& line : lines) {
    all += "$";
    for (const std::string& word : line) all += " " + word;
    all += "\n" + backtest(line).text();
  }
  return all;
}

TEST(BadBacktest, options) {
  const Here here(backtest_record());
  EXPECT_EQ(answers({{"--from", "2022-13-01"},
                     {"--to", "yesterday"},
                     {"--every", "0"},
                     {"--every", "-3d"},
                     {"--every", "1h"},
                     {"--horizon", "0d"},
                     {"--horizon", "5y"},
                     {"--from", "2023-09-01", "--to", "2023-01-01"},
                     {"--from", "2021-01-01", "--to", "2021-06-01"},
                     {"--json", "-", "--csv", "-"},
                     {"--folds", "9"},
                     {"--folds", "1"},
                     {"--repeats", "3"},
                     {"--blocks", "year"},
                     {"--level", "1"}}),
            R"text($ --from 2022-13-01
exit 2
-- err
error: --from: cannot read the date '2022-13-01'
  expected: a date such as 2025-01-22, a month such as 2025-01, or last
  help: detente backtest --help
$ --to yesterday
exit 2
-- err
error: --to: cannot read the date 'yesterday'
  expected: a date such as 2025-01-22, a month such as 2025-01, or last
  help: detente backtest --help
$ --every 0
exit 2
-- err
error: --every: cannot read the duration '0'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente backtest --help
$ --every -3d
exit 2
-- err
error: --every: cannot read the duration '-3d'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente backtest --help
$ --every 1h
exit 2
-- err
error: --every: forecasts begin with a day
  got: 1h
  expected: a day or more
  help: detente backtest --help
$ --horizon 0d
exit 2
-- err
error: --horizon: cannot read the duration '0d'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente backtest --help
$ --horizon 5y
exit 2
-- err
error: --from: there is no date to forecast from
  got: origins from 2023-04-11 to 2018-12-25
  expected: dates whose horizon of 1826.25 days the record covers: it ends 2023-12-24
  help: detente backtest --help
$ --from 2023-09-01 --to 2023-01-01
exit 2
-- err
error: --from: there is no date to forecast from
  got: origins from 2023-09-01 to 2023-01-01
  expected: dates whose horizon of 180 days the record covers: it ends 2023-12-24
  help: detente backtest --help
$ --from 2021-01-01 --to 2021-06-01
exit 2
-- err
backtest: 6 dates, 16 paths each
error: --from: nothing is known yet at the as-of date
  got: 2020-12-31
  expected: 2022-01-05 or later: the first event
  help: detente backtest --help
$ --json - --csv -
exit 2
-- err
error: -: two results cannot both be written to standard output
  hint: give one of them a file
  help: detente backtest --help
$ --folds 9
exit 2
-- err
error: --folds: there are fewer ties than folds
  got: 7 ties, 9 folds
  help: detente backtest --help
$ --folds 1
exit 2
-- err
error: --folds: Value 1 not in range [2 - 1000]
  help: detente backtest --help
$ --repeats 3
exit 2
-- err
error: --repeats requires --folds
  help: detente backtest --help
$ --blocks year
exit 2
-- err
error: --blocks cannot be 'year'
  expected: one of: tie, date
  help: detente backtest --help
$ --level 1
exit 2
-- err
error: --level: Value 1 not in range [0.01 - 0.999]
  help: detente backtest --help
)text");
}

TEST(BadBacktest, models) {
  Files files = backtest_record();
  files["model.toml"] = "[hazards.conflict]\nevents = \"conflict\"\n";
  {
    const Here here(files);
    EXPECT_EQ(backtest({}).text(), R"text(exit 2
-- err
error: model.toml: the model has no end hazard named 'rupture'
  expected: [hazards.rupture] with kind = "end"
  hint: a forecast asks which ties end by that hazard, or which start by one of kind = "start"
  help: detente backtest --help
)text");
  }
  files["model.toml"] = "[hazards.rupture]\nkind = \"end\"\nbaseline = \"cox\"\n";
  const Here here(files);
  EXPECT_EQ(backtest({}).text(), R"text(exit 2
-- err
backtest: 3 dates, 16 paths each
error: model.toml:1: the hazard 'rupture' has baseline = "cox", which gives ratios of hazards and no probabilities
  hint: baseline = "weibull", "log-logistic" or "piecewise" for a forecast
  help: detente backtest --help
)text");
}

TEST(BadBacktest, records) {
  const auto of = [](const std::string& ties, const std::string& events) {
    Files files = small_record();
    files["model.toml"] = small_model();
    files["record/ties.csv"] = "id,a,b,kind,start,end,ending\n" + ties;
    files["record/events.csv"] = "date,source,target,type\n" + events;
    const Here here(files);
    return backtest({}).text();
  };
  const std::string event = "2022-01-05,anna,ben,praise\n";
  const std::string later = "2023-12-24,acme,anna,praise\n";
  EXPECT_EQ("empty:\n" + of("", "") + "one event:\n" + of("", event) + "one tie in force:\n" +
                of("t1,anna,ben,alliance,2022-01-05,,\n", event + later) + "one tie that ruptured:\n" +
                of("t1,anna,ben,alliance,2022-01-05,2022-03-01,rupture\n", event + later),
            R"text(empty:
exit 2
-- err
error: events.csv: the record has no events
  expected: at least one row below the header
  help: detente backtest --help
one event:
exit 2
-- err
error: --from: there is no date to forecast from
  got: no rupture in the record
  expected: dates whose horizon of 180 days the record covers: it ends 2022-01-05
  help: detente backtest --help
one tie in force:
exit 2
-- err
error: --from: there is no date to forecast from
  got: no rupture in the record
  expected: dates whose horizon of 180 days the record covers: it ends 2023-12-24
  help: detente backtest --help
one tie that ruptured:
exit 2
-- err
backtest: 17 dates, 16 paths each
error: --from: no tie is in force at any of the dates to forecast from
  got: dates from 2022-03-02 to 2023-06-25
  hint: `detente alliances` lists the ties in force at a date
  help: detente backtest --help
)text");
}

}  // namespace detente::e2e::backtest_test
