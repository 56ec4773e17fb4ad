#include "io/duckdb_source.hpp"

#include <duckdb.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <functional>
#include <vector>

#include <fmt/ranges.h>

#include "base/hash.hpp"
#include "io/csv_reader.hpp"
#include "io/record_folder.hpp"

namespace detente {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string sql_quoted(std::string_view text, char quote = '\'') {
  std::string out(1, quote);
  for (const char c : text) out.append(c == quote ? 2 : 1, c);
  return out + quote;
}

// DuckDB's own message: its first line says what, the next ones show where in the query.
Error refused(const std::string& shown, std::string_view message) {
  std::vector<std::string> lines;
  while (!message.empty() && lines.size() < 6) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    if (end == 0 && lines.size() > 1) break;
    if (end > 0) lines.push_back(printable(message.substr(0, end), 200));
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  const std::string what = lines.empty() ? "failed" : lines.front();
  if (!lines.empty()) lines.erase(lines.begin());
  return Error({.what = fmt::format("DuckDB: {}", what),
                .where = {.file = shown},
                .excerpt = fmt::format("{}", fmt::join(lines, "\n"))});
}

// Frees a C handle by its own function when it goes out of scope.
template <class Handle, auto Destroy>
struct Owned {
  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { Destroy(&handle); }
  Handle handle{};
};
using Prepared = Owned<duckdb_prepared_statement, duckdb_destroy_prepare>;
using Pending = Owned<duckdb_pending_result, duckdb_destroy_pending>;
using Result = Owned<duckdb_result, duckdb_destroy_result>;
using Chunk = Owned<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using Config = Owned<duckdb_config, duckdb_destroy_config>;

std::string_view text_at(duckdb_string_t* strings, std::size_t row) {
  return {duckdb_string_t_data(&strings[row]), duckdb_string_t_length(strings[row])};
}

struct QueryColumn {
  std::string name;
  bool is_text;
  bool is_float;
};

class Database {
 public:
  // An empty path is a database in memory.
  Database(const std::string& path, std::string shown) : shown_(std::move(shown)) {
    Config config;
    duckdb_create_config(&config.handle);
    // Nothing is fetched from the network while a record is read.
    duckdb_set_config(config.handle, "autoinstall_known_extensions", "false");
    if (!path.empty()) duckdb_set_config(config.handle, "access_mode", "READ_ONLY");
    char* message = nullptr;
    if (duckdb_open_ext(path.empty() ? nullptr : path.c_str(), &database_.handle, config.handle, &message) !=
        DuckDBSuccess) {
      const std::string text = message == nullptr ? "cannot open" : message;
      duckdb_free(message);
      throw refused(shown_, text);
    }
    if (duckdb_connect(database_.handle, &connection_.handle) != DuckDBSuccess) throw refused(shown_, "cannot connect");
  }

  // The columns that a query gives.
  [[nodiscard]] std::vector<QueryColumn> columns_of_query(const std::string& sql) {
    Prepared prepared;
    prepare(sql, prepared);
    std::vector<QueryColumn> columns;
    for (idx_t c = 0; c < duckdb_prepared_statement_column_count(prepared.handle); ++c) {
      const char* name = duckdb_prepared_statement_column_name(prepared.handle, c);
      const duckdb_type type = duckdb_prepared_statement_column_type(prepared.handle, c);
      columns.push_back({name == nullptr ? "" : name, type == DUCKDB_TYPE_VARCHAR || type == DUCKDB_TYPE_ENUM,
                         type == DUCKDB_TYPE_DOUBLE || type == DUCKDB_TYPE_FLOAT});
      duckdb_free(const_cast<char*>(name));
    }
    return columns;
  }

  using OnRow = std::function<bool(std::span<const std::string_view> cells)>;

  // Runs a query whose columns are all text.  NULL reads as an empty cell.
  void stream(const std::string& sql, const OnRow& on_row) {
    Prepared prepared;
    prepare(sql, prepared);
    Pending pending;
    if (duckdb_pending_prepared_streaming(prepared.handle, &pending.handle) != DuckDBSuccess)
      throw refused(shown_, duckdb_pending_error(pending.handle));
    Result result;
    if (duckdb_execute_pending(pending.handle, &result.handle) != DuckDBSuccess)
      throw refused(shown_, duckdb_result_error(&result.handle));
    bool wanted = true;
    while (wanted) {
      Chunk chunk;
      chunk.handle = duckdb_fetch_chunk(result.handle);
      if (chunk.handle == nullptr) break;
      wanted = deliver(chunk.handle, on_row);
    }
    if (const char* message = duckdb_result_error(&result.handle); wanted && message != nullptr && *message != '\0')
      throw refused(shown_, message);
  }

