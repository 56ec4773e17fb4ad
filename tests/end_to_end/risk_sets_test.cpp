// Risk sets and undirected models as users write them: what they print, and what is said of mistakes.
#include <gtest/gtest.h>

#include "command.hpp"

namespace detente::e2e::risk_sets_test {

Files with_model(const std::string& model) {
  Files files = small_record();
  files["models/model.toml"] = model;
  files["models/dyads.csv"] = "sender,receiver,from,until\nanna,ben,,\nben,anna,2022-03,2022-11-20\n";
  return files;
}

std::string fit_of(const std::string& model) {
  const Here here(with_model(model));
  return detente({"fit", "record", "--model", "models/model.toml"}).text();
}

std::string fit_of_dyads(const std::string& dyads) {
  Files files = small_record();
  files["dyads.csv"] = dyads;
  const Here here(files);
  return detente({"fit", "record", "--formula", "", "--at-risk", "dyads.csv"}).text();
}

TEST(RiskSets, of_a_model_are_named_in_its_table) {
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = \"allied\"\n"), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, exact; at risk: allied; 8 events; 5.0 dyads at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  baseline     -6.0684     0.3536    -6.7614    -5.3755      0.0023     0.0012     0.0046
  exp(baseline): a rate of one dyad per day, where all effects are 0; the other exp(est.) are ratios of hazards
  converged: log-likelihood -56.5474, AIC 115.09, 0 iterations
  note: 1 event lies outside the risk set (allied): remembered, but not in the likelihood
)text");
  EXPECT_EQ(fit_of("directed = false\n[hazards.events]\nat_risk = \"not tie(office)\"\n"), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, exact; undirected; at risk: not tie(office); 8 events; 2.5 pairs at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  baseline     -5.4100     0.3536    -6.1029    -4.7170      0.0045     0.0022     0.0089
  exp(baseline): a rate of one pair per day, where all effects are 0; the other exp(est.) are ratios of hazards
  converged: log-likelihood -51.2798, AIC 104.56, 0 iterations
  note: 1 event lies outside the risk set (not tie(office)): remembered, but not in the likelihood
)text");
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = \"dyads.csv\"\ntiming = \"ordinal\"\n"), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, ordinal; at risk: dyads.csv; 4 events; 1.2 dyads at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  converged: log-likelihood -0.6931, AIC 1.39, 0 iterations
  note: 5 events lie outside the risk set (dyads.csv): remembered, but not in the likelihood
)text");
}

TEST(RiskSets, of_a_formula_are_named_in_its_table_and_its_json) {
  const Here here(small_record());
  EXPECT_EQ(
      detente({"fit", "record", "--formula", "", "--at-risk", "observed", "--undirected", "--json", "r.json"}).text(),
      R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, exact; undirected; at risk: observed; 9 events; 3.0 pairs at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  baseline     -5.4779     0.3333    -6.1312    -4.8245      0.0042     0.0022     0.0080
  exp(baseline): a rate of one pair per day, where all effects are 0; the other exp(est.) are ratios of hazards
  converged: log-likelihood -58.3007, AIC 118.60, 0 iterations
)text");
  const std::string json = here.read("r.json");
  EXPECT_NE(json.find("\"at_risk\": \"observed\",\n    \"directed\": false"), std::string::npos) << json;
}

TEST(RiskSets, without_an_event_have_nothing_to_estimate) {
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = \"tie(litigation)\"\n"), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
events (tie, exact; at risk: tie(litigation); 0 events; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  no-events: log-likelihood 0.0000, AIC 2.00, 0 iterations
  no event of the hazard 'events' has a dyad at risk (tie(litigation)): nothing can be estimated
  note: 9 events lie outside the risk set (tie(litigation)): remembered, but not in the likelihood
)text");
}

TEST(RiskSets, that_do_not_exist_are_shown_with_their_place) {
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = \"alied\"\n"), R"text(exit 2
-- err
error: models/model.toml:2:12: unknown risk set 'alied'
  expected: all, observed, allied, not_allied, tie(KIND), not tie(KIND), bipartite(FROM, TO), from(KIND), to(KIND) or a .csv file of dyads
  hint: did you mean 'allied'?
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = \"not tie(aliance)\"\n"), R"text(exit 2
-- err
error: models/model.toml:2:20: unknown kind of tie 'aliance'
  expected: one of: cooperative, alliance, office, employment, investment, founding, board, inferred, litigation
  hint: did you mean 'alliance'?
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = 3\n"), R"text(exit 2
-- err
error: models/model.toml:2:11: cannot use the value of 'at_risk' in [hazards.events]
  expected: a risk set in quotes, such as "all", "observed" or "allied"
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.events]\nat_risk = \"other.csv\"\n"), R"text(exit 2
-- err
error: models/other.csv: cannot read: No such file or directory
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("directed = \"no\"\n[hazards.events]\n"), R"text(exit 2
-- err
error: models/model.toml:1:12: cannot use the value of 'directed'
  expected: true or false
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of("[hazards.rupture]\nkind = \"end\"\nat_risk = \"allied\"\n"), R"text(exit 2
-- err
error: models/model.toml:3:11: the key 'at_risk' in [hazards.rupture] does not go with kind = "end"
  hint: the ties at risk are those of the kinds in ties = [...]
  help: detente fit --help
)text");
  const Here here(small_record());
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--at-risk", "not tie(aliance)"}).text(), R"text(exit 2
-- err
error: --at-risk:9: unknown kind of tie 'aliance'
  expected: one of: cooperative, alliance, office, employment, investment, founding, board, inferred, litigation
  hint: did you mean 'alliance'?
  help: detente fit --help
)text");
}

