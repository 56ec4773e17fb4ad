// What validation has to say about a record: typed findings with their place.  Errors are unusable rows; warnings are
// odd but usable ones; notes are facts worth knowing.  Nothing is dropped without a finding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace detente {

enum class Level { note, warning, error };

[[nodiscard]] std::string_view to_string(Level level);

struct Finding {
  Level level;
  std::string code;  // stable and short, such as "unknown-actor": what a script filters by
  Problem problem;
};

// How many rows of one table were read, kept and set aside.
struct TableCount {
  std::string table;  // "events", "actors", ...
  std::string file;
  std::size_t read = 0;
  std::size_t kept = 0;
  std::size_t set_aside = 0;
  std::size_t warned = 0;  // of those set aside: rows with no more than a warning, such as self-loops
};

struct Findings {
  std::vector<Finding> list;
  std::vector<TableCount> tables;
  std::vector<std::string> fingerprints;  // "file: hash", for provenance
  [[nodiscard]] std::size_t count(Level level) const;
  void add(Level level, std::string code, Problem problem);
};

}  // namespace detente
