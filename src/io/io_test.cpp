// Records that are right, and records that are wrong in every way a folder of CSV files can be.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "io/record_source.hpp"
#include "io/test_folder.hpp"

namespace detente::io_test {

constexpr std::string_view three_events =
    "date,source,target,type\n2020-01-01,france,spain,ally\n2020-01-02,spain,france,ally\n2020-02,france,italy,break\n";
constexpr std::string_view three_actors = "id,name\nfrance,France\nspain,Spain\nitaly,Italy\n";
constexpr std::string_view two_types =
    "code,quad_class,default_intensity\nally,material-cooperation,8\nbreak,material-conflict,-8\n";

std::string error_of(const std::string& path, const RecordOptions& options = {}) {
  try {
    static_cast<void>(read_record(path, options));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

std::vector<std::string> rendered(const LoadedRecord& loaded, Level least = Level::warning) {
  std::vector<std::string> all;
  for (const Finding& finding : loaded.findings.list)
    if (finding.level >= least) all.push_back(render(finding.problem, to_string(finding.level)));
  return all;
}

// The only finding above a note, in a record with this file added to a good one.
std::string finding_with(const std::string& name, std::string_view text) {
  const TestFolder folder;
  folder.write("events.csv", three_events);
  folder.write("actors.csv", three_actors);
  folder.write("types.csv", two_types);
  folder.write(name, text);
  const std::vector<std::string> all = rendered(read_record(folder.path(), {}));
  return all.size() == 1 ? all[0]
                         : std::to_string(all.size()) + " findings: " + (all.empty() ? "" : all[0] + "\n" + all[1]);
}

std::string events_error(std::string_view text) {
  const TestFolder folder;
  folder.write("events.csv", text);
  return error_of(folder.path());
}

TEST(record_folder, a_tie_whose_actor_leaves_ends_as_loss_unless_it_says_how_it_ended) {
  const TestFolder folder;
  folder.write("events.csv", three_events);
  folder.write("actors.csv", "id,name,leaves\nfrance,France,\nspain,Spain,2020-03\nitaly,Italy,\n");
  folder.write("types.csv", two_types);
  folder.write(
      "ties.csv",
      "id,a,b,kind,start,end,ending\nt1,france,spain,alliance,2020-01-01,,\nt2,spain,italy,alliance,2020-01-01,"
      "2020-02-03,fulfilled\nt3,spain,italy,office,2020-01-01,2020-03-31,loss\n");
  const LoadedRecord loaded = read_record(folder.path(), {});
  EXPECT_EQ(format_time(loaded.record.ties[0].end, Clock::calendar), "2020-04-01");
  EXPECT_EQ(loaded.record.ties[0].ending, "loss");
  EXPECT_EQ(loaded.record.ties[1].ending, "fulfilled");
  EXPECT_FALSE(loaded.record.ties[2].lost);
  EXPECT_TRUE(rendered(loaded).empty());  // `loss` is a known ending, and the end is not outside a lifetime
  EXPECT_EQ(rendered(loaded, Level::note).size(), 1U);
}

TEST(record_folder, reads_actors_types_events_ties_and_attributes) {
  const TestFolder folder;
  folder.write("events.csv", three_events);
  folder.write("actors.csv",
               "id,name,kind,enters,leaves\nfrance,France,government,1990-05,\nspain,Spain,government,,2020-03\nitaly,"
               "Italy,,,\n");
  folder.write("types.csv", two_types);
  folder.write("ties.csv", "id,a,b,kind,start,end,ending\nt1,france,spain,alliance,2020-01-01,2020-02,rupture\n");
  folder.write(
      "attributes.csv",
      "actor,date,attribute,value\nfrance,2020-01-01,power,.5\nfrance,,regime,republic\nspain,,regime,monarchy\n");
  const LoadedRecord loaded = read_record(folder.path(), {});
  const Record& record = loaded.record;
  EXPECT_EQ(rendered(loaded, Level::note), std::vector<std::string>{});
  ASSERT_EQ(record.events.size(), 3U);
  EXPECT_EQ(record.events[2].precision, Precision::month);
  EXPECT_EQ(format_time(record.events[2].time, record.clock), "2020-02-29");
  EXPECT_EQ(record.events[2].intensity, -8);
  EXPECT_EQ(format_time(record.actors[0].enters, record.clock), "1990-05-01");
  EXPECT_EQ(format_time(record.actors[1].leaves, record.clock), "2020-03-31");
  EXPECT_EQ(record.types[1].quad, QuadClass::material_conflict);
  ASSERT_EQ(record.ties.size(), 1U);
  EXPECT_EQ(record.ties[0].end_precision, Precision::month);
  EXPECT_FALSE(record.attributes[0].is_factor());
  EXPECT_EQ(record.attributes[1].levels, (std::vector<std::string>{"republic", "monarchy"}));
  EXPECT_EQ(loaded.findings.tables.size(), 5U);
  EXPECT_EQ(loaded.findings.fingerprints.size(), 5U);
}

TEST(record_folder, reads_numbers_of_pairs_and_of_the_times) {
  const TestFolder folder;
  folder.write("events.csv", three_events);
  folder.write("actors.csv", three_actors);
  folder.write("types.csv", two_types);
  folder.write("pairs.csv",
               "sender,receiver,attribute,value,time\nspain,france,trade,2.5,2020-02\nspain,france,trade,1,\n"
               "france,spain,distance,1050,\n");
  folder.write("series.csv", "series,time,value\nrate,2020-02-01,0.5\nrate,,0.25\nelection,2020-02-10,1\n");
  const LoadedRecord loaded = read_record(folder.path(), {});
  EXPECT_EQ(rendered(loaded), std::vector<std::string>{});
  const Record& record = loaded.record;
  ASSERT_EQ(record.pair_attributes.size(), 2U);
  EXPECT_EQ(record.pair_attributes[0].name, "trade");
  const std::vector<PairValue>& trade = record.pair_attributes[0].values;
  ASSERT_EQ(trade.size(), 2U);
  EXPECT_EQ(record.actors[trade[0].dyad.sender].id, "spain");
  EXPECT_EQ(trade[0].time, always);
  EXPECT_EQ(trade[0].value, 1);
  EXPECT_EQ(format_time(trade[1].time, record.clock), "2020-02-29");
  EXPECT_EQ(record.pair_attributes[1].values[0].value, 1050);
  ASSERT_EQ(record.series.size(), 2U);
  EXPECT_EQ(record.series[0].values[0].value, 0.25);
  EXPECT_EQ(record.series[0].values[0].time, always);
  EXPECT_EQ(record.series[0].values[1].value, 0.5);
  EXPECT_EQ(loaded.findings.fingerprints.size(), 5U);
}

TEST(record_folder, a_bad_number_of_a_pair_is_an_error) {
  const auto finding = [](const std::string& row) {
    return finding_with("pairs.csv", "sender,receiver,attribute,value,time\nfrance,spain,trade,1,2020-01-01\n" + row);
  };
  EXPECT_EQ(finding("france,spian,trade,1,\n"),
            "error: pairs.csv:3: unknown actor 'spian' in column 'receiver'\n  got: 'spian'\n"
            "  expected: an actor that the record declares\n  hint: a similar actor exists: 'spain'");
  EXPECT_EQ(finding("spain,spain,trade,1,\n"),
            "error: pairs.csv:3: a number of 'spain' with itself\n  expected: two actors that differ");
  EXPECT_EQ(finding("spain,france,trade,much,\n"),
            "error: pairs.csv:3: unreadable number in column 'value'\n  got: 'much'\n  expected: a finite number");
  EXPECT_EQ(finding("spain,france,trade,1,2020-13-01\n"),
            "error: pairs.csv:3: unreadable date in column 'time'\n  got: '2020-13-01'\n"
            "  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z");
  EXPECT_EQ(finding("spain,france,,1,\n"), "error: pairs.csv:3: an empty cell in column 'attribute'");
  EXPECT_EQ(finding("france,spain,trade,2,2020-01-01\n"),
            "error: pairs.csv:3: 'trade' from 'france' to 'spain' is there twice at one time\n"
            "  expected: one number of a pair at a time\n  hint: the first is in line 2");
  EXPECT_EQ(finding("france,spain,trade,2,2020-01-02\n"), "0 findings: ");
}

TEST(record_folder, a_bad_number_of_the_times_is_an_error) {
  const auto finding = [](const std::string& row) {
    return finding_with("series.csv", "series,time,value\nrate,2020-01-01,1\n" + row);
  };
  EXPECT_EQ(finding("rate,2020-01-01,2\n"),
            "error: series.csv:3: 'rate' has two numbers at one time\n"
            "  expected: one number of a series at a time\n  hint: the first is in line 2");
  EXPECT_EQ(finding("rate,2020-02-01,\n"),
            "error: series.csv:3: unreadable number in column 'value'\n  got: an empty cell\n"
            "  expected: a finite number");
  EXPECT_TRUE(finding("rate,17,1\n").starts_with("error: series.csv:3: a number in column 'time' of a record of"));
  EXPECT_EQ(finding(",2020-02-01,1\n"), "error: series.csv:3: an empty cell in column 'series'");
}

TEST(record_folder, a_stated_month_stands_at_its_end) {
  const TestFolder folder;
  folder.write("events.csv", "date,precision,source,target\n2020-02-15,month,a,b\n2020-02-15,day,a,b\n");
  const Record record = read_record(folder.path(), {}).record;
  EXPECT_EQ(format_time(record.events[1].time, record.clock), "2020-02-29");
  EXPECT_EQ(record.events[1].precision, Precision::month);
  EXPECT_EQ(record.events[0].precision, Precision::day);
}

TEST(record_folder, one_event_is_a_record) {
  const TestFolder folder;
  folder.write("events.csv", "time,sender,receiver\n3.5,a,b\n");
  const LoadedRecord loaded = read_usable_record(folder.path(), {});
  EXPECT_EQ(loaded.record.clock, Clock::number);
  EXPECT_EQ(loaded.record.events[0].time, 3.5);
  EXPECT_EQ(loaded.record.types[0].code, "event");
  EXPECT_EQ(loaded.record.actors.size(), 2U);
}

TEST(record_folder, one_actor_leaves_no_usable_event) {
  const TestFolder folder;
  folder.write("events.csv", "time,sender,receiver\n1,a,a\n2,a,a\n");
  EXPECT_EQ(read_record(folder.path(), {}).findings.tables[0].set_aside, 2U);
  EXPECT_THROW(static_cast<void>(read_usable_record(folder.path(), {})), Error);
}

TEST(record_folder, what_is_missing_is_named) {
  const TestFolder folder;
  EXPECT_EQ(error_of(folder.path("no")), "error: " + folder.path("no") + ": cannot read: No such file or directory");
  EXPECT_EQ(error_of(folder.path()),
            "error: " + folder.path() +
                ": there is no events.csv in this folder\n  hint: a record is a folder with events.csv");
  folder.write("event.csv", three_events);
  EXPECT_EQ(error_of(folder.path()),
            "error: " + folder.path() +
                ": there is no events.csv in this folder\n  hint: a similar file exists: 'event.csv'");
}

TEST(record_folder, an_empty_record_is_refused) {
  EXPECT_EQ(events_error(""), "error: events.csv: the file is empty\n  expected: a first line that names the columns");
  EXPECT_EQ(events_error("date,source,target\n"),
            "error: events.csv: the record has no events\n  expected: at least one row below the header");
}

TEST(record_folder, a_wrong_header_is_refused_with_the_closest_column) {
  EXPECT_EQ(events_error("date,source,traget\n2020-01-01,a,b\n"),
            "error: events.csv:1: there is no column 'target'\n  got: the columns date, source, traget\n"
            "  expected: a column named target or receiver\n  hint: a similar column exists: 'traget'");
  EXPECT_EQ(events_error("2020-01-01,a,b\n"),
            "error: events.csv:1: there is no column 'date'\n  got: the columns 2020-01-01, a, b\n  expected: a column "
            "named date or time\n"
            "  hint: the first line must name the columns; this one looks like data");
  EXPECT_EQ(events_error("date,source,target,date\n"),
            "error: events.csv:1: the column 'date' is there twice\n  expected: every column once");
  EXPECT_EQ(events_error("date;source;target\n"),
            "error: events.csv: the record has no events\n  expected: at least one row below the header");
}

TEST(record_folder, an_extra_column_is_noted) {
  const TestFolder folder;
  folder.write("events.csv", "date,source,target,colour\n2020-01-01,a,b,red\n");
  EXPECT_EQ(rendered(read_record(folder.path(), {}), Level::note)[0],
            "note: events.csv:1: the column 'colour' has no meaning here and is not read");
}

TEST(record_folder, an_undeclared_actor_is_an_error_with_the_closest_name) {
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + "2020-03-01,frnace,spain,ally\n"),
            "error: events.csv:5: unknown actor 'frnace' in column 'source'\n  got: 'frnace'\n"
            "  expected: an actor that the record declares\n  hint: a similar actor exists: 'france'");
  EXPECT_EQ(finding_with("ties.csv", "id,a,b,kind,start\nt,france,spainn,alliance,2020-01-01\n"),
            "error: ties.csv:2: unknown actor 'spainn' in column 'b'\n  got: 'spainn'\n"
            "  expected: an actor that the record declares\n  hint: a similar actor exists: 'spain'");
  EXPECT_EQ(finding_with("attributes.csv", "actor,date,attribute,value\nmars,2020-01-01,power,1\n"),
            "error: attributes.csv:2: unknown actor 'mars' in column 'actor'\n  got: 'mars'\n"
            "  expected: an actor that the record declares");
}

TEST(record_folder, an_unknown_type_is_an_error_with_the_closest_code) {
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + "2020-03-01,france,spain,braek\n"),
            "error: events.csv:5: unknown type 'braek' in column 'type'\n  got: 'braek'\n"
            "  expected: a type that the record declares\n  hint: a similar type exists: 'break'");
}