  [[nodiscard]] const std::string& shown() const { return shown_; }

 private:
  void prepare(const std::string& sql, Prepared& prepared) {
    if (duckdb_prepare(connection_.handle, sql.c_str(), &prepared.handle) == DuckDBSuccess) return;
    throw refused(shown_, duckdb_prepare_error(prepared.handle));
  }

  static bool deliver(duckdb_data_chunk chunk, const OnRow& on_row) {
    const idx_t columns = duckdb_data_chunk_get_column_count(chunk);
    const idx_t rows = duckdb_data_chunk_get_size(chunk);
    std::vector<duckdb_string_t*> strings;
    std::vector<std::uint64_t*> valid;
    for (idx_t c = 0; c < columns; ++c) {
      const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, c);
      strings.push_back(static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector)));
      valid.push_back(duckdb_vector_get_validity(vector));
    }
    std::vector<std::string_view> cells(columns);
    for (idx_t r = 0; r < rows; ++r) {
      for (idx_t c = 0; c < columns; ++c) {
        const bool present = valid[c] == nullptr || duckdb_validity_row_is_valid(valid[c], r);
        cells[c] = present ? text_at(strings[c], r) : std::string_view{};
      }
      if (!on_row(cells)) return false;
    }
    return true;
  }

  std::string shown_;
  Owned<duckdb_database, duckdb_close> database_;
  Owned<duckdb_connection, duckdb_disconnect> connection_;
};

// Files of text have no types, and DuckDB guesses them: a long number loses its last digits.  What names an actor or a type
// must come as text, or else it is said.
void warn_of_guessed_ids(const std::string& sql, std::span<const QueryColumn> columns, TableReader& reader) {
  const std::string query = lower(sql);
  const bool from_text = query.find(".csv") != std::string::npos || query.find(".tsv") != std::string::npos ||
                         query.find(".json") != std::string::npos || query.find(".txt") != std::string::npos;
  constexpr std::array<std::string_view, 9> ids{"source", "target", "sender", "receiver", "actor1",
                                                "actor2", "from",   "to",     "type"};
  for (const QueryColumn& column : columns) {
    const bool is_id = std::find(ids.begin(), ids.end(), lower(column.name)) != ids.end();
    if (!is_id || column.is_text || !(from_text || column.is_float)) continue;
    reader.warn(
        "ids-as-numbers",
        {.what = fmt::format("the ids in column '{}' come from DuckDB as {}, not as text: they may have changed",
                             printable(column.name), column.is_float ? "decimals" : "numbers or dates"),
         .hint = "SELECT * FROM read_csv('FILE', all_varchar = true) keeps them as they stand"});
  }
}

// Reads what a query gives as one table, all cells as text.
void read_query(Database& database, const std::string& sql, TableReader& reader) {
  const std::vector<QueryColumn> columns = database.columns_of_query(sql);
  std::vector<std::string> names;
  for (const QueryColumn& column : columns) names.push_back(column.name);
  reader.header(names, 0);
  warn_of_guessed_ids(sql, columns, reader);
  std::size_t row = 0;
  database.stream(fmt::format("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (\n{}\n)", sql),
                  [&](std::span<const std::string_view> cells) { return reader.row(cells, ++row); });
}

class DatabaseFile : public RecordTables {
 public:
  explicit DatabaseFile(const std::string& path)
      : path_(path), database_(path, std::filesystem::path(path).filename().string()) {
    database_.stream("SELECT table_name FROM information_schema.tables", [&](std::span<const std::string_view> cells) {
      tables_.emplace_back(cells[0]);
      return true;
    });
    if (!has(Table::events))
      throw Error({.what = "there is no table 'events' in this database", .where = {.file = path}});
  }
  [[nodiscard]] bool has(Table table) const override { return !name_of(table).empty(); }
  [[nodiscard]] std::string file(Table table) const override {
    return fmt::format("{}/{}", database_.shown(), to_string(table));
  }
  void read(Table table, TableReader& reader) override {
    read_query(database_, fmt::format("SELECT * FROM {}", sql_quoted(name_of(table), '"')), reader);
  }
  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    return {fmt::format("{}: {}", database_.shown(), fingerprint_file(path_))};
  }

 private:
  // The table as the file spells it; empty when there is none.
  [[nodiscard]] std::string name_of(Table table) const {
    const auto found = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const std::string& name) { return lower(name) == to_string(table); });
    return found == tables_.end() ? std::string{} : *found;
  }

  std::string path_;
  Database database_;
  std::vector<std::string> tables_;
};

