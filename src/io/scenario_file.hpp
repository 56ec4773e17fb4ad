// A scenario file (TOML), as docs/guide/scenarios.md describes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/scenario.hpp"

namespace detente {

// Throws Error with file, line and column: unreadable file, broken TOML, unknown key (with the closest known one), a date
// that is none, a negative duration, an unknown layer or model.  Paths in it are relative to its folder.
[[nodiscard]] Scenario read_scenario(const std::string& path);
[[nodiscard]] Scenario parse_scenario(std::string_view text, const std::string& path);

// "publics.epsilon=0.26", "horizon=90d", "seed=3", "publics.model=degroot".  Throws Error.
void apply_set(Scenario& scenario, const std::string& text);

}  // namespace detente