TEST(record_folder, a_bad_date_is_an_error) {
  const std::string expected = "\n  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z";
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + "2020-02-30,france,spain,ally\n"),
            "error: events.csv:5: unreadable date in column 'date'\n  got: '2020-02-30'" + expected);
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + ",france,spain,ally\n"),
            "error: events.csv:5: unreadable date in column 'date'\n  got: an empty cell" + expected);
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + "17,france,spain,ally\n"),
            "error: events.csv:5: a number in column 'date' of a record of calendar dates\n  got: '17'" + expected +
                "\n  hint: one record has one clock: that of its first event");
}

TEST(record_folder, the_clock_is_that_of_the_events_not_of_the_actors) {
  EXPECT_EQ(finding_with("actors.csv", "id,enters\nfrance,\nspain,\nitaly,\nmars,1990\n"),
            "error: actors.csv:5: a number in column 'enters' of a record of calendar dates\n  got: '1990'\n"
            "  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z\n  hint: one record has one clock: "
            "that of its first event");
}

TEST(record_folder, what_ends_before_it_starts_is_an_error) {
  EXPECT_EQ(
      finding_with("ties.csv", "id,a,b,kind,start,end,ending\nt,france,spain,alliance,2020-01-02,2020-01-01,rupture\n"),
      "error: ties.csv:2: the tie 't' ends before it starts\n  got: start 2020-01-02, end 2020-01-01");
  EXPECT_EQ(
      finding_with("actors.csv", "id,enters,leaves\nfrance,,\nspain,,\nitaly,,\nmars,2020-01-02,2020-01-01\n"),
      "error: actors.csv:5: the actor 'mars' leaves before it enters\n  got: enters 2020-01-02, leaves 2020-01-01");
}

