// Command lines with a mistake in them: each message says what was meant, all with exit 2.
#include <gtest/gtest.h>

#include "command.hpp"

namespace detente::e2e::bad_commands_test {

TEST(BadCommand, none_at_all) {
  const Here here;
  EXPECT_EQ(detente({}).text(), R"text(exit 2
-- err
error: no command was given
  expected: one of: init, alliances, check, effects, fit, forecast, backtest, gof, profile, report, simulate, whatif, scenario, completion, man
  help: detente --help
)text");
}

TEST(BadCommand, an_unknown_command) {
  const Here here;
  EXPECT_EQ(detente({"forcast", "record"}).text(), R"text(exit 2
-- err
error: unknown command 'forcast'
  hint: did you mean 'forecast'?
  help: detente --help
)text");
}

TEST(BadCommand, an_unknown_option) {
  const Here here;
  EXPECT_EQ(detente({"--versoin"}).text(), R"text(exit 2
-- err
error: unknown option '--versoin'
  hint: did you mean '--version'?
  help: detente --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--sed", "3"}).text(), R"text(exit 2
-- err
error: unknown option '--sed'
  hint: did you mean '--seed'?
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--as-off=2022-01-05"}).text(), R"text(exit 2
-- err
error: unknown option '--as-off=2022-01-05'
  hint: did you mean '--as-of'?
  help: detente forecast --help
)text");
}

TEST(BadCommand, an_argument_too_many) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "more"}).text(), R"text(exit 2
-- err
error: unexpected argument 'more'
  help: detente fit --help
)text");
}

TEST(BadCommand, a_required_option_that_is_missing) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"forecast", "record", "--as-of", "2023-12-31"}).text(), R"text(exit 2
-- err
error: --model is required
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: --as-of is required
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "--model", "model.toml", "--as-of", "2023-12-31"}).text(), R"text(exit 2
-- err
error: RECORD is required
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"fit", "record"}).text(), R"text(exit 2
-- err
error: --model or --formula is required
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: RECORD is required
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"check"}).text(), R"text(exit 2
-- err
error: no record was given
  expected: a record, or --events with a file or SQL text
  help: detente check --help
)text");
  EXPECT_EQ(detente({"report"}).text(), R"text(exit 2
-- err
error: RESULT.json is required
  help: detente report --help
)text");
}

TEST(BadCommand, an_option_without_its_value) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of"}).text(), R"text(exit 2
-- err
error: --as-of: 1 required TEXT missing
  help: detente forecast --help
)text");
}

TEST(BadCommand, options_that_exclude_each_other) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: --model excludes --formula
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--timing", "ordinal"}).text(), R"text(exit 2
-- err
error: --model excludes --timing
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--at-risk", "allied"}).text(), R"text(exit 2
-- err
error: --model excludes --at-risk
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--undirected"}).text(), R"text(exit 2
-- err
error: --model excludes --undirected
  help: detente fit --help
)text");
}

TEST(BadCommand, an_unknown_preset) {
  const Here here(small_record());
  EXPECT_EQ(detente({"check", "record", "--preset", "remfy"}).text(), R"text(exit 2
-- err
error: --preset cannot be 'remfy'
  expected: one of: detente, tkg, remify, icews, gdelt, polecat, goldfish
  hint: did you mean 'remify'?
  help: detente check --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--preset", "nonsense"}).text(), R"text(exit 2
-- err
error: --preset cannot be 'nonsense'
  expected: one of: detente, tkg, remify, icews, gdelt, polecat, goldfish
  help: detente fit --help
)text");
}

TEST(BadCommand, a_record_and_events) {
  const Here here(small_record());
  EXPECT_EQ(detente({"check", "record", "--events", "record/events.csv"}).text(), R"text(exit 2
-- err
error: a record and --events were both given
  expected: a record, or --events with a file or SQL text
  help: detente check --help
)text");
}

TEST(BadCommand, numbers_out_of_range) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--first", "0"}).text(), R"text(exit 2
-- err
error: --first: '0' is no number above 0
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--prior", "-1"}).text(), R"text(exit 2
-- err
error: --prior: '-1' is no number above 0
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--level", "2"}).text(), R"text(exit 2
-- err
error: --level: Value 2 not in range [0.01 - 0.999]
  help: detente fit --help
)text");
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "0"}).text(),
      R"text(exit 2
-- err
error: --replicates: Value 0 not in range [8 - 10000000]
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--interval", "1"}).text(),
            R"text(exit 2
-- err
error: --interval: Value 1 not in range [0.01 - 0.999]
  help: detente forecast --help
)text");
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--threads", "many"}).text(),
      R"text(exit 2
-- err
error: --threads: Value many not in range [0 - 1024]
  help: detente forecast --help
)text");
}

TEST(BadCommand, an_as_of_that_is_no_date) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "yesterday"}).text(), R"text(exit 2
-- err
error: --as-of: cannot read the date 'yesterday'
  expected: a date such as 2025-01-22, a month such as 2025-01, or last
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-02-30"}).text(), R"text(exit 2
-- err
error: --as-of: cannot read the date '2023-02-30'
  expected: a date such as 2025-01-22, a month such as 2025-01, or last
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", ""}).text(), R"text(exit 2
-- err
error: --as-of: cannot read the date ''
  expected: a date such as 2025-01-22, a month such as 2025-01, or last
  help: detente forecast --help
)text");
}

