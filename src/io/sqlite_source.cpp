#include "io/sqlite_source.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace detente {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class SqliteFile : public RecordTables {
 public:
  explicit SqliteFile(const std::string& path) : path_(path), shown_(std::filesystem::path(path).filename().string()) {
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
    database_.reset(database);
    if (code != SQLITE_OK) throw refused();
    if (!has(Table::events))
      throw Error({.what = "there is no table 'events' in this database", .where = {.file = path}});
  }

  [[nodiscard]] bool has(Table table) const override {
    const Statement statement =
        prepare("SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view') AND lower(name) = ?");
    const std::string name(to_string(table));
    sqlite3_bind_text(statement.get(), 1, name.c_str(), -1, SQLITE_TRANSIENT);
    if (sqlite3_step(statement.get()) != SQLITE_ROW) throw refused();
    return sqlite3_column_int(statement.get(), 0) > 0;
  }

  [[nodiscard]] std::string file(Table table) const override { return fmt::format("{}/{}", shown_, to_string(table)); }

  void read(Table table, TableReader& reader) override {
    const Statement statement = prepare(fmt::format("SELECT * FROM \"{}\"", to_string(table)));
    const int columns = sqlite3_column_count(statement.get());
    std::vector<std::string> names;
    for (int c = 0; c < columns; ++c) names.emplace_back(sqlite3_column_name(statement.get(), c));
    reader.header(names, 0);
    std::vector<std::string> numbers(names.size());
    std::vector<std::string_view> cells(names.size());
    int code = SQLITE_DONE;
    for (std::size_t row = 1; (code = sqlite3_step(statement.get())) == SQLITE_ROW; ++row) {
      for (int c = 0; c < columns; ++c)
        cells[static_cast<std::size_t>(c)] = text_of(statement.get(), c, numbers[static_cast<std::size_t>(c)]);
      if (!reader.row(cells, row)) return;
    }
    if (code != SQLITE_DONE) throw refused();
  }

  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    return {fmt::format("{}: {}", shown_, fingerprint_file(path_))};
  }

 private:
  // Real numbers in the shortest form that reads back the same (SQLite itself writes 15 digits).
  static std::string_view text_of(sqlite3_stmt* statement, int column, std::string& number) {
    if (sqlite3_column_type(statement, column) == SQLITE_FLOAT) {
      number = fmt::format("{}", sqlite3_column_double(statement, column));
      return number;
    }
    const void* text = sqlite3_column_blob(statement, column);
    if (sqlite3_column_type(statement, column) == SQLITE_INTEGER) text = sqlite3_column_text(statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    return text == nullptr ? std::string_view{} : std::string_view(static_cast<const char*>(text), size);
  }

  [[nodiscard]] Statement prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) throw refused();
    return Statement(statement);
  }

  [[nodiscard]] Error refused() const {
    return Error({.what = fmt::format("SQLite: {}", sqlite3_errmsg(database_.get())), .where = {.file = path_}});
  }

  std::string path_;
  std::string shown_;
  Connection database_;
};

}  // namespace

std::unique_ptr<RecordTables> open_sqlite(const std::string& path) { return std::make_unique<SqliteFile>(path); }

}  // namespace detente
