// Models and formulas with a mistake in them: each message names the file, the line and the character.
#include <gtest/gtest.h>

#include <algorithm>

#include "command.hpp"

namespace detente::e2e::bad_models_test {

TEST(BadFormula, a_misspelt_effect) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia + reciprocty"}).text(), R"text(exit 2
-- err
error: --formula:11: there is no effect 'reciprocty'
  inertia + reciprocty
            ^
  hint: did you mean 'reciprocity'?
  help: detente fit --help
)text");
}

TEST(BadFormula, a_trace_that_does_not_exist) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia + reciprocity(grievance)"}).text(), R"text(exit 2
-- err
error: --formula:23: there is no trace 'grievance'
  inertia + reciprocity(grievance)
                        ^
  expected: one of: all
  hint: traces are declared in the model's [traces] table
  help: detente fit --help
)text");
}

TEST(BadFormula, an_argument_that_does_not_exist) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "in_degree(off=receiver)"}).text(), R"text(exit 2
-- err
error: --formula:15: 'in_degree' takes no argument 'off'
  in_degree(off=receiver)
                ^
  expected: trace, of, unique
  hint: did you mean 'of'?
  help: detente fit --help
)text");
}

TEST(BadFormula, a_choice_that_does_not_exist) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "in_degree(of=reciever)"}).text(), R"text(exit 2
-- err
error: --formula:14: 'of' cannot be 'reciever'
  in_degree(of=reciever)
               ^
  expected: one of: sender, receiver
  hint: did you mean 'receiver'?
  help: detente fit --help
)text");
}

TEST(BadFormula, a_kind_of_tie_that_does_not_exist) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "tie(aliance)"}).text(), R"text(exit 2
-- err
error: --formula:5: there is no kind of tie 'aliance'
  tie(aliance)
      ^
  expected: one of: cooperative, alliance, founding, office, employment, investment, board, inferred, litigation
  hint: did you mean 'alliance'?
  help: detente fit --help
)text");
}

TEST(BadFormula, an_attribute_that_does_not_exist) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "same(knd)"}).text(), R"text(exit 2
-- err
error: --formula:6: there is no attribute 'knd'
  same(knd)
       ^
  expected: one of: kind
  hint: did you mean 'kind'?
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "same"}).text(), R"text(exit 2
-- err
error: --formula:1: 'same' needs an attribute
  same
  ^
  expected: such as same(kind)
  hint: attributes are those of attributes.csv, and kind
  help: detente fit --help
)text");
}

TEST(BadFormula, a_level_that_does_not_exist) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "send(kind=leeder)"}).text(), R"text(exit 2
-- err
error: --formula:11: 'leeder' is no level of 'kind'
  send(kind=leeder)
            ^
  expected: one of: leader, organization
  hint: did you mean 'leader'?
  help: detente fit --help
)text");
}

TEST(BadFormula, a_factor_where_a_number_is_needed) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "sum(tie + send(kind))"}).text(), R"text(exit 2
-- err
error: --formula:16: 'kind' is a factor
  sum(tie + send(kind))
                 ^
  expected: a numeric attribute, or one level
  hint: such as send(kind=leader)
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "send(kind, reference=leadr)"}).text(), R"text(exit 2
-- err
error: --formula:22: 'leadr' is no level of 'kind'
  send(kind, reference=leadr)
                       ^
  expected: one of: leader, organization
  hint: did you mean 'leader'?
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "abs_difference(kind)"}).text(), R"text(exit 2
-- err
error: --formula:16: 'kind' is a factor
  abs_difference(kind)
                 ^
  expected: a numeric attribute
  hint: same(kind) compares its levels
  help: detente fit --help
)text");
}

TEST(BadFormula, an_end_too_early) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia +"}).text(), R"text(exit 2
-- err
error: --formula:10: the formula ends too early
  inertia +
           ^
  expected: the name of an effect
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "log1p(inertia"}).text(), R"text(exit 2
-- err
error: --formula:14: the formula ends too early
  log1p(inertia
               ^
  expected: ')'
  help: detente fit --help
)text");
}