TEST(BadCommand, an_as_of_before_the_first_event) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "2022-01-04"}).text(), R"text(exit 2
-- err
error: --as-of: nothing is known yet at the as-of date
  got: 2022-01-04
  expected: 2022-01-05 or later: the first event
  help: detente forecast --help
)text");
}

TEST(BadCommand, a_horizon_that_is_no_duration) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--horizon", "180x"}).text(),
      R"text(exit 2
-- err
error: --horizon: cannot read the duration '180x'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente forecast --help
)text");
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--horizon", "-5d"}).text(),
      R"text(exit 2
-- err
error: --horizon: cannot read the duration '-5d'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--horizon", "0d"}).text(),
            R"text(exit 2
-- err
error: --horizon: cannot read the duration '0d'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente forecast --help
)text");
}

TEST(BadCommand, a_horizon_without_end) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--horizon", "1000y"}).text(),
      R"text(exit 2
-- err
error: --horizon: the horizon is too long to simulate
  got: 365250 ticks of 1
  expected: at most 50000 ticks of the model's clock
  hint: a shorter horizon, or a coarser tick in the model's [clock]
  help: detente forecast --help
)text");
}

TEST(BadCommand, an_effect_that_does_not_exist) {
  const Here here;
  EXPECT_EQ(detente({"effects", "recipocity"}).text(), R"text(exit 2
-- err
error: there is no effect 'recipocity'
  hint: did you mean 'reciprocity'?
  help: detente effects --help
)text");
  EXPECT_EQ(detente({"effects", "zzz"}).text(), R"text(exit 2
-- err
error: there is no effect 'zzz'
  hint: `detente effects` lists them
  help: detente effects --help
)text");
}

TEST(BadCommand, a_report_of_what_is_no_result) {
  Files files = small_record();
  files["model.toml"] = small_model();
  files["empty.json"] = "";
  files["other.json"] = "{\"a\": 1}";
  files["list.json"] = "[1]";
  files["next.json"] = "{\"schema\": \"detente/9\"}";
  files["bare.json"] = "{\"schema\": \"detente/1\", \"fit\": null, \"backtest\": []}";
  const Here here(files);
  EXPECT_EQ(detente({"report", "nowhere.json"}).text(), R"text(exit 2
-- err
error: nowhere.json: cannot read the result
  hint: detente forecast RECORD --json RESULT.json writes one
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "record"}).text(), R"text(exit 2
-- err
error: record: a folder, not a result
  expected: a JSON file written by detente forecast, backtest, profile, alliances, simulate, whatif, gof or fit
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:1:4: not JSON
  got: aces]\x0agoodwill = …
  expected: a result written by detente
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "empty.json"}).text(), R"text(exit 2
-- err
error: empty.json:1:1: not JSON
  got: an empty file
  expected: a result written by detente
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "other.json"}).text(), R"text(exit 2
-- err
error: other.json: not a result of detente
  got: an object without 'schema'
  expected: an object with "schema": "detente/1"
  hint: detente forecast RECORD --json RESULT.json writes a result
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "list.json"}).text(), R"text(exit 2
-- err
error: list.json: not a result of detente
  got: array
  expected: an object with "schema": "detente/1"
  hint: detente forecast RECORD --json RESULT.json writes a result
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "next.json"}).text(), R"text(exit 2
-- err
error: next.json: a result in a format that this version does not know
  got: "detente/9"
  expected: "detente/1"
  hint: detente forecast RECORD --json RESULT.json writes a result
  help: detente report --help
)text");
  EXPECT_EQ(detente({"report", "bare.json"}).text(), R"text(exit 2
-- err
error: bare.json: a result with nothing to show
  got: none of forecast, backtest, profile, alliances, simulation, whatif, gof, fit
  expected: the result of detente forecast, backtest, profile, alliances, simulate, whatif, gof or fit
  hint: detente forecast RECORD --json RESULT.json writes a result
  help: detente report --help
)text");
}

TEST(BadOutput, a_folder_that_does_not_exist_stops_the_run_before_it_starts) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--json", "nowhere/result.json"})
          .text(),
      R"text(exit 2
-- err
error: nowhere/result.json: cannot write here: No such file or directory
  hint: does the folder exist?
  help: detente forecast --help
)text");
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--csv", "nowhere/result.csv"})
          .text(),
      R"text(exit 2
-- err
error: nowhere/result.csv: cannot write here: No such file or directory
  hint: does the folder exist?
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--json", "nowhere/result.json"}).text(), R"text(exit 2
-- err
error: nowhere/result.json: cannot write here: No such file or directory
  hint: does the folder exist?
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"check", "record", "--csv", "nowhere/findings.csv"}).text(), R"text(exit 2
-- err
error: nowhere/findings.csv: cannot write here: No such file or directory
  hint: does the folder exist?
  help: detente check --help
)text");
}

TEST(BadOutput, a_folder_in_place_of_a_file) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--json", "record"}).text(),
      R"text(exit 2
-- err
error: record: cannot write here: Is a directory
  help: detente forecast --help
)text");
}

TEST(BadOutput, two_results_on_standard_output) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--json", "-", "--csv", "-"})
          .text(),
      R"text(exit 2
-- err
error: -: two results cannot both be written to standard output
  hint: give one of them a file
  help: detente forecast --help
)text");
}

}  // namespace detente::e2e::bad_commands_test
