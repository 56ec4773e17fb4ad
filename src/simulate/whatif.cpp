#include "simulate/whatif.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace detente {
namespace {

const std::string base_name = "base";

// Runs one simulation after the other, and counts them.
class Runner {
 public:
  Runner(const StartMaker& make, const WhatIfOptions& options) : make_(&make), options_(&options) {}

  SimulationRun run(const Scenario& scenario, std::size_t replicates, const std::function<void(double)>& progress) {
    const std::size_t number = runs_++;
    const std::unique_ptr<WorldStart> start = (*make_)(scenario);
    SimulationOptions one;
    one.replicates = replicates;
    one.threads = options_->threads;
    one.cancelled = options_->cancelled;
    one.progress = progress;
    if (options_->known) one.known = [&](std::size_t replicate) { return options_->known(number, replicate); };
    if (options_->done)
      one.done = [&](std::size_t replicate, const ReplicatePath& path) { options_->done(number, replicate, path); };
    return run_simulation(*start, one);
  }

  // With all replicates, told as `stage`.
  SimulationRun run(const Scenario& scenario, const std::string& stage) {
    std::function<void(double)> progress;
    if (options_->progress) progress = [&](double share) { options_->progress(stage, share); };
    return run(scenario, options_->replicates, progress);
  }

  [[nodiscard]] const WhatIfOptions& options() const { return *options_; }

 private:
  const StartMaker* make_;
  const WhatIfOptions* options_;
  std::size_t runs_ = 0;
};

// Differences are between the same read-outs.
void check_comparable(const SimulationRun& run, const SimulationRun& base, const Scenario& scenario,
                      const std::string& name) {
  if (run.names == base.names || run.cancelled) return;
  throw Error({.what = fmt::format("'{}' shows other read-outs than the base and cannot be compared with it", name),
               .where = {.file = scenario.path},
               .hint = "a branch changes settings, not which layers, leaders or models there are"});
}

const Branch& find_branch(const Scenario& scenario, const std::string& name, const Place& where) {
  std::vector<std::string> names;
  for (const Branch& branch : scenario.branches) {
    if (branch.name == name) return branch;
    names.push_back(branch.name);
  }
  throw Error({.what = fmt::format("the scenario has no branch '{}'", name),
               .where = where,
               .expected = fmt::format("one of: {}", fmt::join(names, ", ")),
               .hint = hint_for(name, names)});
}

// The scenario of one point of the sweep.  A branch's interventions keep their distances: the first moves to the date.
Scenario at_point(const Scenario& scenario, double value) {
  const Sweep& sweep = scenario.sweep;
  Branch branch;
  if (!sweep.branch.empty()) branch = find_branch(scenario, sweep.branch, sweep.where);
  if (!sweep.values.empty()) {
    branch.settings.emplace_back(sweep.layer, std::pair(sweep.setting, Setting{value, sweep.where}));
    return of_branch(scenario, branch);
  }
  if (branch.interventions.empty())
    throw Error({.what = "a sweep over dates needs a branch with interventions", .where = sweep.where});
  Time first = never;
  for (const Intervention& one : branch.interventions) first = std::min(first, one.at);
  for (Intervention& one : branch.interventions) {
    one.at += value - first;
    one.where = sweep.where;
  }
  return of_branch(scenario, branch);
}

void run_sweep(const Scenario& scenario, Runner& runner, WhatIf& result) {
  const std::vector<double>& points = scenario.sweep.dates.empty() ? scenario.sweep.values : scenario.sweep.dates;
  const SimulationRun& base = result.branches.front().run;
  for (std::size_t k = 0; k < points.size() && !result.cancelled; ++k) {
    const SimulationRun run =
        runner.run(at_point(scenario, points[k]), fmt::format("sweep {} of {}", k + 1, points.size()));
    result.cancelled = run.cancelled;
    if (run.cancelled) return;
    check_comparable(run, base, scenario, "sweep");
    SweepPoint point{points[k], {}};
    for (std::size_t read_out = 0; read_out < base.names.size(); ++read_out)
      point.ends.push_back(difference(run, base, base.times.size() - 1, read_out));
    result.sweep.push_back(std::move(point));
  }
}

// Mean over replicates at the end, of each read-out asked for, at a point of the ranges.
void run_sensitivity(const Scenario& scenario, Runner& runner, WhatIf& result) {
  const SensitivitySpec& spec = scenario.sensitivity;
  const std::vector<std::string>& outputs = spec.read_outs;
  const bool by_morris = spec.method == "morris";
  const std::size_t inputs = spec.ranges.size();
  const std::size_t all = spec.samples * (inputs + (by_morris ? 1 : 2));
  const auto& progress = runner.options().progress;
  const UnitModel model = [&](const std::vector<double>& point) {
    if (progress) progress("sensitivity", static_cast<double>(result.sensitivity_runs) / static_cast<double>(all));
    ++result.sensitivity_runs;
    std::vector<double> values(outputs.size(), 0.0);
    if (result.cancelled) return values;
    Scenario own = scenario;
    for (std::size_t k = 0; k < inputs; ++k) {
      const SensitivityRange& range = spec.ranges[k];
      set_setting(own, range.layer, range.setting, {range.least + point[k] * (range.most - range.least), spec.where});
    }
    const SimulationRun run = runner.run(own, spec.replicates, {});
    result.cancelled = run.cancelled;
    if (run.cancelled) return values;
    for (std::size_t k = 0; k < outputs.size(); ++k)
      values[k] = band(run, run.times.size() - 1, run.find(outputs[k])).mean;
    return values;
  };
  const auto add = [&](auto member, const auto& table) {
    for (std::size_t output = 0; output < table.size(); ++output)
      for (std::size_t input = 0; input < inputs; ++input) {
        SensitivityRow row{fmt::format("{}.{}", spec.ranges[input].layer, spec.ranges[input].setting), outputs[output]};
        row.*member = table[output][input];
        result.sensitivity.push_back(std::move(row));
      }
  };
  if (by_morris)
    add(&SensitivityRow::morris, morris(model, inputs, spec.samples, scenario.seed));
  else
    add(&SensitivityRow::sobol, sobol(model, inputs, spec.samples, scenario.seed));
}

}  // namespace

WhatIf run_whatif(const Scenario& scenario, const StartMaker& make, const WhatIfOptions& options) {
  for (const Branch& branch : scenario.branches) (void)make(of_branch(scenario, branch));  // what is wrong shows first
  WhatIf result;
  Runner runner(make, options);
  result.branches.push_back({base_name, "as it is", runner.run(scenario, base_name)});
  result.cancelled = result.branches.front().run.cancelled;
  for (const Branch& branch : scenario.branches) {
    if (result.cancelled) return result;
    result.branches.push_back({branch.name, branch.title, runner.run(of_branch(scenario, branch), branch.name)});
    result.cancelled = result.branches.back().run.cancelled;
    check_comparable(result.branches.back().run, result.branches.front().run, scenario, branch.name);
  }
  if (scenario.sweep.any() && !result.cancelled) run_sweep(scenario, runner, result);
  if (!scenario.sensitivity.ranges.empty() && !result.cancelled) run_sensitivity(scenario, runner, result);
  return result;
}

}  // namespace detente