TEST(record_folder, ties_are_checked_row_by_row) {
  const std::string header = "id,a,b,kind,start,end,ending\n";
  EXPECT_EQ(finding_with("ties.csv", header + "t,france,france,alliance,2020-01-01,,\n"),
            "error: ties.csv:2: a tie of 'france' with itself\n  expected: two actors that differ");
  EXPECT_EQ(
      finding_with("ties.csv", header + "t,france,spain,alliance,2020-01-01,,\nt,france,italy,alliance,2020-01-01,,\n"),
      "error: ties.csv:3: the tie 't' is there twice\n  expected: every id once\n  hint: the first is in line 2");
  EXPECT_EQ(finding_with("ties.csv", header + "t,france,spain,alliance,2020-01-01,,rupture\n"),
            "error: ties.csv:2: the tie 't' has an ending but no end\n  got: 'rupture'\n"
            "  expected: a date in column 'end', or no ending for a tie in force");
  EXPECT_EQ(finding_with("ties.csv", header + "t,france,spain,alliance,2020-01-01,2020-02-01,ruptured\n"),
            "warning: ties.csv:2: unknown ending 'ruptured': it counts as no rupture\n  got: 'ruptured'\n"
            "  expected: one of rupture, exit, fulfilled, renegotiated, closed, loss, other\n  hint: a similar ending "
            "exists: 'rupture'");
}

