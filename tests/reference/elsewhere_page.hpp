// docs/guide/effects_elsewhere.md as its test reads it.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "effects/elsewhere.hpp"

namespace detente {

inline void PrintTo(const EffectElsewhere& row, std::ostream* out) {
  *out << row.section << ": " << row.theirs << " | " << row.term;
}

}  // namespace detente

namespace detente::elsewhere {

using Row = EffectElsewhere;

[[nodiscard]] inline bool is_directed(const Row& row) { return row.section.find("undirected") == std::string::npos; }

struct Page {
  std::span<const Row> rows;
  std::vector<std::string> settings;  // blocks of TOML
};

[[nodiscard]] const Page& the_page();

// What the packages list, by section of the page: goldfish's vignette of effects, tie_effects(), actor_effects() and duration
// effects of remstats, the manual of rem.dyad, and the types of statistics in eventnet's dyadic configurations.
[[nodiscard]] const std::map<std::string, std::vector<std::string>>& effects_of_packages();

}  // namespace detente::elsewhere
