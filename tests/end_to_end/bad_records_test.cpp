// Records that cannot be used, or only with a warning: each with all that is said about it.  Errors stop with exit 2,
// warnings do not (docs/guide/records.md, Findings).
#include <gtest/gtest.h>

#include "command.hpp"

namespace detente::e2e::bad_records_test {

using namespace std::string_literals;

TEST(BadRecord, a_record_that_is_not_there) {
  const Here here;
  EXPECT_EQ(detente({"check", "nowhere"}).text(), R"text(exit 2
-- err
error: nowhere: cannot read: No such file or directory
  help: detente check --help
)text");
  EXPECT_EQ(detente({"fit", "nowhere.csv", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: nowhere.csv: cannot read: No such file or directory
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"forecast", "nowhere", "--model", "model.toml", "--as-of", "last"}).text(), R"text(exit 2
-- err
error: model.toml: cannot read the model: No such file or directory
  help: detente forecast --help
)text");
}

TEST(BadRecord, a_folder_without_events) {
  const Here here(Files{{"record/event.csv", "date,source,target,type\n"}});
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: record: there is no events.csv in this folder
  hint: a similar file exists: 'event.csv'
  help: detente check --help
)text");
}

TEST(BadRecord, an_unknown_header) {
  Files files = small_record();
  files["record/events.csv"] =
      "day,from,to,type\n"
      "2022-01-05,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: events.csv:1: there is no column 'date'
  got: the columns day, from, to, type
  expected: a column named date or time
  hint: --columns "time=...,source=...,target=..." says what the columns are called here
  help: detente check --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: events.csv:1: there is no column 'date'
  got: the columns day, from, to, type
  expected: a column named date or time
  hint: --columns "time=...,source=...,target=..." says what the columns are called here
  help: detente fit --help
)text");
}

TEST(BadRecord, a_header_with_a_slip) {
  Files files = small_record();
  files["record/events.csv"] =
      "dates,source,target,type\n"
      "2022-01-05,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: events.csv:1: there is no column 'date'
  got: the columns dates, source, target, type
  expected: a column named date or time
  hint: a similar column exists: 'dates'
  help: detente check --help
)text");
}

TEST(BadRecord, no_header_at_all) {
  Files files = small_record();
  files["record/events.csv"] =
      "2022-01-05,anna,ben,praise\n"
      "2022-01-06,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: events.csv:1: there is no column 'date'
  got: the columns 2022-01-05, anna, ben, praise
  expected: a column named date or time
  hint: the first line must name the columns; this one looks like data
  help: detente check --help
)text");
}

TEST(BadRecord, another_separator) {
  Files files = small_record();
  files["record/events.csv"] =
      "date;source;target;type\n"
      "2022-01-05;anna;ben;praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 1           1           0   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

separator (1 note)
  note: events.csv:1: the columns are separated by ';'
    hint: --separator says otherwise

0 errors, 0 warnings, 1 note
)text");
}

TEST(BadRecord, an_undeclared_actor) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,ben,praise\n"
      "2022-01-06,anna,bne,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 2           1           1   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

unknown-actor (1 error)
  error: events.csv:3: unknown actor 'bne' in column 'target'
    got: 'bne'
    expected: an actor that the record declares
    hint: a similar actor exists: 'ben'

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: events.csv:3: unknown actor 'bne' in column 'target'
  got: 'bne'
  expected: an actor that the record declares
  hint: a similar actor exists: 'ben'; `detente check record` lists all; `--bad set-aside` goes on without these rows
  help: detente fit --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--bad", "set-aside"}).text(), R"text(exit 0
-- out
observed from 2022-01-05 to 2023-03-01; actors present: 3 from their first event or tie
events (tie, exact; 1 event; 6.0 dyads at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  rank-deficient: log-likelihood 0.0000, AIC 4.00, 0 iterations
  no time passes in which anything could happen: the record says nothing about the rate
-- err
note: events.csv: 1 of 2 rows set aside: `detente check record` says why
)text");
}

TEST(BadRecord, an_undeclared_actor_in_a_tie) {
  Files files = small_record();
  files["record/ties.csv"] =
      "id,a,b,kind,start\n"
      "t1,anna,zoe,alliance,2022-01-05\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 9           9           0   events.csv
ties                   1           0           1   ties.csv

9 events of 2 types between 3 actors, 0 ties, 0 attributes; from 2022-01-05 to 2023-12-24

unknown-actor (1 error)
  error: ties.csv:2: unknown actor 'zoe' in column 'b'
    got: 'zoe'
    expected: an actor that the record declares

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, an_unknown_type) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,ben,prays\n"
      "2022-01-06,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 2           1           1   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