TEST(record_folder, doubled_ids_and_codes_are_errors) {
  EXPECT_EQ(
      finding_with("actors.csv", std::string(three_actors) + "spain,Spain again\n"),
      "error: actors.csv:5: the actor 'spain' is there twice\n  expected: every actor once; or a row for each time "
      "that it is present, in their order, with the day on which it enters and the one on which it leaves\n  hint: "
      "the first is in line 3");
  EXPECT_EQ(finding_with("types.csv", std::string(two_types) + "ally,none,1\n"),
            "error: types.csv:4: the type 'ally' is there twice");
}

TEST(record_folder, types_are_checked_row_by_row) {
  EXPECT_EQ(finding_with("types.csv", std::string(two_types) + "war,conflict,-9\n"),
            "error: types.csv:4: unknown quad class 'conflict'\n  got: 'conflict'\n"
            "  expected: verbal-cooperation, material-cooperation, verbal-conflict, material-conflict or none");
  EXPECT_EQ(
      finding_with("types.csv", std::string(two_types) + "war,none,nan\n"),
      "error: types.csv:4: unreadable number in column 'default_intensity'\n  got: 'nan'\n  expected: a finite number");
}

TEST(record_folder, numbers_must_be_finite) {
  for (const std::string number : {"inf", "nan", "1e999", "x"})
    EXPECT_EQ(finding_with("events.csv", "date,source,target,type,intensity\n2020-01-01,france,spain,ally," + number +
                                             "\n2020-01-01,italy,spain,ally,1\n2020-01-01,france,spain,ally,1\n"),
              "error: events.csv:2: unreadable number in column 'intensity'\n  got: '" + number +
                  "'\n  expected: a finite number");
  EXPECT_EQ(finding_with("attributes.csv", "actor,date,attribute,value\nspain,2020-01-01,power,nan\n"),
            "error: attributes.csv:2: unreadable number in column 'value'\n  got: 'nan'\n  expected: a finite number");
}

