// detente simulate: many replicates of a scenario, and how its read-outs spread.
#include <chrono>
#include <mutex>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/format.hpp"
#include "cli/simulated.hpp"
#include "io/checkpoint.hpp"
#include "io/simulation_result.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

constexpr std::size_t usual_read_outs = 24;

struct SimulateArguments {
  ScenarioArguments scenario;
  std::string csv;
  std::string checkpoint;
  bool all = false;
};

void print_table(const WorldStart& start, const SimulationRun& run, bool all, const Streams& streams) {
  std::ostream& out = streams.out;
  const Scenario& scenario = start.scenario();
  const std::size_t last = run.times.size() - 1;
  fmt::print(out, "{}\n{} replicates from {} to {}, seed {}\n\n",
             scenario.title.empty() ? scenario.path : scenario.title, run.paths.size(),
             format_time(run.times.front(), scenario.clock), format_time(start.ends(), scenario.clock), scenario.seed);
  const std::vector<std::size_t> shown = shown_read_outs(scenario, run, all ? run.names.size() : usual_read_outs);
  std::vector<std::string> names;
  for (const std::size_t k : shown) names.push_back(run.names[k]);
  const std::size_t width = name_width(names, {.usual = 44, .beside = 56, .columns = streams.columns});
  fmt::print(out, "{}{:>10}{:>12}{:>12}{:>22}\n", fitted("read-out", width), "start", "end, mean", "median", "80 %");
  for (const std::size_t k : shown) {
    const Band end = band(run, last, k);
    fmt::print(out, "{}{:>10}{:>12}{:>12}{:>22}\n", fitted(run.names[k], width), readable(band(run, 0, k).mean),
               readable(end.mean), readable(end.median),
               fmt::format("{} – {}", readable(end.low80), readable(end.high80)));
  }
  if (shown.size() < run.names.size())
    fmt::print(out, "({} more; --all shows them)\n", run.names.size() - shown.size());
  fmt::print(out, "\n");
  print_happenings(start, run, out);
  if (run.exploded() > 0)
    fmt::print(out, "note: in {} replicates the simulated rates exploded and were cut short\n", run.exploded());
  fmt::print(out, "hash {}\n", run.hash());
}

SimulationRun run_it(const SimulateArguments& arguments, const Staged& staged, const WorldStart& start,
                     ProgressLine& line) {
  std::unique_ptr<Checkpoint> checkpoint;
  if (!arguments.checkpoint.empty()) checkpoint = std::make_unique<Checkpoint>(arguments.checkpoint, staged.identity());
  const auto began = std::chrono::steady_clock::now();
  SimulationOptions options;
  options.first = staged.first_replicate();
  options.replicates = staged.scenario().replicates;
  options.threads = arguments.scenario.threads;
  options.cancelled = [] { return Interrupt::asked(); };
  options.progress = [&](double share) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    line.show(fmt::format("simulate: {:.0f} %, {:.0f} s left", 100 * share, seconds * (1 - share) / share));
  };
  if (checkpoint) {
    options.known = [&](std::size_t replicate) { return checkpoint->find(replicate); };
    options.done = [&](std::size_t replicate, const ReplicatePath& path) { checkpoint->add(replicate, path); };
  }
  return run_simulation(start, options);
}

int run_simulate(const SimulateArguments& arguments, const Session& session) {
  check_outputs({arguments.scenario.json, arguments.csv});
  ProgressLine line(session.streams);
  const Staged staged(arguments.scenario, line);
  const std::unique_ptr<WorldStart> start = staged.start(staged.scenario());
  const Interrupt interrupt;
  const SimulationRun run = run_it(arguments, staged, *start, line);
  line.clear();
  if (run.cancelled) {
    print_interrupted(arguments.checkpoint, session.streams.err);
    return run_failed;
  }
  if (!arguments.scenario.json.empty()) {
    Json json = staged.result("simulate", session);
    json["simulation"] = simulation_json(*start, run);
    write_file(arguments.scenario.json, to_text(json));
  }
  if (!arguments.csv.empty()) write_file(arguments.csv, simulation_csv(*start, run));
  if (arguments.scenario.json == "-" || arguments.csv == "-") return 0;
  print_table(*start, run, arguments.all, session.streams);
  print_leaders_notes(*start, staged.leaders(), session.streams.out);
  return 0;
}

}  // namespace

void add_simulate(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("simulate", "Simulate a scenario: leaders' events and the layers they move");
  auto arguments = std::make_shared<SimulateArguments>();
  add_scenario_arguments(*command, arguments->scenario);
  command->add_option("--csv", arguments->csv,
                      "Write a row for each read-out and moment to this file (- for standard output)");
  add_checkpoint(*command, arguments->checkpoint);
  command->add_flag("--all", arguments->all, "Print every read-out");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_simulate(*arguments, session); }; });
}

}  // namespace detente::cli
