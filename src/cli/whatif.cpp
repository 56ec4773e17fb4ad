// detente whatif: the branches of a scenario beside its base, with common random numbers.
#include <algorithm>
#include <mutex>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/format.hpp"
#include "cli/simulated.hpp"
#include "io/checkpoint.hpp"
#include "io/simulation_result.hpp"
#include "io/whatif_csv.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

constexpr std::size_t usual_differences = 12;

struct WhatIfArguments {
  ScenarioArguments scenario;
  std::string checkpoint;
  bool all = false;
  std::string csv{};
  std::string sweep_csv{};
  std::string sensitivity_csv{};
};

std::string signed_text(double value) { return value > 0 ? "+" + readable(value) : readable(value); }

// Whether chance alone explains a mean difference: more than two standard errors from 0 is said not to.
std::string told_apart(const Band& band) {
  if (std::isnan(band.error)) return "";
  return std::abs(band.mean) > 2 * band.error ? "differs" : "not told apart";
}

void print_branch(const WorldStart& start, const BranchRun& branch, const SimulationRun& base, bool all,
                  const Streams& streams) {
  std::ostream& out = streams.out;
  const std::size_t last = base.times.size() - 1;
  fmt::print(out, "\n{}: {}\n", branch.name, branch.title);
  const std::vector<std::size_t> shown =
      shown_read_outs(start.scenario(), base, all ? base.names.size() : usual_differences);
  std::vector<std::string> names;
  for (const std::size_t k : shown) names.push_back(base.names[k]);
  const std::size_t width = name_width(names, {.usual = 44, .beside = 70, .columns = streams.columns});
  fmt::print(out, "{}{:>10}{:>10}{:>12}{:>22}  {}\n", fitted("read-out at the end", width), "base", "branch",
             "difference", "80 % of differences", "mean");
  for (const std::size_t k : shown) {
    const Band d = difference(branch.run, base, last, k);
    fmt::print(out, "{}{:>10}{:>10}{:>12}{:>22}  {}\n", fitted(base.names[k], width),
               readable(band(base, last, k).mean), readable(band(branch.run, last, k).mean), signed_text(d.mean),
               fmt::format("{} – {}", signed_text(d.low80), signed_text(d.high80)), told_apart(d));
  }
  if (shown.size() < base.names.size())
    fmt::print(out, "({} more; --all shows them)\n", base.names.size() - shown.size());
  print_happenings(start, branch.run, out);
}

void print_sweep(const WorldStart& start, const WhatIf& result, std::ostream& out) {
  if (result.sweep.empty()) return;
  const Sweep& sweep = start.scenario().sweep;
  const SimulationRun& base = result.branches.front().run;
  const std::vector<std::size_t> shown = shown_read_outs(start.scenario(), base, 4);
  fmt::print(out, "\nsweep over {}: mean difference to the base at the end (standard error)\n{:<14}",
             sweep.dates.empty() ? fmt::format("{}.{}", sweep.layer, sweep.setting) : "the date of " + sweep.branch,
             "");
  for (const std::size_t k : shown) fmt::print(out, "  {}", fitted(base.names[k], 30));
  fmt::print(out, "\n");
  for (const SweepPoint& point : result.sweep) {
    fmt::print(out, "{:<14}",
               sweep.dates.empty() ? readable(point.value) : format_time(point.value, start.scenario().clock));
    for (const std::size_t k : shown)
      fmt::print(out, "  {:<30}",
                 fmt::format("{} ({})", signed_text(point.ends[k].mean), readable(point.ends[k].error)));
    fmt::print(out, "\n");
  }
}

void print_sensitivity(const WorldStart& start, const WhatIf& result, std::ostream& out) {
  if (result.sensitivity.empty()) return;
  const bool by_morris = start.scenario().sensitivity.method == "morris";
  fmt::print(out, "\nsensitivity ({}, {} runs)\n{:<36}{:<36}{:>12}{:>12}\n", by_morris ? "Morris" : "Sobol'",
             result.sensitivity_runs, "setting", "read-out", by_morris ? "mu*" : "first",
             by_morris ? "sigma" : "total");
  for (const SensitivityRow& row : result.sensitivity)
    fmt::print(out, "{}{}{:>12}{:>12}\n", fitted(row.input, 36), fitted(row.output, 36),
               readable(by_morris ? row.morris.absolute : row.sobol.first),
               readable(by_morris ? row.morris.spread : row.sobol.total));
}