TEST(BadFormula, a_character_that_means_nothing) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia * reciprocity"}).text(), R"text(exit 2
-- err
error: --formula:9: cannot read '* reciprocit'
  inertia * reciprocity
          ^
  expected: '+', ':', '/' or the end of the formula
  help: detente fit --help
)text");
}

TEST(BadFormula, a_term_that_stands_twice) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia + inertia"}).text(), R"text(exit 2
-- err
error: --formula:11: 'inertia' stands twice
  inertia + inertia
            ^
  hint: remove one
  help: detente fit --help
)text");
}

TEST(BadModel, no_such_file) {
  const Here here(small_record());
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml: cannot read the model: No such file or directory
  help: detente forecast --help
)text");
}

TEST(BadModel, a_folder) {
  const Here here(small_record());
  EXPECT_EQ(detente({"forecast", "record", "--model", "record", "--as-of", "last"}).text(), R"text(exit 2
-- err
error: record: this is a folder, not a model
  expected: a TOML file such as model.toml
  help: detente forecast --help
)text");
}

TEST(BadModel, no_toml) {
  Files files = small_record();
  files["model.toml"] = "[traces\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:1:8: not valid TOML: Error while parsing table header: expected ']', saw '\n'
  help: detente forecast --help
)text");
}

TEST(BadModel, no_hazards) {
  Files files = small_record();
  files["model.toml"] = "[traces]\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml: the model has no hazards
  expected: at least one [hazards.NAME] table
  help: detente forecast --help
)text");
}

TEST(BadModel, an_unknown_table) {
  Files files = small_record();
  files["model.toml"] =
      "[hazzards.rupture]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:1:1: unknown key 'hazzards'
  expected: one of: clock, traces, terms, hazards, layers, missing, directed
  hint: did you mean 'hazards'?
  help: detente forecast --help
)text");
}

TEST(BadModel, an_unknown_key) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "efects = \"inertia\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:3:10: unknown key 'efects' in [hazards.rupture]
  expected: one of: kind, timing, simultaneous, events, marks, at_risk, ties, endings, pairs, baseline, age_cuts, effects, prior, controls, sampling
  hint: did you mean 'effects'?
  help: detente forecast --help
)text");
}

// Each key with the message for a start hazard that has it.
TEST(BadModel, keys_that_do_not_go_with_ties_that_start) {
  const auto message = [](const std::string& line) {
    Files files = small_record();
    files["model.toml"] = "[hazards.mending]\nkind = \"start\"\n" + line + "\n";
    const Here here(files);
    return detente({"fit", "record", "--model", "model.toml"}).text();
  };
  EXPECT_EQ(message("endings = \"rupture\""), R"text(exit 2
-- err
error: model.toml:3:11: the key 'endings' in [hazards.mending] does not go with kind = "start"
  hint: remove it; pairs = "ruptured" are those whose tie ended by rupture
  help: detente fit --help
)text");
  EXPECT_EQ(message("baseline = \"weibull\""), R"text(exit 2
-- err
error: model.toml:3:12: the key 'baseline' in [hazards.mending] does not go with kind = "start"
  hint: remove it; age_cuts = [...] makes steps of the time at risk
  help: detente fit --help
)text");
  EXPECT_EQ(message("at_risk = \"allied\""), R"text(exit 2
-- err
error: model.toml:3:11: the key 'at_risk' in [hazards.mending] does not go with kind = "start"
  hint: the pairs at risk are chosen by pairs = "met", "ruptured" or "all"
  help: detente fit --help
)text");
  EXPECT_EQ(message("events = \"all\""), R"text(exit 2
-- err
error: model.toml:3:10: the key 'events' in [hazards.mending] does not go with kind = "start"
  hint: remove it
  help: detente fit --help
)text");
  EXPECT_EQ(message("pairs = \"broken\""), R"text(exit 2
-- err
error: model.toml:3:9: cannot use the value of 'pairs' in [hazards.mending]
  expected: one of: met, ruptured, all
  help: detente fit --help
)text");
}

