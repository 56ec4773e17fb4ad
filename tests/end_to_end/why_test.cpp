// Why a forecast stands where it does, and why it changed, as printed and as written.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::why_test {

using Json = nlohmann::ordered_json;

Files files() {
  Files all = small_record();
  all["model.toml"] = small_model();
  return all;
}

std::vector<std::string> why(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"forecast", "record",     "--model",      "model.toml",
                                     "--as-of",  "2023-12-31", "--replicates", "16"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// The lines from the first that holds `from` until one that holds `to`.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  return begin == std::string::npos ? "" : text.substr(begin, text.find(to, begin) - begin);
}

TEST(why, prints_the_sentence_of_the_first_alliance_below_the_table) {
  const Here here(files());
  const Answer answer = detente(why({"--json", "result.json"}));
  const Json first = Json::parse(here.read("result.json"))["forecast"]["alliances"][0];
  EXPECT_NE(answer.out.find("\n\n" + first["sentence"].get<std::string>() + "\n"), std::string::npos) << answer.text();
  EXPECT_EQ(answer.out.find("Why:"), std::string::npos);
}

TEST(why, prints_factors_events_and_the_change_of_one_tie_and_its_other_names) {
  const Here here(files());
  const Answer by_id = detente(why({"--why", "t4", "--since", "2023-02-15"}));
  const std::string block = between(by_id.out, "Why: t4", "The record ends");
  EXPECT_NE(block.find("Factors against the average tie in force; they multiply to x"), std::string::npos)
      << by_id.text();
  EXPECT_NE(block.find("- Anna to Ben, Sue, 2022-11-20\n"), std::string::npos) << block;
  EXPECT_NE(block.find("Since 2023-02-15 the hazard of a rupture has"), std::string::npos) << block;
  EXPECT_NE(block.find("no recorded event of it since"), std::string::npos) << block;
  for (const char* name : {"anna-ben", "ben-anna", "Anna – Ben", "Ben - Anna"})
    EXPECT_EQ(between(detente(why({"--why", name, "--since", "319d"})).out, "Why: t4", "The record ends"), block)
        << name;
  const std::string of_acme = detente(why({"--why", "acme"})).out;
  EXPECT_NE(of_acme.find("Why: t2"), std::string::npos);
  EXPECT_EQ(of_acme.find("Why: t4"), std::string::npos);
}

TEST(why, a_misspelt_actor_pair_or_name_gets_the_nearest) {
  const Here here(files());
  const auto hint = [](const char* who) { return between(detente(why({"--why", who})).err, "hint: ", "\n"); };
  EXPECT_EQ(hint("amne-acme"), "hint: did you mean 'anna-acme'?");
  EXPECT_EQ(hint("acmee-bne"), "hint: did you mean 'acme-ben'?");
  EXPECT_EQ(hint("Anma"), "hint: did you mean 'anna'?");
  EXPECT_EQ(hint("somebody else"), "hint: `detente alliances` lists the ties, with their ids and actors");
}

// Both dates of a forecast: what is known, and the first day ahead; and the horizon by its last day.
TEST(why, a_forecast_names_its_origin_and_takes_the_last_day_of_its_horizon) {
  const Here here(files());
  const Answer by_length = detente(why({"--horizon", "30d", "--json", "a.json"}));
  EXPECT_EQ(by_length.out.find("As of 2023-12-31, which is known: 30 days ahead, from the origin 2024-01-01 to "
                               "2024-01-30: "),
            0U)
      << by_length.out;
  const Answer by_day = detente(why({"--horizon", "2024-01-30", "--json", "b.json"}));
  EXPECT_EQ(by_day.out, by_length.out);
  const Json a = Json::parse(here.read("a.json"))["forecast"];
  EXPECT_EQ(a, Json::parse(here.read("b.json"))["forecast"]);
  EXPECT_EQ(a["origin"], "2024-01-01");
  EXPECT_EQ(a["ends"], "2024-01-30");
  EXPECT_EQ(detente(why({"--horizon", "2023-12-31"})).text(), R"text(exit 2
-- err
error: --horizon: the horizon ends before it begins
  got: 2023-12-31
  expected: a day after 2023-12-31, the as-of date
  help: detente forecast --help
)text");
}

// Names are cut on a narrow terminal alone; the strongest reason stands in words.
TEST(why, tables_cut_no_name_in_a_pipe_and_say_the_strongest_reason_in_words) {
  Files all = files();
  const std::string long_name = "Anna of the Very Long Name that no Column of Thirty-four Holds";
  std::string& actors = all["record/actors.csv"];
  actors.replace(actors.find("anna,Anna"), 9, "anna," + long_name);
  const Here here(all);
  const Answer answer = detente(why({}));
  EXPECT_NE(answer.out.find(long_name + " – Ben "), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("recorded grievance between the two\n"), std::string::npos) << answer.out;
  EXPECT_EQ(answer.out.find("log1p("), std::string::npos) << answer.out;
}

TEST(why, changes_are_null_where_the_tie_was_not_there) {
  const Here here(files());
  const Answer answer = detente(why({"--since", "2023-01-31", "--json", "result.json"}));
  ASSERT_EQ(answer.code, 0) << answer.text();
  const Json result = Json::parse(here.read("result.json"));
  for (const Json& one : result["forecast"]["alliances"])
    EXPECT_EQ(one["change"].is_null(), one["tie_id"] == "t4") << one["tie_id"];
}

TEST(why, a_name_that_is_not_there_gets_a_hint_and_a_date_that_is_not_before_an_error) {
  const Here here(files());
  EXPECT_EQ(detente(why({"--why", "anna-bem"})).text(), R"text(exit 2
-- err
error: --why: the record has no tie, actor or pair 'anna-bem'
  expected: the id of a tie, the id or name of an actor, or two of them such as anna-ben
  hint: did you mean 'anna-ben'?
  help: detente forecast --help
)text");
  EXPECT_EQ(detente(why({"--since", "2023-12-31"})).text(), R"text(exit 2
-- err
error: --since: a change is told since a date before the as-of date
  got: 2023-12-31
  expected: a date before 2023-12-31
  help: detente forecast --help
)text");
  EXPECT_EQ(detente(why({"--since", "lately"})).text(), R"text(exit 2
-- err
error: --since: cannot read 'lately'
  expected: a date such as 2025-01-22, or a duration such as 30d
  help: detente forecast --help
)text");
  EXPECT_NE(detente(why({"--why", "t1"})).out.find("note: 't1' has no alliance in force"), std::string::npos);
}

}  // namespace detente::e2e::why_test
