// Published sources through --preset: what is read of them fits as the same record in the program's own files does
// (docs/guide/sources.md).
#include <gtest/gtest.h>

#include <string>

#include <fmt/ranges.h>

#include "command.hpp"

namespace detente::e2e::sources_test {

struct Act {
  std::string date;
  std::string source;
  std::string target;
  std::string code;
  std::string intensity;
};

// Made by hand: visits, demands and clashes of four states.
std::vector<Act> acts() {
  return {{"2014-01-01", "IRN", "IRQ", "042", "1.9"},  {"2014-01-03", "IRQ", "IRN", "043", "2.8"},
          {"2014-01-05", "TUR", "IRN", "100", "-5"},   {"2014-01-09", "IRN", "TUR", "190", "-10"},
          {"2014-01-12", "TUR", "IRN", "190", "-10"},  {"2014-01-20", "IRQ", "SYR", "112", "-2"},
          {"2014-02-02", "SYR", "IRQ", "111", "-2"},   {"2014-02-11", "IRN", "SYR", "057", "8"},
          {"2014-03-01", "TUR", "SYR", "130", "-4.4"}, {"2014-03-02", "SYR", "TUR", "190", "-10"}};
}

std::string own_events() {
  std::string text = "date,source,target,type,intensity\n";
  for (const Act& a : acts()) text += fmt::format("{},{},{},{},{}\n", a.date, a.source, a.target, a.code, a.intensity);
  return text;
}

std::string icews_events() {
  std::string text = "Event ID\tEvent Date\tSource Name\tCAMEO Code\tIntensity\tTarget Name\tStory ID\n";
  for (const Act& a : acts())
    text += fmt::format("1\t{}\t{}\t{}\t{}\t{}\t7\n", a.date, a.source, a.code, a.intensity, a.target);
  return text;
}

std::string gdelt_events() {
  std::string text;
  for (const Act& a : acts()) {
    std::vector<std::string> cells(58);
    cells[1] = fmt::format("{}{}{}", a.date.substr(0, 4), a.date.substr(5, 2), a.date.substr(8));
    cells[5] = a.source;
    cells[15] = a.target;
    cells[26] = a.code;
    cells[30] = a.intensity;
    text += fmt::format("{}\n", fmt::join(cells, "\t"));
  }
  return text;
}

Files files() {
  Files all{{"events.2014.tab", icews_events()},
            {"20140101.export.CSV", gdelt_events()},
            {"model.toml", small_model()},
            {"own/events.csv", own_events()},
            {"own/types.csv", text_of(source("data/ontologies/cameo.csv"))}};
  all["model.toml"].resize(all["model.toml"].find("[hazards.rupture]"));
  return all;
}

TEST(Sources, a_fit_is_that_of_the_same_record_in_files_of_our_own) {
  const Here here(files());
  const Answer own = detente({"fit", "own", "--model", "model.toml"});
  ASSERT_EQ(own.code, 0) << own.text();
  EXPECT_EQ(detente({"fit", "events.2014.tab", "--preset", "icews", "--model", "model.toml"}).text(), own.text());
  EXPECT_EQ(detente({"fit", "20140101.export.CSV", "--preset", "gdelt", "--model", "model.toml"}).text(), own.text());
}

TEST(Sources, check_says_what_was_read_and_what_was_not) {
  const Here here(Files{{"a.tab",
                         "Event Date\tSource Name\tTarget Name\tCAMEO Code\tIntensity\n"
                         "2014-01-01\tIran\tIraq\t042\t1.9\n"
                         "2014-01-02\tIran\t\t042\t1.9\n"
                         "2014-01-03\tIran\tIran\t042\t1.9\n"
                         "2014-01-04\t\tIraq\t042\t1.9\n"
                         "2014-01-05\tIran\t\t042\t1.9\n"}});
  EXPECT_EQ(detente({"check", "a.tab", "--preset", "icews"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
events                 5           1           4   a.tab

1 event of 1 type between 2 actors, 0 ties, 0 attributes; from 2014-01-01 to 2014-01-01

no-actor (2 warnings)
  warning: a.tab:3: no actor in column 'Target Name': the row is set aside (and 1 more row)
  warning: a.tab:5: no actor in column 'Source Name': the row is set aside

self-loop (1 warning)
  warning: a.tab:4: an actor acts on itself: the row is set aside
    got: 'Iran'
    expected: a source and a target that differ

0 errors, 3 warnings, 0 notes
)text");
}

TEST(Sources, an_unknown_code_stops_a_fit_until_it_is_set_aside) {
  Files all = files();
  all["events.2014.tab"] += "1\t2014-03-05\tIRN\t42\t1.9\tIRQ\t7\n1\t2014-03-06\tIRN\t42\t1.9\tIRQ\t7\n";
  const Here here(all);
  const std::vector<std::string> fit{"fit", "events.2014.tab", "--preset", "icews", "--model", "model.toml"};
  EXPECT_EQ(detente(fit).text(), R"text(exit 2
-- err
error: events.2014.tab:12: '42' in column 'CAMEO Code' is no code of CAMEO: the row is set aside (and 1 more row)
  hint: 042 is one: have leading zeros been lost?; `detente check events.2014.tab --preset icews` lists all; `--bad set-aside` goes on without these rows
  help: detente fit --help
)text");
  std::vector<std::string> anyway = fit;
  anyway.insert(anyway.end(), {"--bad", "set-aside"});
  const Answer answer = detente(anyway);
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.out, detente({"fit", "own", "--model", "model.toml"}).out);
  EXPECT_EQ(answer.err,
            "note: events.2014.tab: 2 of 12 rows set aside: `detente check events.2014.tab --preset icews` says "
            "why\n");
}

TEST(Sources, goldfish_data_frames_fit_as_events) {
  const Here here(
      {{"g/actors.csv", "\"\",\"label\",\"present\"\n\"1\",\"a\",TRUE\n\"2\",\"b\",TRUE\n\"3\",\"c\",TRUE\n"},
       {"g/calls.csv",
        "\"\",\"time\",\"sender\",\"receiver\",\"increment\"\n\"1\",1,\"a\",\"b\",1\n\"2\",2,\"b\",\"a\",1\n"
        "\"3\",4,\"c\",\"a\",1\n\"4\",5,\"a\",\"c\",1\n\"5\",7,\"b\",\"c\",1\n"},
       {"own/actors.csv", "id,enters\na,0\nb,0\nc,0\n"},
       {"own/events.csv",
        "time,source,target,type\n1,a,b,calls\n2,b,a,calls\n4,c,a,calls\n5,a,c,calls\n7,b,c,calls\n"}});
  const Answer own = detente({"fit", "own", "--timing", "ordinal", "--formula", "reciprocity(all)"});
  ASSERT_EQ(own.code, 0) << own.text();
  EXPECT_EQ(
      detente({"fit", "g", "--preset", "goldfish", "--timing", "ordinal", "--formula", "reciprocity(all)"}).text(),
      own.text());
}

}  // namespace detente::e2e::sources_test