TEST(BadModel, pairs_are_for_ties_that_start) {
  Files files = small_record();
  files["model.toml"] = "[hazards.rupture]\nkind = \"end\"\npairs = \"met\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:3:9: the key 'pairs' in [hazards.rupture] does not go with kind = "end"
  hint: remove it
  help: detente fit --help
)text");
}

TEST(BadModel, ties_that_start_need_a_clock_that_ticks) {
  Files files = small_record();
  files["events.csv"] = "time,source,target,type\n1,anna,ben,praise\n2,ben,anna,praise\n";
  files["model.toml"] = "[hazards.mending]\nkind = \"start\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "events.csv", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:1: the hazard 'mending' of ties that start needs a clock that ticks
  expected: a tick in the record's unit of time
  hint: [clock] tick = 1
  help: detente fit --help
)text");
}

TEST(BadModel, an_unknown_effect) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "effects = \"inertia + recipocity\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:3:22: there is no effect 'recipocity'
  inertia + recipocity
            ^
  hint: did you mean 'reciprocity'?
  help: detente forecast --help
)text");
}

TEST(BadModel, an_unknown_effect_in_a_formula_of_several_lines) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "effects = \"\"\"inertia\n"
      " + recipocity\"\"\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:4:4: there is no effect 'recipocity'
   + recipocity
     ^
  hint: did you mean 'reciprocity'?
  help: detente forecast --help
)text");
}

TEST(BadModel, a_formula_that_begins_on_the_next_line) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "effects = \"\"\"\n"
      "inertia\n"
      " + recipocity\"\"\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:5:4: there is no effect 'recipocity'
   + recipocity
     ^
  hint: did you mean 'reciprocity'?
  help: detente forecast --help
)text");
}

TEST(BadModel, an_effect_on_a_trace_that_does_not_exist) {
  Files files = small_record();
  files["model.toml"] =
      "[traces]\n"
      "grievance = { events = \"conflict\" }\n"
      "\n"
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "effects = \"inertia(grivance)\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:6:20: there is no trace 'grivance'
  inertia(grivance)
          ^
  expected: one of: grievance, all
  hint: did you mean 'grievance'?
  help: detente forecast --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:6:20: there is no trace 'grivance'
  inertia(grivance)
          ^
  expected: one of: grievance, all
  hint: did you mean 'grievance'?
  help: detente fit --help
)text");
}

TEST(BadModel, a_trace_of_events_that_do_not_exist) {
  Files files = small_record();
  files["model.toml"] =
      "[traces]\n"
      "grievance = { events = \"conflcit\" }\n"
      "\n"
      "[hazards.rupture]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:2: unknown events 'conflcit'
  expected: all, cooperation, conflict, a quad class or a type of the record
  hint: did you mean 'conflict'?
  help: detente forecast --help
)text");
}

TEST(BadModel, a_hazard_of_events_that_do_not_exist) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.quarrel]\n"
      "kind = \"tie\"\n"
      "events = [\"sue\", \"prase\"]\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:3: unknown events 'prase'
  expected: all, cooperation, conflict, a quad class or a type of the record
  hint: did you mean 'praise'?
  help: detente fit --help
)text");
}

TEST(BadModel, a_kind_of_tie_at_risk_that_does_not_exist) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "ties = \"cooperativ\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:1: unknown kind of tie 'cooperativ'
  expected: one of: cooperative, alliance, office, employment, investment, founding, board, inferred, litigation
  hint: did you mean 'cooperative'?
  help: detente forecast --help
)text");
}

