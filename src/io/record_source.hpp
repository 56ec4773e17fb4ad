// The one door through which a record comes in, whatever it is kept in: a folder of CSV files, a DuckDB or SQLite file,
// or a file or query of events.  The rest of the program sees a Record and what was found while reading it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "io/presets.hpp"
#include "log/finding.hpp"
#include "log/record.hpp"
#include "log/validate.hpp"

namespace detente {

// What a command does with a record that has unusable rows.  The rows never reach the record either way.
enum class BadRows { stop, set_aside };

struct RecordOptions {
  std::string preset = "detente";  // see presets.hpp
  BadRows bad = BadRows::stop;
  bool events_only = false;                          // the path is a file of events, or SQL text that selects them
  std::function<void(std::size_t rows)> progress{};  // rows of events read so far
  Spelling spelling{};                               // how the file is written, where that cannot be recognized
};

struct LoadedRecord {
  Record record;
  Findings findings;
  RecordFiles files;
  std::string path;
};

// Reads the record at `path` (a folder, a DuckDB or SQLite file, a file of events, or SQL text), orders its events, infers
// lifetimes and validates it.  Unusable rows become error findings; throws Error only when nothing can be read: no such
// file, a wrong header, no events at all.
[[nodiscard]] LoadedRecord read_record(const std::string& path, const RecordOptions& options);

// The same for commands that need the record: throws Error with the first error finding and the number of others,
// unless `options.bad` is `set_aside`; also when no event is left.
[[nodiscard]] LoadedRecord read_usable_record(const std::string& path, const RecordOptions& options);

// What to type to see all findings of a record.
[[nodiscard]] std::string check_command(const std::string& path, const RecordOptions& options);

}  // namespace detente
