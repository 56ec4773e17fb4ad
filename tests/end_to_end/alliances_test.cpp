// detente alliances, and inferred ties in the commands that read ties: what they print and write, and what they refuse.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "command.hpp"

namespace detente::e2e::alliances_test {

using Json = nlohmann::ordered_json;

Files without_ties() {
  Files files = small_record();
  files.erase("record/ties.csv");
  return files;
}

// Two alliances begin, one of them ruptures and begins anew.
Files inferable() {
  Files files = without_ties();
  files["record/events.csv"] =
      "date,source,target,type,intensity\n"
      "2022-01-05,anna,ben,praise,9\n"
      "2022-02-10,anna,acme,praise,8\n"
      "2022-03-01,ben,anna,sue,-6\n"
      "2022-03-02,ben,anna,sue,-6\n"
      "2022-06-01,anna,ben,praise,10\n"
      "2022-06-02,ben,anna,praise,5\n"
      "2022-12-01,acme,anna,praise,3\n";
  return files;
}

// The rows of --csv, below the header.
std::string table_of(std::vector<std::string> options) {
  options.insert(options.begin(), {"alliances", "record", "--csv", "list.csv"});
  const Answer answer = detente(options);
  EXPECT_EQ(answer.code, 0) << answer.text();
  const std::string csv = text_of("list.csv");
  EXPECT_TRUE(csv.starts_with("tie_id,kind,a,b,since,age,strength,"));
  return csv.substr(csv.find('\n') + 1);
}

TEST(Alliances, of_a_record_stand_in_a_table) {
  const Here here(small_record());
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "2022-11-01"}).text(), R"text(exit 0
-- out
As of 2022-11-01: 3 alliances in force (cooperative), the strongest first

alliance (a – b)                    kind        since           age  strength   recent   ledger  slights a/b  events  last event
Anna – Acme                         founding    2022-01-05      300       2.4    +1 -0      0.0      0.0/0.0       1  2022-09-03 anna → acme: Praise
Ben – Acme                          office      2022-03-01      245       1.6    +0 -0      0.0      0.0/0.0       1  2022-05-20 acme → ben: Praise
Anna – Ben                          alliance    2022-01-05      300      -4.0    +0 -1      0.0      6.0/0.0       3  2022-11-01 ben → anna: Sue

strength  cooperation less conflict, both ways, by intensity, with a half-life of 180 days
recent    acts of cooperation (+) and of conflict (-) in the last 90 days
ledger    material cooperation a gave less what it received, with a half-life of 365.25 days; above 0: b owes a
slights   conflict that a, and that b, received and has not returned, with a half-life of 180 days
These are estimates of behaviour in a public record, not judgements of people.
)text");
}

TEST(Alliances, of_a_record_without_ties_are_inferred) {
  const Here here(inferable());
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "2022-06-30", "--top", "1"}).text(), R"text(exit 0
-- out
As of 2022-06-30: 2 alliances in force (cooperative), the strongest first

alliance (a – b)                    kind        since           age  strength   recent   ledger  slights a/b  events  last event
Anna – Ben                          inferred    2022-06-02       28      10.4    +2 -0      0.0      7.5/0.0       5  2022-06-02 ben → anna: Praise
(1 more; without --top all are shown)

strength  cooperation less conflict, both ways, by intensity, with a half-life of 180 days
recent    acts of cooperation (+) and of conflict (-) in the last 90 days
ledger    material cooperation a gave less what it received, with a half-life of 365.25 days; above 0: b owes a
slights   conflict that a, and that b, received and has not returned, with a half-life of 180 days
inferred  no tie was recorded by then; strength reached 8, and has not fallen below 2 since
These are estimates of behaviour in a public record, not judgements of people.
)text");
}

