#include "simulate/ensemble_run.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/memory_limit.hpp"
#include "base/parallel.hpp"
#include "base/quantile.hpp"

namespace detente {
namespace {

std::vector<std::string> names_of(const ReadOuts& out) {
  std::vector<std::string> names;
  for (const auto& [name, value] : out.values()) names.push_back(name);
  return names;
}

void append(std::vector<double>& values, const ReadOuts& out) {
  for (const auto& [name, value] : out.values()) values.push_back(value);
}

// Whatever the scenario names to look at, before anything runs.
void check_read_outs(const Scenario& scenario, const std::vector<std::string>& names) {
  const auto check = [&](const std::vector<std::string>& asked, const Place& where) {
    for (const std::string& name : asked) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      throw Error({.what = fmt::format("the scenario shows no read-out '{}'", printable(name)),
                   .where = where,
                   .expected = "a read-out of its layers, as `detente simulate --all` lists them",
                   .hint = hint_for(name, names)});
    }
  };
  check(scenario.watch, {.file = scenario.path});
  check(scenario.sensitivity.read_outs, scenario.sensitivity.where);
}

ReplicatePath run_replicate(const WorldStart& start, std::uint32_t replicate, unsigned threads,
                            std::vector<SimulatedAct>* acts, const std::function<bool()>& cancelled) {
  World world(start, replicate, threads);
  world.keep_acts(acts);
  ReplicatePath path;
  ReadOuts out;
  world.observe(out);
  append(path.values, out);
  const std::size_t ticks = start.ticks();
  path.values.reserve(path.values.size() * (ticks + 1));
  for (std::size_t tick = 0; tick < ticks; ++tick) {
    if (cancelled && cancelled()) return {};
    world.tick();
    out.clear();
    world.observe(out);
    append(path.values, out);
  }
  path.happenings = world.happenings();
  path.exploded = world.exploded();
  return path;
}

}  // namespace

std::size_t SimulationRun::exploded() const {
  return static_cast<std::size_t>(
      std::count_if(paths.begin(), paths.end(), [](const ReplicatePath& path) { return path.exploded; }));
}

std::size_t SimulationRun::find(std::string_view name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? no_id : static_cast<std::size_t>(found - names.begin());
}

std::string SimulationRun::hash() const {
  std::string all;
  for (const ReplicatePath& path : paths) {
    const auto bytes = std::as_bytes(std::span(path.values));
    all += fingerprint({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  return fingerprint(all);
}

SimulationRun run_simulation(const WorldStart& start, const SimulationOptions& options) {
  SimulationRun run;
  ReadOuts out;
  World(start, static_cast<std::uint32_t>(options.first), options.threads).observe(out);
  run.names = names_of(out);
  check_read_outs(start.scenario(), run.names);
  run.first = options.first;
  const std::size_t moments = start.ticks() + 1;
  for (std::size_t moment = 0; moment < moments; ++moment) run.times.push_back(start.at(moment));
  require_memory(static_cast<double>(options.replicates) * static_cast<double>(moments) *
                     static_cast<double>(run.names.size()) * sizeof(double),
                 fmt::format("what {} replicates of {} moments show", options.replicates, moments),
                 {.file = start.scenario().path}, "fewer replicates, a shorter horizon or a longer tick");
  run.paths.resize(options.replicates);
  const unsigned threads = options.threads == 0 ? hardware_threads() : options.threads;
  const unsigned within = options.replicates >= threads ? 1 : threads;
  std::atomic<std::size_t> finished{0};
  std::atomic<bool> stopped{false};
  std::mutex guard;
  for_each_block(options.replicates, options.replicates >= threads ? threads : 1, [&](std::size_t k) {
    const std::size_t replicate = options.first + k;
    std::optional<ReplicatePath> known;
    if (options.known) {
      const std::lock_guard lock(guard);
      known = options.known(replicate);
    }
    if (known && k == 0) {  // its acts are not kept in a checkpoint: they are drawn again
      run_replicate(start, static_cast<std::uint32_t>(replicate), within, &run.acts, options.cancelled);
    }
    run.paths[k] = known ? std::move(*known)
                         : run_replicate(start, static_cast<std::uint32_t>(replicate), within,
                                         k == 0 ? &run.acts : nullptr, options.cancelled);
    if (run.paths[k].values.empty()) {
      stopped = true;
      return;
    }
    const std::lock_guard lock(guard);
    if (!known && options.done) options.done(replicate, run.paths[k]);
    ++finished;
    if (options.progress) options.progress(static_cast<double>(finished) / static_cast<double>(options.replicates));
  });
  run.cancelled = stopped;
  return run;
}

std::vector<HappeningSummary> happenings_of(const SimulationRun& run) {
  using Key = std::tuple<std::string, ActorId, ActorId>;
  std::map<Key, std::vector<double>> all;
  for (const ReplicatePath& path : run.paths) {
    std::map<Key, double> here;
    for (const Happening& one : path.happenings) here.try_emplace({one.what, one.who, one.whom}, one.time);
    for (const auto& [key, time] : here) all[key].push_back(time);
  }
  std::vector<HappeningSummary> list;
  for (auto& [key, first] : all)
    list.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::move(first)});
  return list;
}

Band band_of(std::vector<double> values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) {
    const double none = std::nan("");
    return {none, none, none, none, none, none, none, none, none};
  }
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  for (const double v : values) mean += v / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double error = n > 1 ? std::sqrt(squares / (n - 1) / n) : std::nan("");
  return {mean,
          error,
          quantile(values, 0.025),
          quantile(values, 0.1),
          quantile(values, 0.25),
          quantile(values, 0.5),
          quantile(values, 0.75),
          quantile(values, 0.9),
          quantile(values, 0.975)};
}

Band band(const SimulationRun& run, std::size_t moment, std::size_t read_out) {
  std::vector<double> values;
  for (std::size_t k = 0; k < run.paths.size(); ++k) values.push_back(run.value(k, moment, read_out));
  return band_of(std::move(values));
}

Band difference(const SimulationRun& branch, const SimulationRun& base, std::size_t moment, std::size_t read_out) {
  std::vector<double> values;
  for (std::size_t k = 0; k < branch.paths.size(); ++k)
    values.push_back(branch.value(k, moment, read_out) - base.value(k, moment, read_out));
  return band_of(std::move(values));
}

}  // namespace detente
