// A simulation and its branches as JSON (docs/reference/result.schema.json): bands of every read-out over time.
#pragma once

#include "io/result.hpp"
#include "simulate/whatif.hpp"

namespace detente {

// {"title", "layers", "times", "read_outs", "happenings", "acts", "hash", ...}
[[nodiscard]] Json simulation_json(const WorldStart& start, const SimulationRun& run);
// {"branches", "sweep", "sensitivity"}; the first branch is the base.
[[nodiscard]] Json whatif_json(const WorldStart& start, const WhatIf& result);
// A row for each read-out and moment: time,read_out,mean,low95,low80,low50,median,high50,high80,high95
[[nodiscard]] std::string simulation_csv(const WorldStart& start, const SimulationRun& run);

// The description of a read-out by its full name ("publics.variance"); null when its layer does not describe it.
[[nodiscard]] const ReadOutDoc* describe_read_out(const Scenario& scenario, const std::string& name);

}  // namespace detente
