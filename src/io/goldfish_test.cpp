// Data frames of the R package goldfish, as write.csv leaves them.
#include <gtest/gtest.h>

#include <string>

#include <fmt/format.h>

#include "io/presence.hpp"
#include "io/record_source.hpp"
#include "io/test_folder.hpp"

namespace detente::goldfish_test {

using Lines = std::vector<std::string>;

RecordOptions goldfish() {
  RecordOptions options;
  options.preset = "goldfish";
  return options;
}

std::string refusal_of(const std::string& path) {
  try {
    static_cast<void>(read_record(path, goldfish()));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

Lines findings_in(const LoadedRecord& loaded) {
  Lines lines;
  for (const Finding& f : loaded.findings.list)
    lines.push_back(
        fmt::format("{} {} {}: {}", to_string(f.level), f.code, to_string(f.problem.where), f.problem.what));
  return lines;
}

const std::string nodes = R"("","label","present","floor","smoker"
"1","ann",TRUE,3,TRUE
"2","bob",TRUE,NA,FALSE
"3","cid",FALSE,5,FALSE
)";
const std::string calls = R"("","time","sender","receiver","increment"
"1",10,"ann","bob",1
"2",20,"cid","ann",2
)";
const std::string types = "code,quad_class\ncalls,verbal-cooperation\ntexts,verbal-cooperation\n";

TEST(goldfish, nodes_events_networks_and_changes_are_one_record) {
  const TestFolder folder;
  folder.write("actors.csv", nodes);
  folder.write("calls.csv", calls);
  folder.write("texts.csv", "time,sender,receiver,increment\n5,bob,ann,1\n");
  folder.write("types.csv", types);
  folder.write("friendship.csv",
               "time,sender,receiver,replace\n0,ann,bob,1\n5,ann,bob,0\n6,bob,ann,1\n7,bob,ann,1\n8,ann,bob,0.5\n");
  folder.write("present.csv", "time,node,replace\n15,cid,TRUE\n18,bob,FALSE\n");
  folder.write("floor.csv", "time,node,increment\n11,ann,2\n12,ann,-1\n12,bob,NA\n");
  folder.write("mood.csv", "time,node,replace\n1,ann,good\n2,ann,bad\n");
  const LoadedRecord loaded = read_record(folder.path(), goldfish());
  const Record& record = loaded.record;
  EXPECT_EQ(findings_in(loaded),
            (Lines{"warning missing-value actors.csv: 1 cell is without a value: nothing is known there",
                   "warning missing-value floor.csv: 1 cell is without a value: nothing is known there",
                   "note lost-tie friendship.csv:4: the tie 'friendship-4' has no end but the actor 'bob' leaves: it "
                   "ends as loss",
                   "note lost-tie friendship.csv:6: the tie 'friendship-6' has no end but the actor 'bob' leaves: it "
                   "ends as loss",
                   "note overlapping-ties friendship.csv:6: the tie 'friendship-6' overlaps 'friendship-4' of the same "
                   "actors and kind"}));

  ASSERT_EQ(record.events.size(), 3U);
  EXPECT_EQ(record.types[record.events[0].type].code, "texts");
  EXPECT_EQ(record.types[record.events[1].type].code, "calls");
  EXPECT_EQ(record.events[2].time, 20);
  EXPECT_EQ(record.events[2].intensity, 2);
  EXPECT_EQ(record.types[0].quad, QuadClass::verbal_cooperation);

  ASSERT_EQ(record.actors.size(), 3U);
  EXPECT_EQ(record.actors[0].enters, always);
  EXPECT_EQ(record.actors[0].leaves, never);
  EXPECT_EQ(record.actors[1].leaves, 18);
  EXPECT_EQ(record.actors[2].enters, 15);

  ASSERT_EQ(record.ties.size(), 3U);
  EXPECT_EQ(record.ties[0].id, "friendship-2");
  EXPECT_EQ(record.ties[0].kind, "friendship");
  EXPECT_EQ(record.ties[0].start, 0);
  EXPECT_EQ(record.ties[0].end, 5);
  EXPECT_EQ(record.ties[0].ending, "other");

  ASSERT_EQ(record.attributes.size(), 3U);
  const Attribute& floor = record.attributes[0];
  EXPECT_EQ(floor.name, "floor");
  ASSERT_EQ(floor.values.size(), 4U);  // ann 3, 5 and 4; cid 5; of bob nothing is known
  EXPECT_EQ(floor.values[0].value, 3);
  EXPECT_EQ(floor.values[1].time, 11);
  EXPECT_EQ(floor.values[1].value, 5);
  EXPECT_EQ(floor.values[2].value, 4);
  EXPECT_EQ(record.attributes[1].name, "smoker");
  EXPECT_FALSE(record.attributes[1].is_factor());
  EXPECT_EQ(record.attributes[1].values[0].value, 1);
  EXPECT_TRUE(record.attributes[2].is_factor());
}

TEST(goldfish, events_on_a_calendar_alone_are_a_record) {
  const TestFolder folder;
  folder.write("calls.csv",
               "\"\",\"time\",\"sender\",\"receiver\",\"increment\"\n\"1\",2008-09-11 13:45:00,\"a\",\"b\",1\n");
  const LoadedRecord loaded = read_record(folder.path(), goldfish());
  EXPECT_EQ(loaded.record.clock, Clock::calendar);
  EXPECT_EQ(loaded.record.types[0].code, "calls");
  const LoadedRecord alone = read_record(folder.path("calls.csv"), goldfish());
  EXPECT_EQ(alone.record.events.size(), 1U);
}

TEST(goldfish, what_cannot_be_kept_is_said) {
  const TestFolder folder;
  folder.write("actors.csv", "label,present\nann,TRUE\nbob,TRUE\ncid,FALSE\n");
  folder.write("calls.csv", "time,sender,receiver,increment\n1,ann,bob,1\n2,ann,bob,-1\n3,ann,ann,1\n4,ann,dan,1\n");
  folder.write("present.csv", "time,node,replace\n5,ann,FALSE\n6,ann,TRUE\n");
  folder.write("net.csv", "time,sender,receiver,replace\n1,ann,bob,0\n2,ann,bob,NA\n");
  folder.write("types.csv", types);
  const LoadedRecord loaded = read_record(folder.path(), goldfish());
  EXPECT_EQ(findings_in(loaded),
            (Lines{"error never-present actors.csv:4: the node 'cid' is never present",
                   "error negative-increment calls.csv:3: the increment is below 0: nobody acts",
                   "warning self-loop calls.csv:4: 'ann' acts on itself: the row is set aside",
                   "error unknown-actor calls.csv:5: unknown actor 'dan' in column 'receiver'",
                   "error tie-without-start net.csv:2: the tie of 'ann' and 'bob' ends without having started",
                   "error bad-number net.csv:3: unreadable number in column 'replace'"}));
}

TEST(goldfish, a_folder_that_is_none_is_refused) {
  const TestFolder folder;
  folder.write("net.csv", "time,sender,receiver,replace\n1,a,b,1\n");
  EXPECT_EQ(refusal_of(folder.path()),
            "error: " + folder.path() +
                ": no file of this folder has events\n  expected: a .csv file with the columns time, sender, receiver "
                "and increment\n  hint: a column 'replace' makes ties; call it increment to read acts");
  folder.write("other.csv", "time,who\n1,a\n");
  EXPECT_EQ(refusal_of(folder.path()),
            "error: other.csv:1: this is none of goldfish's data frames\n  got: the columns time, who\n  expected: "
            "label; or time, sender, receiver and increment or replace; or time, node and replace");
}

TEST(presence, is_in_spells) {
  using Spells = std::vector<std::pair<std::string, std::string>>;
  const Presence once{.at_first = false, .changes = {{"3", true}, {"8", false}}};
  EXPECT_EQ(once.spells(), (Spells{{"3", "8"}}));
  const Presence twice{.at_first = true, .changes = {{"3", false}, {"5", true}, {"8", false}, {"9", false}}};
  EXPECT_EQ(twice.spells(), (Spells{{"", "3"}, {"5", "8"}}));
  EXPECT_FALSE((Presence{.at_first = false, .changes = {{"3", false}}}.ever()));
}

TEST(goldfish, a_node_that_leaves_and_returns_is_away_in_between) {
  const TestFolder folder;
  folder.write("actors.csv", "label,present\nann,TRUE\nbob,TRUE\ncid,TRUE\n");
  folder.write("calls.csv", "time,sender,receiver,increment\n1,ann,bob,1\n12,ann,bob,1\n25,cid,bob,1\n");
  folder.write("present.csv", "time,node,replace\n10,cid,FALSE\n20,cid,TRUE\n");
  const LoadedRecord loaded = read_record(folder.path(), goldfish());
  const Actor& cid = loaded.record.actors[2];
  ASSERT_EQ(cid.absences.size(), 1U);
  EXPECT_EQ(cid.absences[0].leaves, 10);
  EXPECT_EQ(cid.absences[0].returns, 20);
  EXPECT_EQ(cid.leaves, never);
}

}  // namespace detente::goldfish_test