TEST(record_folder, values_that_are_not_known_stand_beside_numbers_and_not_beside_words) {
  const std::string header = "actor,date,attribute,value\n";
  EXPECT_EQ(finding_with("attributes.csv", header + "spain,,power,1\nitaly,,power,NA\nspain,2020-01-02,power,NA\n"),
            "warning: attributes.csv:3: 'power' is NA in 2 rows: not known there, and a value before stays in force\n"
            "  hint: [missing] in a model says what stands for actors without a value");
  EXPECT_EQ(finding_with("attributes.csv", header + "spain,,power,1\nitaly,,power,2\nfrance,,power,n/a\n"),
            "warning: attributes.csv:4: 'power' is a factor, though 2 of its 3 values are numbers\n"
            "  expected: numbers alone, with NA where none is known");
  const TestFolder folder;
  folder.write("events.csv", three_events);
  folder.write("attributes.csv",
               header + "spain,,code,ES\nitaly,,code,NA\nspain,,power,NA\nspain,2020-01-01,power,2\n");
  const LoadedRecord read = read_record(folder.path(), {});
  ASSERT_EQ(read.record.attributes.size(), 2U);
  EXPECT_EQ(read.record.attributes[0].levels, (std::vector<std::string>{"ES", "NA"}));
  EXPECT_EQ(read.record.attributes[1].values.size(), 1U);
  EXPECT_FALSE(read.record.attributes[1].is_factor());
}