TEST(Alliances, inferred_ones_stand_beside_recorded_ones_when_asked_for) {
  Files files = inferable();
  files["record/ties.csv"] = small_record()["record/ties.csv"];
  const Here here(files);
  EXPECT_EQ(
      table_of({"--as-of", "2022-06-30"}),
      R"text(t1,alliance,anna,ben,2022-01-05,176,10.4169542,2,0,0,7.51600056,0,2022-06-02,ben,anna,praise,,5,Anna,Ben
t2,founding,anna,acme,2022-01-05,176,4.64818235,0,0,0,0,0,2022-02-10,anna,acme,praise,,1,Anna,Acme
t3,office,ben,acme,2022-03-01,121,0,0,0,0,0,0,,,,,,0,Ben,Acme
)text");
  EXPECT_EQ(
      table_of({"--as-of", "2022-06-30", "--inferred"}),
      R"text(anna~ben#2,inferred,anna,ben,2022-06-02,28,10.4169542,2,0,0,7.51600056,0,2022-06-02,ben,anna,praise,,5,Anna,Ben
t1,alliance,anna,ben,2022-01-05,176,10.4169542,2,0,0,7.51600056,0,2022-06-02,ben,anna,praise,,5,Anna,Ben
acme~anna#1,inferred,acme,anna,2022-02-10,140,4.64818235,0,0,0,0,0,2022-02-10,anna,acme,praise,,1,Acme,Anna
t2,founding,anna,acme,2022-01-05,176,4.64818235,0,0,0,0,0,2022-02-10,anna,acme,praise,,1,Anna,Acme
t3,office,ben,acme,2022-03-01,121,0,0,0,0,0,0,,,,,,0,Ben,Acme
)text");
}

TEST(Alliances, of_events_with_one_pair_and_one_event) {
  Files files = without_ties();
  files["record/events.csv"] = "date,source,target,type,intensity\n2022-01-05,anna,ben,praise,8\n";
  const Here here(files);
  EXPECT_EQ(table_of({"--as-of", "last"}),
            R"text(anna~ben#1,inferred,anna,ben,2022-01-05,0,7.9692527,1,0,0,0,0,2022-01-05,anna,ben,praise,,1,Anna,Ben
)text");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "2023-01-01"}).text(), R"text(exit 0
-- out
As of 2023-01-01: 0 alliances in force (cooperative)

note: the record ends 2022-01-05; the 361 days of silence until the as-of date are taken as quiet
note: no alliance is in force at the as-of date
These are estimates of behaviour in a public record, not judgements of people.
)text");
}

TEST(Alliances, without_cooperation_in_the_types_say_why_there_are_none) {
  Files files = without_ties();
  files.erase("record/types.csv");
  const Here here(files);
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last"}).text(), R"text(exit 0
-- out
As of 2023-12-24: 0 alliances in force (cooperative)

note: no alliance is in force at the as-of date
note: no type of event is cooperation (quad_class in types.csv): none can be inferred
These are estimates of behaviour in a public record, not judgements of people.
)text");
}

TEST(Alliances, on_a_clock_of_numbers_lengths_are_in_its_unit) {
  const Here here(
      {{"record/events.csv", "time,source,target,type\n1,anna,ben,help\n2.5,ben,anna,help\n30,anna,ben,help\n"},
       {"record/types.csv", "code,quad_class,default_intensity\nhelp,material-cooperation,5\n"}});
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "20", "--infer-halflife", "10"}).text(), R"text(exit 0
-- out
As of 20: 1 alliance in force (cooperative)

alliance (a – b)                    kind        since           age  strength   recent   ledger  slights a/b  events  last event
anna – ben                          inferred    2.5            17.5       2.8    +2 -0      0.0      0.0/0.0       2  2.5 ben → anna: help

strength  cooperation less conflict, both ways, by intensity, with a half-life of 10
recent    acts of cooperation (+) and of conflict (-) in the last 90
ledger    material cooperation a gave less what it received, with a half-life of 365.25; above 0: b owes a
slights   conflict that a, and that b, received and has not returned, with a half-life of 10
inferred  no tie was recorded by then; strength reached 8, and has not fallen below 2 since
These are estimates of behaviour in a public record, not judgements of people.
)text");
}

