// docs/guide/effects_elsewhere.md as its test reads it.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace detente::elsewhere {

struct Row {
  std::string section;
  std::string theirs;  // without its backticks
  std::string ours;    // with them
  std::string says;

  [[nodiscard]] bool has_term() const { return ours != "none"; }
  [[nodiscard]] std::string term() const { return ours.substr(1, ours.size() - 2); }
  [[nodiscard]] bool is_same() const { return says.rfind("the same", 0) == 0; }
  [[nodiscard]] bool directed() const { return section.find("undirected") == std::string::npos; }
};

inline void PrintTo(const Row& row, std::ostream* out) {
  *out << row.section << ": " << row.theirs << " | " << row.ours;
}

struct Page {
  std::vector<Row> rows;
  std::vector<std::string> settings;  // blocks of TOML
};

[[nodiscard]] const Page& the_page();

// What the packages list, by section of the page: goldfish's vignette of effects, tie_effects(), actor_effects() and duration
// effects of remstats, the manual of rem.dyad, and the types of statistics in eventnet's dyadic configurations.
[[nodiscard]] const std::map<std::string, std::vector<std::string>>& effects_of_packages();

}  // namespace detente::elsewhere