TEST(record_folder, two_values_of_an_actor_at_one_time_are_a_warning) {
  const std::string header = "actor,date,attribute,value\n";
  EXPECT_EQ(finding_with("attributes.csv", header + "spain,2020-01-01,power,1\nspain,2020-01-01,power,2\n"),
            "warning: attributes.csv:3: 'power' of an actor has two values at one time: the last row holds\n"
            "  got: '1' and '2' of 'spain'\n  expected: one value of an actor at a time");
}

TEST(record_folder, an_attribute_that_no_formula_can_name_is_a_warning) {
  EXPECT_EQ(finding_with("attributes.csv", "actor,date,attribute,value\nspain,,kind,big\n"),
            "warning: attributes.csv:2: an attribute cannot be read by the name 'kind': formulas find the column of "
            "actors.csv\n  hint: give it another name");
}

TEST(record_folder, a_self_loop_is_a_warning_and_set_aside) {
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + "2020-03-01,france,france,ally\n"),
            "warning: events.csv:5: 'france' acts on itself: the row is set aside\n  expected: a source and a target "
            "that differ");
}

TEST(record_folder, bytes_that_are_no_text_are_errors) {
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + std::string("2020-03-01,fra\0nce,spain,ally\n", 30)),
            "error: events.csv:5: a NUL byte in column 'source'\n  got: 'fra\\x00nce'\n  hint: is this a text file, "
            "saved as UTF-8?");
  EXPECT_EQ(
      finding_with("events.csv", std::string(three_events) + "2020-03-01,espa\xF1"
                                                             "a,spain,ally\n"),
      "error: events.csv:5: invalid UTF-8 in column 'source'\n  got: 'espa\\xf1a'\n  hint: --encoding windows-1252 "
      "(or latin-1) reads it, if that is what it is; or save the file as UTF-8");
}

TEST(record_folder, a_ragged_row_and_a_huge_line_are_errors) {
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + "2020-03-01,france,spain\n"),
            "error: events.csv:5: the row has the wrong number of cells\n  got: 3 cells\n  expected: 4 cells, as in "
            "the header line");
  EXPECT_EQ(finding_with("events.csv", std::string(three_events) + std::string(5U << 20, 'x') + "\n"),
            "error: events.csv:5: a cell is longer than 1 MiB\n  hint: is a quote left open, or is this no CSV file?");
}

TEST(record_folder, a_refused_row_leaves_no_actor_and_no_type_behind) {
  const TestFolder folder;
  folder.write("events.csv", "date,source,target,type,intensity\n2020-01-01,a,b,ally,1\n2020-01-01,c,d,war,x\n");
  folder.write("ties.csv", "a,b,start\ne,f,never\n");
  const Record record = read_record(folder.path(), {}).record;
  EXPECT_EQ(record.actors.size(), 2U);
  EXPECT_EQ(record.types.size(), 1U);
}

}  // namespace detente::io_test