TEST(Alliances, sensitivity_shows_other_rules_beside_the_recorded_ties) {
  Files files = inferable();
  files["record/ties.csv"] = "id,a,b,kind,start,end,ending\nt1,anna,ben,alliance,2022-01-05,,\n";
  const Here here(files);
  const Answer answer = detente({"alliances", "record", "--as-of", "last", "--sensitivity"});
  EXPECT_EQ(answer.text().substr(answer.text().find("\nInferred")), R"text(
Inferred alliances by rule, up to the as-of date

half-life  start    end  alliances  ruptures  in force  median duration  recorded covered  inferred recorded
       90      6      1          3         1         1              270              72 %               47 %
       90      6      2          3         1         1              180              72 %               57 %
       90      6      4          3         1         0               90              60 %               69 %
       90      8      1          3         1         1              270              72 %               47 %
       90      8      2          3         1         1              180              72 %               57 %
       90      8      4          3         1         0               90              59 %               69 %
       90     12      1          0         0         0                -               0 %                  -
       90     12      2          0         0         0                -               0 %                  -
       90     12      4          0         0         0                -               0 %                  -
      180      6      1          3         1         2                -              73 %               45 %
      180      6      2          3         1         2                -              72 %               45 %
      180      6      4          3         1         1              180              72 %               57 %
      180      8      1          3         1         2                -              72 %               45 %
      180      8      2          3         1         2                -              72 %               45 %
      180      8      4          3         1         1              180              72 %               57 %
      180     12      1          0         0         0                -               0 %                  -
      180     12      2          0         0         0                -               0 %                  -
      180     12      4          0         0         0                -               0 %                  -
      360      6      1          3         1         2                -              73 %               45 %
      360      6      2          3         1         2                -              73 %               45 %
      360      6      4          3         1         2                -              72 %               45 %
      360      8      1          3         1         2                -              72 %               45 %
      360      8      2          3         1         2                -              72 %               45 %
      360      8      4          3         1         2                -              72 %               45 %
      360     12      1          0         0         0                -               0 %                  -
      360     12      2          0         0         0                -               0 %                  -
      360     12      4          0         0         0                -               0 %                  -

recorded covered   of the time with a recorded cooperative tie, the part with an inferred one
inferred recorded  of the time with an inferred alliance, the part with a recorded cooperative tie
These are estimates of behaviour in a public record, not judgements of people.
)text");
}

TEST(Alliances, cannot_be_asked_of_dates_and_kinds_that_are_none) {
  const Here here(small_record());
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "yesterday"}).text(), R"text(exit 2
-- err
error: --as-of: cannot read the date 'yesterday'
  expected: a date such as 2025-01-22, a month such as 2025-01, or last
  help: detente alliances --help
)text");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "2021-12-31"}).text(), R"text(exit 2
-- err
error: --as-of: nothing is known yet at the as-of date
  got: 2021-12-31
  expected: 2022-01-05 or later: where the record begins
  help: detente alliances --help
)text");
  EXPECT_EQ(detente({"alliances", "record"}).text(), R"text(exit 2
-- err
error: --as-of is required
  help: detente alliances --help
)text");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last", "--ties", "aliance"}).text(), R"text(exit 2
-- err
error: --ties: unknown kind of tie 'aliance'
  expected: one of: cooperative, alliance, office, employment, investment, founding, board, inferred, litigation
  hint: did you mean 'alliance'?
  help: detente alliances --help
)text");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last", "--infer-halflife", "soon"}).text(), R"text(exit 2
-- err
error: --infer-halflife: cannot read the duration 'soon'
  expected: a positive duration such as 90d, 12h, 5min, 6mo or 2y
  help: detente alliances --help
)text");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last", "--infer-end", "9"}).text(), R"text(exit 2
-- err
error: --infer-end: an inferred alliance must end below where it starts
  got: 9, with a start at 8
  expected: 0 or more, and less than --infer-start
  help: detente alliances --help
)text");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last", "--infer-start", "-1"}).text(), R"text(exit 2
-- err
error: --infer-start: '-1' is no number above 0
  help: detente alliances --help
)text");
}