unknown-type (1 error)
  error: events.csv:2: unknown type 'prays' in column 'type'
    got: 'prays'
    expected: a type that the record declares

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, bad_dates) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-06,anna,ben,praise\n"
      "2022-02-30,anna,ben,praise\n"
      "22.1.2022,anna,ben,praise\n"
      ",anna,ben,praise\n"
      "17,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 5           1           4   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

bad-date (3 errors)
  error: events.csv:3: unreadable date in column 'date'
    got: '2022-02-30'
    expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z
  error: events.csv:4: unreadable date in column 'date'
    got: '22.1.2022'
    expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z
    hint: --dates day-first reads it
  error: events.csv:5: unreadable date in column 'date'
    got: an empty cell
    expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z

mixed-dates (1 error)
  error: events.csv:6: a number in column 'date' of a record of calendar dates
    got: '17'
    expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z
    hint: one record has one clock: that of its first event

4 errors, 0 warnings, 0 notes
-- err
error: 4 rows cannot be used
  hint: mend them, or give other commands --bad set-aside to go on without them
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: events.csv:3: unreadable date in column 'date' (and 3 more errors)
  got: '2022-02-30'
  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z
  hint: `detente check record` lists all; `--bad set-aside` goes on without these rows
  help: detente fit --help
)text");
}

TEST(BadRecord, an_end_before_its_start) {
  Files files = small_record();
  files["record/ties.csv"] =
      "id,a,b,kind,start,end,ending\n"
      "t1,anna,ben,alliance,2022-03-01,2022-02-01,rupture\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 9           9           0   events.csv
ties                   1           0           1   ties.csv

9 events of 2 types between 3 actors, 0 ties, 0 attributes; from 2022-01-05 to 2023-12-24

end-before-start (1 error)
  error: ties.csv:2: the tie 't1' ends before it starts
    got: start 2022-03-01, end 2022-02-01

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, a_departure_before_the_entrance) {
  Files files = small_record();
  files["record/actors.csv"] =
      "id,name,enters,leaves\n"
      "anna,Anna,2022-01-01,2021-01-01\n"
      "ben,Ben,,\n"
      "acme,Acme,,\n";
  files.erase("record/ties.csv");
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-06,ben,acme,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           2           1   actors.csv
events                 1           1           0   events.csv

1 event of 2 types between 2 actors, 0 ties, 0 attributes; from 2022-01-06 to 2022-01-06

leaves-before-enters (1 error)
  error: actors.csv:2: the actor 'anna' leaves before it enters
    got: enters 2022-01-01, leaves 2021-01-01

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, an_empty_record) {
  Files files = small_record();
  files["record/events.csv"] = "date,source,target,type\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: events.csv: the record has no events
  expected: at least one row below the header
  help: detente check --help
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: events.csv: the record has no events
  expected: at least one row below the header
  help: detente fit --help
)text");
}

TEST(BadRecord, an_empty_file) {
  const Here here(Files{{"record/events.csv", ""}});
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: events.csv: the file is empty
  expected: a first line that names the columns
  help: detente check --help
)text");
}

TEST(BadRecord, a_nul_byte) {
  Files files = small_record();
  files["record/events.csv"] = "date,source,target,type\n2022-01-05,anna,b\0n,praise\n2022-01-06,anna,ben,praise\n"s;
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 2           1           1   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

nul-byte (1 error)
  error: events.csv:2: a NUL byte in column 'target'
    got: 'b\x00n'
    hint: is this a text file, saved as UTF-8?

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, invalid_utf8) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,b\xffn,praise\n"
      "2022-01-06,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 2           1           1   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

bad-utf8 (1 error)
  error: events.csv:2: invalid UTF-8 in column 'target'
    got: 'b\xffn'
    hint: --encoding windows-1252 (or latin-1) reads it, if that is what it is; or save the file as UTF-8

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, a_utf16_file) {
  const Here here(Files{{"record/events.csv",
                         "\xff\xfe"
                         "d\0"
                         "a\0t\0"
                         "e\0"s}});
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- err
error: events.csv:1: there is no column 'source'
  got: the columns date
  expected: a column named source or sender
  hint: --columns "time=...,source=...,target=..." says what the columns are called here
  help: detente check --help
)text");
}

TEST(BadRecord, a_row_with_too_few_cells) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna\n"
      "2022-01-06,anna,ben,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 2           1           1   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

ragged-row (1 error)
  error: events.csv:2: the row has the wrong number of cells
    got: 2 cells
    expected: 4 cells, as in the header line

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
}