class Query : public RecordTables {
 public:
  Query(std::string sql, std::string shown, std::vector<std::string> fingerprints)
      : sql_(std::move(sql)), database_("", std::move(shown)), fingerprints_(std::move(fingerprints)) {}
  [[nodiscard]] bool has(Table table) const override { return table == Table::events; }
  [[nodiscard]] std::string file(Table) const override { return database_.shown(); }
  void read(Table, TableReader& reader) override { read_query(database_, sql_, reader); }
  [[nodiscard]] std::vector<std::string> fingerprints() const override { return fingerprints_; }

 private:
  std::string sql_;
  Database database_;
  std::vector<std::string> fingerprints_;
};

// Compressed CSV: DuckDB unpacks lines, the strict reader makes cells of them.
class PackedCsv : public RecordTables {
 public:
  PackedCsv(const std::string& path, const Preset& preset)
      : path_(path), preset_(preset), database_("", std::filesystem::path(path).filename().string()) {}
  [[nodiscard]] bool has(Table table) const override { return table == Table::events; }
  [[nodiscard]] std::string file(Table) const override { return database_.shown(); }
  void read(Table, TableReader& reader) override {
    const CsvOptions options = csv_options_for(path_, preset_);
    CsvParser parser(database_.shown(), options, reader);
    const std::string sql = fmt::format(
        "SELECT line FROM read_csv({}, columns = {{'line': 'VARCHAR'}}, delim = E'\\x1F', quote = '', escape = '', "
        "header = false, auto_detect = false, parallel = false, max_line_size = {})",
        sql_quoted(path_), options.max_row + 1);
    database_.stream(
        sql, [&](std::span<const std::string_view> cells) { return parser.feed(cells[0]) && parser.feed("\n"); });
    static_cast<void>(parser.finish());
  }
  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    return {fmt::format("{}: {}", database_.shown(), fingerprint_file(path_))};
  }

 private:
  std::string path_;
  const Preset& preset_;
  Database database_;
};

}  // namespace

bool is_query(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n("), text.size()));
  const std::string start = lower(text.substr(0, 7));
  return std::ranges::any_of(std::vector<std::string>{"select", "from", "with"}, [&](const std::string& word) {
    return start.starts_with(word) && start.size() > word.size() &&
           std::isspace(static_cast<unsigned char>(start[word.size()])) != 0;
  });
}

std::unique_ptr<RecordTables> open_duckdb(const std::string& path) { return std::make_unique<DatabaseFile>(path); }

std::unique_ptr<RecordTables> open_query(const std::string& sql) {
  const std::size_t end = sql.find_last_not_of("; \t\r\n");
  return std::make_unique<Query>(sql.substr(0, end + 1), "query",
                                 std::vector{fmt::format("query: {}", fingerprint(sql))});
}

std::unique_ptr<RecordTables> open_packed_file(const std::string& path, const Preset& preset) {
  const std::string name = lower(path);
  const std::string shown = std::filesystem::path(path).filename().string();
  const auto from = [&](std::string_view function) {
    return std::make_unique<Query>(fmt::format("SELECT * FROM {}({})", function, sql_quoted(path)), shown,
                                   std::vector{fmt::format("{}: {}", shown, fingerprint_file(path))});
  };
  if (name.ends_with(".parquet")) return from("read_parquet");
  // Each value as its text: "7" and 7 are one id, and a long number keeps its digits.
  if (name.find(".json") != std::string::npos || name.find(".ndjson") != std::string::npos)
    return std::make_unique<Query>(
        fmt::format(
            "SELECT json_extract_string(COLUMNS(*), '$') FROM read_json({}, maximum_depth = 1, sample_size = -1)",
            sql_quoted(path)),
        shown, std::vector{fmt::format("{}: {}", shown, fingerprint_file(path))});
  return std::make_unique<PackedCsv>(path, preset);
}

}  // namespace detente
