// Everything that is no folder of CSV files: queries, packed files, databases, benchmarks; and the records at hand.
#include <gtest/gtest.h>

#include <duckdb.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>

#include "io/check_result.hpp"
#include "io/record_source.hpp"
#include "io/test_folder.hpp"
#include "io/write_file.hpp"

namespace detente::source_test {

constexpr std::string_view events_csv =
    "date,source,target,type,intensity,description\n2020-01-01,a,b,ally,8,\"one,\ntwo\"\n\n2020-02,b,c,break,-8.5,"
    "\n2020-03-01,c,c,ally,8,\n";

const std::string shared_data = DETENTE_SOURCE_DIR "/../shared/data";

LoadedRecord events_of(const std::string& path_or_sql, const std::string& preset = "detente") {
  RecordOptions options;
  options.events_only = true;
  options.preset = preset;
  return read_record(path_or_sql, options);
}

std::string error_of(const std::string& path_or_sql) {
  try {
    static_cast<void>(events_of(path_or_sql));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

// Runs SQL in a DuckDB file, or in memory.
void run_duckdb(const std::string& path, const std::string& sql) {
  duckdb_database database{};
  duckdb_connection connection{};
  ASSERT_EQ(duckdb_open(path.empty() ? nullptr : path.c_str(), &database), DuckDBSuccess);
  ASSERT_EQ(duckdb_connect(database, &connection), DuckDBSuccess);
  duckdb_result result{};
  EXPECT_EQ(duckdb_query(connection, sql.c_str(), &result), DuckDBSuccess) << duckdb_result_error(&result);
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
}

void run_sqlite(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

void expect_the_two_events(const LoadedRecord& loaded) {
  const Record& record = loaded.record;
  ASSERT_EQ(record.events.size(), 2U);
  EXPECT_EQ(format_time(record.events[0].time, record.clock), "2020-01-01");
  EXPECT_EQ(record.events[1].precision, Precision::month);
  EXPECT_EQ(record.events[1].intensity, -8.5F);
  EXPECT_EQ(record.texts[0].description, "one,\ntwo");
  EXPECT_EQ(record.actors[1].id, "b");
  EXPECT_EQ(loaded.findings.tables[0].read, 3U);
  EXPECT_EQ(loaded.findings.tables[0].set_aside, 1U);
  EXPECT_EQ(loaded.findings.list[0].code, "self-loop");
}

TEST(event_files, csv_parquet_json_and_packed_files_give_the_same_record) {
  const TestFolder folder;
  const std::string csv = folder.write("e.csv", events_csv);
  expect_the_two_events(events_of(csv));
  const std::string rows = "FROM read_csv('" + csv + "', all_varchar = true)";
  for (const std::string target : {"e.parquet", "e.json", "e.json.gz"}) {
    run_duckdb("", "COPY (" + rows + ") TO '" + folder.path(target) + "'");
    SCOPED_TRACE(target);
    expect_the_two_events(events_of(folder.path(target)));
  }
  expect_the_two_events(events_of("SELECT * " + rows + ";"));
  expect_the_two_events(events_of(" from read_csv('" + csv + "', all_varchar = true)"));
}

TEST(event_files, packed_csv_is_read_strictly_with_its_lines) {
  const TestFolder folder;
  for (const std::string packing : {"gzip", "zstd"}) {
    const std::string path = folder.path(packing == "gzip" ? "e.csv.gz" : "e.csv.zst");
    // One column whose text holds the lines, so that the bytes in the file are ours.
    run_duckdb("", "COPY (SELECT unnest(string_split('" + std::string(events_csv) +
                       "x,a,b,ally,1,\n2020-04-01,a,b', chr(10)))) TO '" + path +
                       "' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1e', COMPRESSION " + packing +
                       ")");
    SCOPED_TRACE(packing);
    const LoadedRecord loaded = events_of(path);
    ASSERT_EQ(loaded.record.events.size(), 2U);
    EXPECT_EQ(loaded.record.events[1].line, 5U);
    EXPECT_EQ(loaded.findings.list[1].problem.where.line, 7U);
    EXPECT_EQ(loaded.findings.list[2].code, "ragged-row");
  }
}

TEST(event_files, a_tsv_file_is_separated_by_tabs) {
  const TestFolder folder;
  EXPECT_EQ(events_of(folder.write("e.tsv", "time\tsender\treceiver\n1\ta b\tc\n")).record.actors[0].id, "a b");
}

TEST(event_files, findings_of_a_query_have_row_numbers) {
  const LoadedRecord loaded =
      events_of("SELECT '2020-01-01' AS date, 'a' AS source, 'b' AS target UNION ALL SELECT 'x', 'a', 'b'");
  EXPECT_EQ(to_string(loaded.findings.list[0].problem.where), "query:2");
  EXPECT_EQ(loaded.findings.list[0].code, "bad-date");
}

TEST(event_files, what_duckdb_refuses_is_a_message) {
  EXPECT_EQ(error_of("SELECT * FROM nothing").substr(0, 67),
            "error: query: DuckDB: Catalog Error: Table with name nothing does n");
  EXPECT_EQ(error_of("SELECT 1; DROP TABLE x").substr(0, 21), "error: query: DuckDB:");
  EXPECT_EQ(error_of("no.parquet"), "error: no.parquet: cannot read: No such file or directory");
  EXPECT_EQ(error_of("SELECT 1 AS date"),
            "error: query: there is no column 'source'\n  got: the columns date\n  expected: a column named source or "
            "sender\n  hint: --columns \"time=...,source=...,target=...\" says what the columns are called here");
  EXPECT_EQ(error_of("SELECT '2020-01-01' AS date, 'a' AS source, 'b' AS target WHERE false"),
            "error: query: the record has no events\n  expected: at least one row below the header");
  const TestFolder folder;
  EXPECT_EQ(error_of(folder.write("e.parquet", "no parquet")).find("DuckDB:") != std::string::npos, true);
  EXPECT_EQ(error_of(folder.write("e.csv.gz", "no gzip")).find("DuckDB:") != std::string::npos, true);
}

constexpr const char* tables_sql =
    "CREATE TABLE events (date VARCHAR, source VARCHAR, target VARCHAR, type VARCHAR, intensity DOUBLE);"
    "INSERT INTO events VALUES ('2020-01-01', 'a', 'b', 'ally', 0.1), ('2020-02', 'b', 'x', 'ally', NULL);"
    "CREATE TABLE types (code VARCHAR, quad_class VARCHAR, default_intensity INTEGER);"
    "INSERT INTO types VALUES ('ally', 'material-cooperation', 8);"
    "CREATE TABLE actors (id VARCHAR, enters VARCHAR); INSERT INTO actors VALUES ('a', '2019-01'), ('b', NULL);"
    "CREATE TABLE ties (id INTEGER, a VARCHAR, b VARCHAR, kind VARCHAR, start VARCHAR); INSERT INTO ties VALUES (1, "
    "'a', 'b', 'office', '2020-01-01');";

void expect_the_tables(const LoadedRecord& loaded, const std::string& name) {
  EXPECT_EQ(loaded.findings.tables.size(), 4U);
  ASSERT_EQ(loaded.record.events.size(), 1U);
  EXPECT_EQ(loaded.record.events[0].intensity, 0.1F);
  EXPECT_EQ(loaded.record.types[0].default_intensity, 8);
  EXPECT_EQ(loaded.record.ties[0].id, "1");
  ASSERT_EQ(loaded.findings.count(Level::error), 1U);
  EXPECT_EQ(to_string(loaded.findings.list[0].problem.where), name + "/events:2");
  EXPECT_EQ(loaded.findings.list[0].code, "unknown-actor");
}

TEST(databases, a_duckdb_file_is_a_record) {
  const TestFolder folder;
  run_duckdb(folder.path("r.db"), tables_sql);
  expect_the_tables(read_record(folder.path("r.db"), {}), "r.db");
}

TEST(databases, a_sqlite_file_is_a_record) {
  const TestFolder folder;
  run_sqlite(folder.path("r.db"), tables_sql);
  expect_the_tables(read_record(folder.path("r.db"), {}), "r.db");
}

TEST(databases, a_database_without_events_is_refused) {
  const TestFolder folder;
  run_sqlite(folder.path("s.db"), "CREATE TABLE other (x INTEGER)");
  run_duckdb(folder.path("d.db"), "CREATE TABLE other (x INTEGER)");
  EXPECT_EQ(error_of(folder.path("s.db")),
            "error: " + folder.path("s.db") + ": there is no table 'events' in this database");
  EXPECT_EQ(error_of(folder.path("d.db")),
            "error: " + folder.path("d.db") + ": there is no table 'events' in this database");
}

TEST(presets, quadruples_are_read_by_id_or_by_name) {
  const TestFolder folder;
  folder.write("train.txt", "0\t1\t2\t24\t-1\n2\t0\t2\t48\t-1\n");
  folder.write("test.txt", "2\t0\t0\t72\t-1\n3\t0\t0\t72\t-1\n");
  RecordOptions options;
  options.preset = "tkg";
  const Record plain = read_record(folder.path("train.txt"), options).record;
  EXPECT_EQ(plain.clock, Clock::number);
  ASSERT_EQ(plain.events.size(), 1U);
  EXPECT_EQ(plain.actors[1].id, "2");
  folder.write("entity2id.txt", "China\t0\nIran\t1\nNew_\"Zealand\"\t2\n");
  folder.write(
      "relation_cameo.csv",
      "id,relation,cameo,quad,goldstein\n0,Consult,040,verbal-cooperation,1\n1,Fight,190,material-conflict,-10\n");
  const LoadedRecord named = read_record(folder.path(), options);
  ASSERT_EQ(named.record.events.size(), 2U);
  EXPECT_EQ(named.record.actors[2].id, "New_\"Zealand\"");
  EXPECT_EQ(named.record.events[0].intensity, -10);
  EXPECT_EQ(named.record.types[1].quad, QuadClass::material_conflict);
  EXPECT_EQ(named.record.types[1].label, "Fight (CAMEO 190)");
  EXPECT_EQ(render(named.findings.list[1].problem),
            "error: train.txt+test.txt:4: unknown actor '3' in column 'subject'\n  got: '3'\n  expected: an actor that "
            "the record declares");
}

TEST(presets, remify_event_lists_are_read) {
  const TestFolder folder;
  const Record record =
      events_of(folder.write("e.csv", "time,actor1,actor2,type,weight\n0.5,x,y,work,2\n1e3,y,x,social,1\n"), "remify")
          .record;
  EXPECT_EQ(record.clock, Clock::number);
  EXPECT_EQ(record.events[1].time, 1000);
  EXPECT_EQ(record.events[0].intensity, 2);
  EXPECT_EQ(record.types[1].code, "social");
}

TEST(check_result, lists_every_finding_as_csv_and_json) {
  const TestFolder folder;
  folder.write("events.csv", "date,source,target,\"a,\"\"b\"\"\"\n2020-01-01,a,b,\n2020-01-32,a,b,\n2020-01-01,a,a,\n");
  const LoadedRecord loaded = read_record(folder.path(), {});
  EXPECT_EQ(unusable_rows(loaded.findings), 1U);
  EXPECT_EQ(
      findings_csv(loaded.findings),
      "level,code,file,line,column,message,got,expected,hint\n"
      "note,extra-column,events.csv,1,,\"the column 'a,\"\"b\"\"' has no meaning here and is not read\",,,\n"
      "error,bad-date,events.csv,3,,unreadable date in column 'date','2020-01-32',\"a date such as 2025-01-22, 2025-01 "
      "or 2025-01-22T10:30:00Z\",\n"
      "warning,self-loop,events.csv,4,,'a' acts on itself: the row is set aside,,a source and a target that differ,\n"
      "note,no-types,events.csv,,,\"the record declares no types: 1 taken from its events, neither cooperation nor "
      "conflict\",,,"
      "\"add types.csv with the columns code, label, quad_class and default_intensity\"\n");
  const std::string json = check_json(loaded);
  EXPECT_NE(json.find("\"kind\": \"check\""), std::string::npos);
  EXPECT_NE(json.find("\"set_aside\": 2"), std::string::npos);
}

TEST(write_file, replaces_the_file_and_leaves_nothing_else) {
  const TestFolder folder;
  const std::string path = folder.write("out.txt", "old");
  write_file(path, "new");
  std::ifstream in(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(write_file, a_full_disk_is_no_mistake_of_the_user) {
  EXPECT_THROW(write_file("/dev/full", "x"), WriteError);
  EXPECT_THROW(write_file("/no/such/folder/x", "x"), Error);
  EXPECT_THROW(write_file(TestFolder().path(), "x"), Error);
}

TEST(records_at_hand, the_demonstration_record_has_no_errors) {
  const LoadedRecord loaded = read_record(DETENTE_SOURCE_DIR "/data/ai-arena", {});
  EXPECT_EQ(loaded.record.events.size(), 320U);
  EXPECT_EQ(loaded.record.actors.size(), 71U);
  EXPECT_EQ(loaded.record.ties.size(), 52U);
  EXPECT_EQ(loaded.record.types.size(), 24U);
  EXPECT_EQ(loaded.findings.count(Level::error), 0U);
}

TEST(records_at_hand, the_states_record_is_odd_but_usable) {
  if (!std::filesystem::exists(shared_data)) GTEST_SKIP() << "needs ../shared/data beside the source";
  const LoadedRecord loaded = read_record(shared_data + "/states-1816-1970", {});
  EXPECT_EQ(loaded.record.events.size(), 3791U);
  EXPECT_EQ(loaded.record.actors.size(), 155U);
  EXPECT_EQ(loaded.record.ties.size(), 276U);
  EXPECT_EQ(loaded.record.attributes.size(), 3U);
  EXPECT_EQ(loaded.findings.count(Level::error), 0U);
  const std::string all = findings_csv(loaded.findings);
  EXPECT_NE(all.find("173 events (4.6 %) share the month 1941-03"), std::string::npos);
  EXPECT_NE(all.find("the actor 'MNG' enters after the last event"), std::string::npos);
}

TEST(records_at_hand, the_icews14_benchmark_has_one_self_loop) {
  if (!std::filesystem::exists(shared_data)) GTEST_SKIP() << "needs ../shared/data beside the source";
  RecordOptions options;
  options.preset = "tkg";
  const LoadedRecord loaded = read_record(shared_data + "/icews14", options);
  EXPECT_EQ(loaded.record.events.size(), 90729U);
  EXPECT_EQ(loaded.record.actors.size(), 7128U);
  EXPECT_EQ(loaded.record.types.size(), 230U);
  EXPECT_EQ(loaded.findings.count(Level::error), 0U);
  EXPECT_EQ(loaded.findings.tables.back().set_aside, 1U);
}

}  // namespace detente::source_test
