// detente profile: what it prints and writes, and what it refuses.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::profile_test {

using Json = nlohmann::ordered_json;

TEST(Profile, of_the_arena_stands_in_a_table) {
  const Here here;
  EXPECT_EQ(detente({"profile", source("data/ai-arena"), "--as-of", "2023-12-31", "--json", "profile.json", "--csv",
                     "profile.csv"})
                .text(),
            R"text(exit 0
-- out
As of 2023-12-31: 1 of 29 actors have 15 recorded events or more

actor                       events  ego                        acclaim                  dominate               eco                      intuitive
Elon Musk                       28  +0.4 (0.0 to +0.8)       +0.2 (-0.5 to +0.9)      +0.6 (+0.1 to +1.2)      +0.5 (0.0 to +1.1)       -0.2 (-0.7 to +0.3)

In standard deviations between actors, with the 80 % interval; 0 is the average actor. #n is a rank, given where
intervals leave open three places or fewer, and no more than half of all.

Not shown, with fewer than 15 events sent (in brackets: how many more are needed):
  OpenAI 8 (+7), OpenAI board 7 (+8), Donald Trump 6 (+9), Sam Altman 5 (+10),
  X Corp. (Twitter) 5 (+10), Satya Nadella 3 (+12), Dario Amodei 2 (+13), Microsoft 2 (+13),
  Meta 2 (+13), Greg Brockman 1 (+14), Ilya Sutskever 1 (+14), Mira Murati 1 (+14),
  Helen Toner 1 (+14), OpenAI staff 1 (+14), OpenAI investors 1 (+14), xAI 1 (+14),
  Biden administration 1 (+14), US Federal Trade Commission 1 (+14), Twitter staff 1 (+14), 9 with none

note: no more spread between actors than chance, which contributes 0: weight on short memory
These are labelled mappings of recorded behaviour, estimated from 78 recorded events, not judgements of people.
)text");
  const Json profile = Json::parse(here.read("profile.json"))["profile"];
  std::size_t shown = 0;
  for (const Json& actor : profile["actors"]) {
    EXPECT_EQ(actor["shown"].get<bool>(), actor["events"].get<int>() >= 15);
    if (!actor["shown"].get<bool>()) {
      EXPECT_EQ(actor["needed"].get<int>(), 15 - actor["events"].get<int>());
      continue;
    }
    ++shown;
    // An index is the weighted sum of its components.
    for (const Json& index : profile["indices"]) {
      double sum = 0;
      for (const Json& part : index["components"])
        if (const Json& component = actor["components"][part["key"].get<std::string>()]; !component.is_null())
          sum += part["weight"].get<double>() * component["value"].get<double>();
      const Json& found = actor["indices"][index["key"].get<std::string>()];
      ASSERT_FALSE(found.is_null());
      EXPECT_NEAR(found["value"].get<double>(), sum, 1e-9) << index["key"];
    }
  }
  EXPECT_EQ(shown, 1U);
  EXPECT_TRUE(here.read("profile.csv").starts_with("id,name,kind,events,shown,needed,measure,value,low,high,rank,"));
  EXPECT_NE(here.read("profile.csv").find("\nmusk,Elon Musk,leader,28,yes,0,ego,"), std::string::npos);
}

TEST(Profile, of_one_event_shows_nobody) {
  Files files = small_record();
  files["record/events.csv"] = "date,source,target,type\n2022-01-05,anna,ben,praise\n";
  files.erase("record/ties.csv");
  const Here here(files);
  EXPECT_EQ(detente({"profile", "record"}).text(), R"text(exit 0
-- out
As of 2022-01-05: 0 of 2 actors have 15 recorded events or more

Not shown, with fewer than 15 events sent (in brackets: how many more are needed):
  Anna 1 (+14), 1 with none

note: the hazard 'conflict' was not estimated, so that no index that rests on it has a value: the record has no event for the hazard 'conflict': nothing can be estimated
note: no more spread between actors than chance, which contributes 0: cooperation with those in the spotlight, reciprocated cooperation, cooperation that closes triads, forgiveness of old conflict, weight on long memory, weight on short memory
These are labelled mappings of recorded behaviour, estimated from 1 recorded event, not judgements of people.
)text");
}

TEST(Profile, of_one_actor_says_what_is_missing) {
  Files files = small_record();
  files.erase("record/ties.csv");
  files["record/actors.csv"] = "id,name,kind\nanna,Anna,leader\n";
  files["record/events.csv"] = "date,source,target,type\n2022-01-05,anna,anna,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"profile", "record"}).text(), R"text(exit 2
-- err
error: record: no usable event is left
  hint: `detente check record` lists why
  help: detente profile --help
)text");
}

TEST(Profile, needs_types_of_conflict) {
  Files files = small_record();
  files["record/types.csv"] = "code,label,quad_class\npraise,Praise,verbal-cooperation\nsue,Sue,none\n";
  const Here here(files);
  EXPECT_EQ(detente({"profile", "record"}).text(), R"text(exit 2
-- err
error: types: no type of event is conflict: there is nothing to make profiles of
  expected: types of conflict and of cooperation
  hint: say in types.csv which types are cooperation and which conflict (quad_class)
  help: detente profile --help
)text");
}

TEST(Profile, needs_a_model_with_such_coefficients) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"profile", "record", "--model", "model.toml"}).text(), R"text(exit 2
-- err
error: model.toml: the model has no coefficients that a profile is made of
  expected: hazards 'conflict', 'cooperation' or 'memory' of kind tie, with by_actor(...) of directed events
  hint: docs/guide/profiles.md lists the terms; without --model the built-in model is used
  help: detente profile --help
)text");
}

TEST(Profile, needs_windows_that_can_be_read_and_are_not_too_many) {
  const Here here(small_record());
  for (const char* windows : {"many", "1.5", "61", "-3"}) {
    const Answer answer = detente({"profile", "record", std::string("--windows=") + windows});
    EXPECT_EQ(answer.code, 2);
    EXPECT_NE(answer.err.find("cannot read the windows"), std::string::npos) << answer.err;
  }
  EXPECT_NE(detente({"profile", "record", "--windows", "1d"}).err.find("too many windows"), std::string::npos);
  EXPECT_NE(detente({"profile", "record", "--as-of", "2021-01-01"}).err.find("nothing is known yet"),
            std::string::npos);
}

// The file is what a user may start an own model from.
TEST(Profile, the_built_in_model_is_the_shipped_file) {
  const Here here;
  const std::vector<std::string> common{"profile", source("data/ai-arena"), "--as-of", "2023-12-31", "--windows", "0"};
  std::vector<std::string> named = common;
  named.insert(named.end(), {"--model", source("data/models/profile.toml")});
  EXPECT_EQ(detente(common).text(), detente(named).text());
}

}  // namespace detente::e2e::profile_test