TEST(BadModel, an_ending_that_does_not_exist) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "endings = \"ruptur\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:1: unknown ending 'ruptur'
  expected: one of: rupture, exit, fulfilled, renegotiated, closed, loss, faded, other
  hint: did you mean 'rupture'?
  help: detente forecast --help
)text");
}

TEST(BadModel, a_half_life_that_is_none) {
  Files files = small_record();
  files["model.toml"] =
      "[traces]\n"
      "grievance = { halflife = \"soon\" }\n"
      "\n"
      "[hazards.rupture]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:2:26: cannot use the value of 'halflife' in [traces.grievance]
  got: "soon"
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente forecast --help
)text");
}

TEST(BadModel, a_half_life_and_a_window) {
  Files files = small_record();
  files["model.toml"] =
      "[traces]\n"
      "grievance = { halflife = \"45d\", window = \"45d\" }\n"
      "\n"
      "[hazards.rupture]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:2:42: cannot use the value of 'window' in [traces.grievance]
  expected: a half-life or a window, not both
  help: detente forecast --help
)text");
}

TEST(BadModel, an_interval_that_is_none) {
  const auto error_of = [](const std::string& trace) {
    Files files = small_record();
    files["model.toml"] = "[traces]\n" + trace + "\n\n[hazards.rupture]\nkind = \"end\"\n";
    const Here here(files);
    return detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"})
        .text();
  };
  const std::string ages =
      R"text(exit 2
-- err
error: model.toml:2:26: cannot use the value of 'interval' in [traces.grievance]
  expected: two ages in the same unit, the younger first, such as ["1d", "7d"] or [0, "7d"]
  help: detente forecast --help
)text";
  EXPECT_EQ(error_of("grievance = { interval = [\"7d\", \"1d\"] }"), ages);
  EXPECT_EQ(error_of("grievance = { interval = [\"7d\", \"7d\"] }"), ages);
  EXPECT_EQ(error_of("grievance = { interval = [\"7d\"] }"), ages);
  EXPECT_EQ(error_of("grievance = { interval = [-1, 7] }"), ages);
  EXPECT_EQ(error_of("grievance = { interval = \"7d\" }"), ages);
  EXPECT_EQ(error_of("grievance = { interval = [\"1d\", \"7d\"], window = \"9d\" }"),
            R"text(exit 2
-- err
error: model.toml:2:26: cannot use the value of 'interval' in [traces.grievance]
  expected: no half-life or window beside an interval
  help: detente forecast --help
)text");
}

TEST(BadModel, a_value_that_is_no_choice) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.quarrel]\n"
      "kind = \"tie\"\n"
      "timing = \"exactly\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:3:10: cannot use the value of 'timing' in [hazards.quarrel]
  expected: one of: exact, ordinal
  help: detente fit --help
)text");
}

TEST(BadModel, a_key_of_the_other_kind) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "timing = \"exact\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:3:10: the key 'timing' in [hazards.rupture] does not go with kind = "end"
  hint: remove it
  help: detente forecast --help
)text");
}

TEST(BadModel, a_prior_that_is_no_scale) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.rupture]\n"
      "kind = \"end\"\n"
      "prior = -1\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:3:9: cannot use the value of 'prior' in [hazards.rupture]
  expected: a positive number: the standard deviation of each effect's Gaussian prior
  help: detente forecast --help
)text");
}

TEST(BadModel, a_forecast_without_a_rupture_hazard) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.breakup]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml: the model has no end hazard named 'rupture'
  expected: [hazards.rupture] with kind = "end"
  hint: a forecast asks which ties end by that hazard, or which start by one of kind = "start"
  help: detente forecast --help
)text");
}

