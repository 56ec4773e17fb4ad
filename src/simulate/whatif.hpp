// Branches of one scenario beside its base, with common random numbers: replicate r of every branch has the same seed and
// the same draw of the coefficients, so that a difference is the branch's doing.  With sweeps over the date of an
// intervention or the value of a setting, and sensitivity over ranges of settings.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulate/ensemble_run.hpp"
#include "simulate/sensitivity.hpp"

namespace detente {

// Makes the start of a scenario: with its record and fit, or of layers alone.  The result may point into what the maker
// keeps.
using StartMaker = std::function<std::unique_ptr<WorldStart>(const Scenario&)>;

struct WhatIfOptions {
  std::size_t replicates = 1;
  unsigned threads = 0;
  std::function<void(const std::string& stage, double share)> progress{};
  std::function<bool()> cancelled{};
  // As SimulationOptions has them; `run` counts the simulations in their order: base, branches, sweep, sensitivity.
  std::function<std::optional<ReplicatePath>(std::size_t run, std::size_t replicate)> known{};
  std::function<void(std::size_t run, std::size_t replicate, const ReplicatePath&)> done{};
};

struct BranchRun {
  std::string name;  // "base" first
  std::string title;
  SimulationRun run;
};

struct SweepPoint {
  double value;            // a date or a setting's value
  std::vector<Band> ends;  // at the end, by read-out of the base: what is there more than in the base
};

struct SensitivityRow {
  std::string input;   // "publics.cue_gain"
  std::string output;  // read-out
  MorrisEffect morris{};
  SobolIndex sobol{};
};

struct WhatIf {
  std::vector<BranchRun> branches;
  std::vector<SweepPoint> sweep;
  std::vector<SensitivityRow> sensitivity;
  std::size_t sensitivity_runs = 0;
  bool cancelled = false;
};

[[nodiscard]] WhatIf run_whatif(const Scenario& scenario, const StartMaker& make, const WhatIfOptions& options);

}  // namespace detente
