// A table of text cells on its way into a record.  Sources (a CSV file, DuckDB, SQLite) push their cells into a
// TableReader; readers (event_rows.hpp and its neighbours) turn them into a record.  Neither knows the other.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "log/validate.hpp"

namespace detente {

enum class Table { types, actors, events, ties, attributes, pairs, series };

[[nodiscard]] std::string_view to_string(Table table);  // "types", "actors", ...

class TableReader {
 public:
  virtual ~TableReader() = default;
  // A further file of the same table begins, before its header: its lines count on from `lines_before`.
  virtual void begin_file(const FilePart&) {}
  // The names of the columns, once in a file, before any row; `line` = 0 where they stand on none.
  virtual void header(std::span<const std::string> names, std::size_t line) = 0;
  // One row: as many cells as there are names; false = no more rows are wanted.
  virtual bool row(std::span<const std::string_view> cells, std::size_t line) = 0;
  // A row that could not be split into cells.
  virtual void bad_row(std::string code, Problem problem) = 0;
  // Something odd that the source itself saw, or that it recognized by itself and says.
  virtual void warn(const std::string&, const Problem&) {}
  virtual void note(const std::string&, const Problem&) {}
};

// Where the tables of one record come from.
class RecordTables {
 public:
  virtual ~RecordTables() = default;
  [[nodiscard]] virtual bool has(Table table) const = 0;
  [[nodiscard]] virtual std::string file(Table table) const = 0;  // as named in findings
  virtual void read(Table table, TableReader& reader) = 0;
  // Of events that were read from several files.
  [[nodiscard]] virtual std::vector<FilePart> event_parts() const { return {}; }
  // "file: hash" of everything read.
  [[nodiscard]] virtual std::vector<std::string> fingerprints() const = 0;
};

}  // namespace detente