// Nine events among three pairs alike.
TEST(Coordination, is_a_choice_without_directions) {
  EXPECT_EQ(fit_of("directed = false\n[hazards.together]\nkind = \"choice\"\n"), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-12-24; actors present: 3 from their first event or tie
together (choice; undirected; 9 events; 3.0 pairs at risk on average; blocked)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  converged: log-likelihood -9.8875, AIC 19.78, 0 iterations
)text");
}

TEST(Coordination, is_refused_what_it_has_not) {
  const Here here(small_record());
  const auto of_formula = [](const std::string& formula, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"fit", "record", "--formula", formula, "--kind", "choice", "--undirected"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return detente(arguments).text();
  };
  EXPECT_EQ(of_formula("std(inertia)", {}), R"text(exit 2
-- err
error: --formula:1: std() is not for a hazard of kind choice without directions
  std(inertia)
  ^
  expected: an effect as it is
  help: detente fit --help
)text");
  EXPECT_EQ(of_formula("inertia", {"--controls", "5"}), R"text(exit 2
-- err
error: --controls: controls are for kind tie, not for the hazard 'events' of kind choice
  hint: leave controls out
  help: detente fit --help
)text");
}

TEST(Coordination, is_not_simulated) {
  const Here here(with_model("directed = false\n[clock]\ntick = \"1d\"\n[hazards.together]\nkind = \"choice\"\n"));
  const std::string text = detente({"gof", "record", "--model", "models/model.toml"}).text();
  EXPECT_NE(text.find("the hazard 'together' of kind choice without directions says who acts together, and nothing "
                      "says when"),
            std::string::npos)
      << text;
}

TEST(DyadFile, mistakes_are_shown_with_their_line) {
  EXPECT_EQ(fit_of_dyads("sender,receiver\nanna,ben\nbenn,anna\n"), R"text(exit 2
-- err
error: dyads.csv:3: unknown actor 'benn' in column 'sender'
  expected: an actor of the record
  hint: a similar actor exists: 'ben'
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver\nanna,ben\nanna,\n"), R"text(exit 2
-- err
error: dyads.csv:3: an empty cell in column 'receiver'
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver\nanna,anna\n"), R"text(exit 2
-- err
error: dyads.csv:2: a dyad of 'anna' with itself
  expected: two actors that differ
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver\nanna,ben,2022-01-01\n"), R"text(exit 2
-- err
error: dyads.csv:2: the row has the wrong number of cells
  got: 3 cells
  expected: 2 cells, as in the header line
  hint: quote a cell that contains the delimiter
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver,from\nanna,ben,spring\n"), R"text(exit 2
-- err
error: dyads.csv:2: unreadable date in column 'from'
  got: 'spring'
  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver,from,until\nanna,ben,2022-03,2022-03\n"), R"text(exit 2
-- err
error: dyads.csv:2: the dyad is at risk at no time
  got: from 2022-03 until 2022-03
  expected: an until after from: it is the first moment that is not at risk
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,from\nanna,2022-01-01\n"), R"text(exit 2
-- err
error: dyads.csv:1: there is no column 'receiver'
  expected: the columns sender, receiver, from, until; from and until may be left out
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,reciever\nanna,ben\n"), R"text(exit 2
-- err
error: dyads.csv:1: the column 'reciever' has no meaning here
  expected: the columns sender, receiver, from, until
  hint: did you mean 'receiver'?
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver,sender\nanna,ben,anna\n"), R"text(exit 2
-- err
error: dyads.csv:1: the column 'sender' is there twice
  expected: every column once
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads("sender,receiver\n"), R"text(exit 2
-- err
error: dyads.csv: the file lists no dyad: the risk set of the hazard 'events' is empty
  expected: at least one row
  help: detente fit --help
)text");
  EXPECT_EQ(fit_of_dyads(""), R"text(exit 2
-- err
error: dyads.csv: the file is empty
  expected: a first line that names the columns
  help: detente fit --help
)text");
}

TEST(DyadFile, in_a_forecast_leaves_out_who_is_not_known_yet) {
  Files files = small_record();
  files["record/actors.csv"] = "id,name,enters\nanna,Anna,2022-01-01\nben,Ben,\nacme,Acme,\nzoe,Zoe,2023-12-24\n";
  files["model.toml"] =
      "[hazards.praise]\nevents = \"praise\"\nat_risk = \"dyads.csv\"\n[hazards.rupture]\nkind = \"end\"\n";
  files["dyads.csv"] = "sender,receiver\nanna,ben\nben,anna\nzoe,anna\n";
  const Here here(files);
  const Answer answer =
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2023-06-30", "--replicates", "8"});
  EXPECT_NE(answer.out.find("note: hazard 'praise': 1 dyad of dyads.csv has an actor not known by then: left out\n"),
            std::string::npos)
      << answer.text();
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml"}).code, 0);
}

}  // namespace detente::e2e::risk_sets_test
