// What other packages call an effect, and the term that says it here: the tables of docs/guide/effects_elsewhere.md, each
// row of which has a test, compiled in.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace detente {

struct EffectElsewhere {
  std::string section;  // the package, and what for: "remstats, undirected events"
  std::string theirs;   // as it is written there
  std::string term;     // as it is written here; empty: there is none
  std::string says;     // whether it is the same, or how it differs

  [[nodiscard]] bool is_same() const { return says.starts_with("the same"); }
};

[[nodiscard]] std::span<const EffectElsewhere> effects_elsewhere();

// Those of one name, upper and lower case alike: "recip", or "recip(network)", finds all forms of goldfish's recip.
[[nodiscard]] std::vector<EffectElsewhere> effects_elsewhere(std::string_view name);

}  // namespace detente
