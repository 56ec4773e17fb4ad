#include "cli/simulated.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <csignal>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "base/hash.hpp"
#include "io/model_file.hpp"

namespace detente::cli {
namespace {

constexpr std::size_t most_ties_told = 8;

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
  interrupted = 1;
  std::signal(SIGINT, SIG_DFL);
}

template <class Number>
Number whole_number(const std::string& text, const std::string& option, const std::string& expected) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw Error({.what = fmt::format("'{}' is no number of that kind", printable(text)),
                 .where = {.file = option},
                 .expected = expected});
  return value;
}

void read_replicates(const std::string& text, Scenario& scenario, std::size_t& first) {
  if (text.empty()) return;
  const std::string expected = "a number such as 200, or FIRST:COUNT such as 17:1";
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) first = whole_number<std::uint32_t>(text.substr(0, colon), "--replicates", expected);
  scenario.replicates =
      whole_number<std::uint32_t>(colon == std::string::npos ? text : text.substr(colon + 1), "--replicates", expected);
  if (scenario.replicates == 0)
    throw Error(
        {.what = "no replicates are no simulation", .where = {.file = "--replicates"}, .expected = "1 or more"});
}

}  // namespace

void add_scenario_arguments(CLI::App& command, ScenarioArguments& arguments) {
  command.add_option("SCENARIO", arguments.path, "A scenario file (TOML); `detente scenario new` writes one")
      ->required();
  command
      .add_option("--set", arguments.sets,
                  "Change a setting: layer.setting=value, horizon=90d, tick=1d, new_ties=false; repeatable")
      ->allow_extra_args(false);
  command.add_option(
      "--replicates", arguments.replicates,
      "How many replicates; FIRST:COUNT runs COUNT of them from number FIRST on (default: the scenario's)");
  command.add_option("--seed", arguments.seed, "Seed of all random numbers (default: the scenario's)");
  add_threads(command, arguments.threads);
  add_json(command, arguments.json);
}

void add_checkpoint(CLI::App& command, std::string& path) {
  command.add_option("--checkpoint", path,
                     "Keep every replicate that has ended in this file, and go on from it if it exists");
}

void print_interrupted(const std::string& checkpoint, std::ostream& err) {
  fmt::print(err, "interrupted{}\n",
             checkpoint.empty()
                 ? ": nothing was written; --checkpoint FILE keeps what is done"
                 : fmt::format(": what is done is in {}; the same command goes on from there", checkpoint));
}

Staged::Staged(const ScenarioArguments& arguments, ProgressLine& line)
    : scenario_(read_scenario(arguments.path)), sets_(arguments.sets) {
  for (const std::string& set : arguments.sets) apply_set(scenario_, set);
  read_replicates(arguments.replicates, scenario_, first_);
  if (!arguments.seed.empty())
    scenario_.seed = whole_number<std::uint64_t>(arguments.seed, "--seed", "a whole number, 0 or more");
  if (scenario_.record.empty()) return;
  const ModelSpec model = read_model(scenario_.model);
  RecordArguments record;
  record.path = scenario_.record;
  loaded_ = load(record, line.err());
  if (loaded_.record.clock != Clock::calendar)
    throw Error({.what = "a scenario needs a record with dates", .where = {.file = scenario_.record}});
  leaders_ = std::make_unique<LeadersFit>();
  fit_leaders(*leaders_, loaded_.record, model, scenario_, arguments.threads,
              [&](const std::string& hazard, double share) {
                line.show(fmt::format("fit {}: {:.0f} %", hazard, 100 * share));
              });
}

std::unique_ptr<WorldStart> Staged::start(const Scenario& scenario) const {
  if (!leaders_) return std::make_unique<WorldStart>(scenario);
  return std::make_unique<WorldStart>(scenario, *leaders_);
}

Json Staged::result(const std::string& command, const Session& session) const {
  return start_result({.command = command,
                       .command_line = session.command_line,
                       .seed = scenario_.seed,
                       .replicates = scenario_.replicates,
                       .model_path = scenario_.model},
                      loaded_);
}

std::string Staged::identity() const {
  std::string all = DETENTE_VERSION;
  all += fingerprint_file(scenario_.path);
  for (const std::string& set : sets_) all += set + "\n";
  if (!scenario_.model.empty()) all += fingerprint_file(scenario_.model);
  for (const LayerSpec& spec : scenario_.layers)
    if (const auto file = spec.settings.find("file"); file != spec.settings.end())
      if (const auto* path = std::get_if<std::string>(&file->second.value)) all += fingerprint_file(*path);
  for (const std::string& line : loaded_.findings.fingerprints) all += line.substr(line.rfind(": "));
  all += fmt::format("seed {}", scenario_.seed);
  return fingerprint(all);
}

std::vector<std::size_t> shown_read_outs(const Scenario& scenario, const SimulationRun& run, std::size_t most) {
  std::vector<std::size_t> shown;
  for (const std::string& name : scenario.watch) shown.push_back(run.find(name));
  for (std::size_t k = 0; k < run.names.size() && shown.size() < most; ++k)
    if (std::find(shown.begin(), shown.end(), k) == shown.end()) shown.push_back(k);
  return shown;
}

void print_happenings(const WorldStart& start, const SimulationRun& run, std::ostream& out) {
  const auto name = [&](ActorId actor) {
    return actor < start.cast().actors.size() ? start.cast().actors[actor] : std::string("nobody in particular");
  };
  std::vector<HappeningSummary> all = happenings_of(run);
  const auto ties = std::stable_partition(all.begin(), all.end(),
                                          [](const HappeningSummary& one) { return !tells_of_tie(one.what); });
  std::stable_sort(ties, all.end(), [](const HappeningSummary& a, const HappeningSummary& b) {
    return a.first.size() > b.first.size();
  });
  const auto told = static_cast<std::size_t>(ties - all.begin()) +
                    std::min(most_ties_told, static_cast<std::size_t>(all.end() - ties));
  for (const HappeningSummary& one : std::span(all).first(told))
    fmt::print(out, "{}: {} – {}: in {} of {} replicates ({:.0f} %), first at {} (median)\n", one.what, name(one.who),
               name(one.whom), one.first.size(), run.paths.size(), 100 * one.share(run),
               format_time(band_of(one.first).median, start.scenario().clock));
  if (told < all.size())
    fmt::print(out, "({} more of ties that start, none in more replicates; --json has them)\n", all.size() - told);
}

void print_leaders_notes(const WorldStart& start, const LeadersFit* leaders, std::ostream& out) {
  if (leaders == nullptr) return;
  for (const std::string& note : start.notes()) fmt::print(out, "note: {}\n", note);
  for (const HazardFit& fit : leaders->fit.hazards)
    for (const std::string& warning : fit.warnings) fmt::print(out, "note: hazard '{}': {}\n", fit.hazard, warning);
  fmt::print(out, "These are simulations of a model fitted to a public record, not judgements of people.\n");
}

std::string readable(double value) {
  if (std::isnan(value)) return "unknown";
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size >= 1e6 || size < 1e-4) return fmt::format("{:.2e}", value);
  return size >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

Interrupt::Interrupt() {
  interrupted = 0;
  std::signal(SIGINT, on_interrupt);
}
Interrupt::~Interrupt() { std::signal(SIGINT, SIG_DFL); }
bool Interrupt::asked() { return interrupted != 0; }

}  // namespace detente::cli