TEST(Alliances, of_records_with_nothing_in_them_are_refused) {
  Files files = without_ties();
  files["record/events.csv"] = "date,source,target,type\n";
  const Here here(files);
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last"}).text(), R"text(exit 2
-- err
error: events.csv: the record has no events
  expected: at least one row below the header
  help: detente alliances --help
)text");
  here.write("record/actors.csv", "id\nanna\n");
  here.write("record/events.csv", "date,source,target,type\n2022-01-05,anna,anna,praise\n");
  EXPECT_EQ(detente({"alliances", "record", "--as-of", "last"}).text(), R"text(exit 2
-- err
error: record: no usable event is left
  hint: `detente check record` lists why
  help: detente alliances --help
)text");
}

std::string ends_model() {
  return R"toml([traces]
grievance = { events = "conflict", halflife = "45d" }

[hazards.conflict]
events = "conflict"
prior = 1.0

[hazards.rupture]
kind = "end"
prior = 1.0

[hazards.fades]
kind = "end"
ties = "inferred"
endings = "faded"
prior = 1.0
)toml";
}

TEST(InferTies, is_for_records_without_ties_and_with_cooperation) {
  Files files = small_record();
  files["model.toml"] = small_model();
  const Here here(files);
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--infer-ties"}).text(), R"text(exit 2
-- err
error: --infer-ties: the record has ties of its own
  got: 4 ties of ties.csv
  expected: a record without ties
  hint: leave it out; `detente alliances --inferred` shows inferred alliances beside recorded ones
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--infer-start", "4"}).text(), R"text(exit 2
-- err
error: --infer-start requires --infer-ties
  help: detente fit --help
)text");
  std::filesystem::remove("record/ties.csv");
  std::filesystem::remove("record/types.csv");
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--infer-ties"}).text(), R"text(exit 2
-- err
error: --infer-ties: no type of event is cooperation: there is nothing to infer alliances from
  hint: say in types.csv which types are cooperation and which conflict (quad_class)
  help: detente fit --help
)text");
}

TEST(InferTies, gives_check_a_note_and_fits_their_endings) {
  Files files = inferable();
  files["model.toml"] = ends_model();
  const Here here(files);
  const Answer check = detente({"check", "record", "--infer-ties"});
  EXPECT_EQ(check.code, 0);
  EXPECT_NE(
      check.out.find("inferred-ties (1 note)\n  note: events.csv: 3 alliances inferred from the events: half-life "
                     "180, from 8 on, until below 2\n"),
      std::string::npos)
      << check.text();
  EXPECT_EQ(detente({"fit", "record", "--model", "model.toml", "--infer-ties", "--json", "result.json"}).code, 0);
  const Json fit = Json::parse(here.read("result.json"));
  EXPECT_EQ(fit["fit"]["hazards"][1]["events"], 1);
  EXPECT_EQ(fit["fit"]["hazards"][1]["units"], 3);
}

// The record ends on 2022-12-01 with two alliances in force, of which one fades in August and one on 2023-09-02: an alliance goes on fading
// in the silence until the as-of date.
TEST(InferTies, of_a_forecast_fade_after_the_end_of_the_record) {
  Files files = inferable();
  files["model.toml"] = ends_model();
  const Here here(files);
  for (const auto& [as_of, in_force] :
       std::map<std::string, std::size_t>{{"last", 2}, {"2023-09-01", 1}, {"2023-09-02", 0}}) {
    const Answer answer = detente({"forecast", "record", "--model", "model.toml", "--infer-ties", "--as-of", as_of,
                                   "--replicates", "16", "--json", "result.json"});
    EXPECT_EQ(answer.code, 0) << answer.text();
    EXPECT_EQ(Json::parse(here.read("result.json"))["forecast"]["alliances"].size(), in_force) << as_of;
    EXPECT_EQ(answer.out.find("note: the record ends 2022-12-01;") != std::string::npos, as_of != "last");
    EXPECT_EQ(answer.out.find("In the record:"), std::string::npos);  // nothing is known of what came
  }
}

}  // namespace detente::e2e::alliances_test
