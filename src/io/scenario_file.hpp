// A scenario file (TOML), as docs/guide/scenarios.md describes it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "simulate/scenario.hpp"

namespace detente {

// Throws Error with file, line and column: unreadable file, broken TOML, unknown key (with the closest known one), a date
// that is none, a negative duration, an unknown layer or model.  Paths in it are relative to its folder.
[[nodiscard]] Scenario read_scenario(const std::string& path);
// `layers_of`: those that a model file has; without it they are left out.
using LayersOfModel = std::function<LayerSpecs(const std::string& model)>;
[[nodiscard]] Scenario parse_scenario(std::string_view text, const std::string& path,
                                      const LayersOfModel& layers_of = {});

// "publics.epsilon=0.26", "horizon=90d", "seed=3", "publics.model=degroot".  Throws Error.
void apply_set(Scenario& scenario, const std::string& text);

}  // namespace detente
