// Writes a generated record (generator.hpp) as a Parquet file with the columns time, source, target and type.
//   build/release/make_log 100000 10000000 50 log.parquet      actors, events, mean degree, file
#include <duckdb.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "bench/generator.hpp"

namespace {

int failed(const char* what) {
  std::cerr << "make_log: " << (what == nullptr ? "failed" : what) << '\n';
  return 1;
}

int write(const detente::Record& record, const std::string& path) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(nullptr, &database) != DuckDBSuccess || duckdb_connect(database, &connection) != DuckDBSuccess)
    return failed("cannot open DuckDB");
  duckdb_query(connection, "CREATE TABLE log (time DOUBLE, source VARCHAR, target VARCHAR, type VARCHAR)", nullptr);
  duckdb_appender appender = nullptr;
  if (duckdb_appender_create(connection, nullptr, "log", &appender) != DuckDBSuccess) return failed("no appender");
  for (const detente::Event& event : record.events) {
    duckdb_append_double(appender, event.time);
    duckdb_append_varchar(appender, record.actors[event.sender].id.c_str());
    duckdb_append_varchar(appender, record.actors[event.receiver].id.c_str());
    duckdb_append_varchar(appender, record.types[event.type].code.c_str());
    if (duckdb_appender_end_row(appender) != DuckDBSuccess) return failed(duckdb_appender_error(appender));
  }
  if (duckdb_appender_destroy(&appender) != DuckDBSuccess) return failed("cannot append");
  duckdb_result result;
  const std::string sql = "COPY log TO '" + path + "' (FORMAT parquet)";
  const bool copied = duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess;
  if (!copied) failed(duckdb_result_error(&result));
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return copied ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return failed("give the numbers of actors and events, the mean degree and a file to write");
  detente::bench::CircleLog log;
  log.actors = std::strtoull(arguments[1], nullptr, 10);
  log.events = std::strtoull(arguments[2], nullptr, 10);
  log.degree = std::strtoull(arguments[3], nullptr, 10);
  if (log.actors < 2 || log.degree < 2) return failed("there must be 2 actors and 2 partners at least");
  return write(detente::bench::make_circle_log(log), arguments[4]);
}