TEST(BadRecord, one_actor_who_only_acts_on_itself) {
  const Here here(Files{{"record/actors.csv",
                         "id,name\n"
                         "anna,Anna\n"},
                        {"record/events.csv",
                         "date,source,target,type\n"
                         "2022-01-05,anna,anna,praise\n"}});
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
actors                 1           1           0   actors.csv
events                 1           0           1   events.csv

0 events of 0 types between 1 actor, 0 ties, 0 attributes

self-loop (1 warning)
  warning: events.csv:2: 'anna' acts on itself: the row is set aside
    expected: a source and a target that differ

idle-actor (1 note)
  note: actors.csv:2: the actor 'anna' is in no event and no tie

0 errors, 1 warning, 1 note
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia"}).text(), R"text(exit 2
-- err
error: record: no usable event is left
  hint: `detente check record` lists why
  help: detente fit --help
)text");
}

TEST(OddRecord, a_self_loop_is_a_warning) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,anna,praise\n"
      "2022-01-06,anna,ben,praise\n"
      "2022-01-07,ben,anna,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 3           2           1   events.csv
ties                   4           4           0   ties.csv

2 events of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

self-loop (1 warning)
  warning: events.csv:2: 'anna' acts on itself: the row is set aside
    expected: a source and a target that differ

0 errors, 1 warning, 0 notes
)text");
}

TEST(OddRecord, an_exact_duplicate_is_a_warning) {
  Files files = small_record();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,ben,praise\n"
      "2022-01-05,anna,ben,praise\n"
      "2022-01-07,ben,anna,praise\n";
  const Here here(files);
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 3           3           0   events.csv
ties                   4           4           0   ties.csv

3 events of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

duplicate-event (1 warning)
  warning: events.csv:3: the event repeats that of line 2 in every column: both are kept
    got: 2022-01-05 anna ben praise

0 errors, 1 warning, 0 notes
)text");
}

TEST(OddRecord, a_clean_record_has_nothing_to_say) {
  const Here here(small_record());
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 9           9           0   events.csv
ties                   4           4           0   ties.csv

9 events of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-12-24

0 errors, 0 warnings, 0 notes
)text");
}

TEST(OddRecord, one_event_can_be_read_but_nothing_estimated) {
  const Here here(Files{{"record/events.csv",
                         "date,source,target\n"
                         "2022-01-05,anna,ben\n"}});
  EXPECT_EQ(detente({"check", "record"}).text(), R"text(exit 0
-- out
table               read        kept   set aside   file
events                 1           1           0   events.csv

1 event of 1 type between 2 actors, 0 ties, 0 attributes; from 2022-01-05 to 2022-01-05

no-types (1 note)
  note: events.csv: the record declares no types: 1 taken from its events, neither cooperation nor conflict
    hint: add types.csv with the columns code, label, quad_class and default_intensity

0 errors, 0 warnings, 1 note
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia"}).text(), R"text(exit 0
-- out
observed from 2022-01-05 to 2022-01-05; actors present: 2 from their first event or tie
events (tie, exact; 1 event; 2.0 dyads at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  rank-deficient: log-likelihood 0.0000, AIC 4.00, 0 iterations
  no time passes in which anything could happen: the record says nothing about the rate
)text");
  EXPECT_EQ(detente({"fit", "record", "--formula", "inertia", "--timing", "ordinal"}).text(), R"text(exit 0
-- out
observed from 2022-01-05 to 2022-01-05; actors present: 2 from their first event or tie
events (tie, ordinal; 1 event; 2.0 dyads at risk on average; factorised)
  effect      estimate  std.error   95 % low       high   exp(est.)        low       high
  rank-deficient: log-likelihood -0.6931, AIC 3.39, 0 iterations
  'inertia' is the same for every dyad at risk: the record says nothing about it; remove it
)text");
}

TEST(OddRecord, a_record_without_ties_has_nothing_to_forecast) {
  Files files = small_record();
  files["model.toml"] = small_model();
  files["record/events.csv"] =
      "date,source,target,type\n"
      "2022-01-05,anna,ben,praise\n";
  files.erase("record/ties.csv");
  const Here here(files);
  EXPECT_EQ(
      detente({"forecast", "record", "--model", "model.toml", "--as-of", "2022-01-05", "--replicates", "8"}).text(),
      R"text(exit 2
-- err
error: --as-of: no tie at risk has ruptured by 2022-01-05: there is nothing to learn a rupture from
  expected: a record with at least one rupture by then
  hint: choose a later date, or look at the ties' kinds and endings: `detente check` lists them
  help: detente forecast --help
)text");
}

}  // namespace detente::e2e::bad_records_test