TEST(BadModel, a_forecast_with_an_ordinal_hazard) {
  Files files = small_record();
  files["model.toml"] =
      "[hazards.conflict]\n"
      "kind = \"tie\"\n"
      "events = \"conflict\"\n"
      "timing = \"ordinal\"\n"
      "effects = \"inertia\"\n"
      "\n"
      "[hazards.rupture]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-12-31", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: model.toml:5:12: the hazard 'conflict' has ordinal timing: it knows the order of events, not their dates
  hint: a forecast needs timing = "exact"
  help: detente forecast --help
)text");
}

TEST(Status, an_effect_that_never_varies) {
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia + tie(litigation)", "--timing", "ordinal"}).text(),
            R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, ordinal; 9 events; 6.0 dyads at risk on average; factorised)
  effect             estimate  std.error   95 % low       high   exp(est.)        low       high
  rank-deficient: log-likelihood -16.1258, AIC 36.25, 0 iterations
  'tie(litigation)' is the same for every dyad at risk: the record says nothing about it; remove it
)text");
}

TEST(Status, effects_that_say_the_same) {
  Files files = small_record();
  files["model.toml"] =
      "[traces]\n"
      "every = { events = \"all\" }\n"
      "\n"
      "[hazards.events]\n"
      "timing = \"ordinal\"\n"
      "effects = \"inertia + inertia(every) + reciprocity\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, ordinal; 9 events; 6.0 dyads at risk on average; factorised)
  effect            estimate  std.error   95 % low       high   exp(est.)        low       high
  rank-deficient: log-likelihood -16.1258, AIC 38.25, 0 iterations
  'inertia(every)' = 'inertia' on every dyad at risk (but for what is the same for all of them): together they say nothing more; remove 'inertia(every)' or give a prior
)text");
}

TEST(Status, a_hazard_without_events) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,ben,praise\n"
      "2022-02-05,ben,anna,praise\n";
  files.erase("record/ties.csv");
  files["model.toml"] =
      "[hazards.conflict]\n"
      "events = \"conflict\"\n"
      "effects = \"inertia\"\n"
      "\n"
      "[hazards.rupture]\n"
      "kind = \"end\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 0
-- out
observed from 2022-01-05 to 2022-02-05; actors present: 2 from their first event or tie
conflict (tie, exact; 0 events; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  no-events: log-likelihood 0.0000, AIC 4.00, 0 iterations
  the record has no event for the hazard 'conflict': nothing can be estimated
rupture (end; 0 endings of 0 ties; episodes)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  no-events: log-likelihood 0.0000, AIC 2.00, 0 iterations
  the record has no event for the hazard 'rupture': nothing can be estimated
)text");
}

// `missing=0` is proposed to an effect that takes it, and to no other.
TEST(BadModels, a_value_that_is_not_known_gets_a_hint_that_works) {
  Files files = small_record();
  files["record/attributes.csv"] = "actor,date,attribute,value\nanna,2020-01-01,size,2\n";
  const Here here(files);
  const auto hint = [](const char* formula) {
    const std::string err = detente({"fit", "record", "--formula", formula}).err;
    return err.substr(std::min(err.find("hint:"), err.size()));
  };
  EXPECT_EQ(hint("same(size)").find("hint: say what stands for an unknown one, in [missing] of a model"), 0U)
      << hint("same(size)");
  EXPECT_EQ(hint("sqrt(larger(size))").find("hint: say what stands for an unknown one, with missing=0 in the effect"),
            0U)
      << hint("sqrt(larger(size))");
  EXPECT_EQ(detente({"fit", "record", "--formula", "larger(size, missing=0)"}).code, 0);
}

TEST(BadModels, a_misspelt_name_of_terms_gets_the_nearest) {
  Files files = small_record();
  files["model.toml"] = "[terms]\nstrain = \"inertia\"\n\n[hazards.acts]\nevents = \"all\"\neffects = \"strian\"\n";
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml:6:12: there is no effect and no term 'strian'
  strian
  ^
  hint: did you mean 'strain'?
  help: detente fit --help
)text");
}

}  // namespace detente::e2e::bad_models_test