int run_whatif_command(const WhatIfArguments& arguments, const Session& session) {
  const std::vector<std::string> outputs{arguments.scenario.json, arguments.csv, arguments.sweep_csv,
                                         arguments.sensitivity_csv};
  check_outputs(outputs);
  ProgressLine line(session.streams);
  const Staged staged(arguments.scenario, line);
  const Scenario& scenario = staged.scenario();
  if (staged.first_replicate() != 0)
    throw Error({.what = "branches are compared over all replicates",
                 .where = {.file = "--replicates"},
                 .expected = "a number"});
  if (scenario.branches.empty() && !scenario.sweep.any() && scenario.sensitivity.ranges.empty())
    throw Error({.what = "the scenario asks nothing: no branch, no sweep, no sensitivity",
                 .where = {.file = scenario.path},
                 .expected = "[branch.NAME], [sweep] or [sensitivity]",
                 .hint = "`detente simulate` runs a scenario as it is"});
  const Interrupt interrupt;
  WhatIfOptions options;
  options.replicates = scenario.replicates;
  options.threads = arguments.scenario.threads;
  options.cancelled = [] { return Interrupt::asked(); };
  std::mutex guard;
  options.progress = [&](const std::string& stage, double share) {
    const std::lock_guard lock(guard);
    line.show(fmt::format("{}: {:.0f} %", stage, 100 * share));
  };
  std::unique_ptr<Checkpoint> checkpoint;
  if (!arguments.checkpoint.empty()) {
    checkpoint = std::make_unique<Checkpoint>(arguments.checkpoint, staged.identity() + " whatif");
    options.known = [&](std::size_t run, std::size_t replicate) { return checkpoint->find(run << 32U | replicate); };
    options.done = [&](std::size_t run, std::size_t replicate, const ReplicatePath& path) {
      checkpoint->add(run << 32U | replicate, path);
    };
  }
  const WhatIf result = run_whatif(
      scenario, [&](const Scenario& one) { return staged.start(one); }, options);
  line.clear();
  if (result.cancelled) {
    print_interrupted(arguments.checkpoint, session.streams.err);
    return run_failed;
  }
  const std::unique_ptr<WorldStart> start = staged.start(scenario);
  if (!arguments.scenario.json.empty()) {
    Json json = staged.result("whatif", session);
    json["whatif"] = whatif_json(*start, result);
    write_file(arguments.scenario.json, to_text(json));
  }
  if (!arguments.csv.empty()) write_file(arguments.csv, whatif_csv(*start, result));
  if (!arguments.sweep_csv.empty()) write_file(arguments.sweep_csv, sweep_csv(*start, result));
  if (!arguments.sensitivity_csv.empty()) write_file(arguments.sensitivity_csv, sensitivity_csv(*start, result));
  if (std::find(outputs.begin(), outputs.end(), "-") != outputs.end()) return 0;
  std::ostream& out = session.streams.out;
  fmt::print(out, "{}\n{} replicates, common random numbers, seed {}\n",
             scenario.title.empty() ? scenario.path : scenario.title, scenario.replicates, scenario.seed);
  for (std::size_t k = 1; k < result.branches.size(); ++k)
    print_branch(*start, result.branches[k], result.branches.front().run, arguments.all, session.streams);
  print_sweep(*start, result, out);
  print_sensitivity(*start, result, out);
  print_leaders_notes(*start, staged.leaders(), out);
  return 0;
}

}  // namespace

void add_whatif(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("whatif", "Compare the branches of a scenario, with common random numbers");
  auto arguments = std::make_shared<WhatIfArguments>();
  add_scenario_arguments(*command, arguments->scenario);
  add_checkpoint(*command, arguments->checkpoint);
  command->add_option("--csv", arguments->csv,
                      "Write a row for each branch, moment and read-out to this file (- for standard output)");
  command->add_option("--sweep-csv", arguments->sweep_csv,
                      "Write a row for each point of the sweep and read-out to this file (- for standard output)");
  command->add_option(
      "--sensitivity-csv", arguments->sensitivity_csv,
      "Write a row for each setting and read-out of the sensitivities to this file (- for standard output)");
  command->add_flag("--all", arguments->all, "Print every read-out");
  command->callback([arguments, &session] {
    session.job = [arguments, &session] { return run_whatif_command(*arguments, session); };
  });
}

}  // namespace detente::cli
