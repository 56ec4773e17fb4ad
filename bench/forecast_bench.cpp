// Simulated paths of the AI arena: one path is 180 daily ticks of two event hazards and two end hazards.  The limit named
// is a refresh of every dyad at every tick (71 x 70 dyads, 1.5 ns each and hazard), which the engine does not do.
//   build/release/forecast_bench
#include <memory>

#include <benchmark/benchmark.h>

#include "io/model_file.hpp"
#include "io/record_source.hpp"
#include "log/as_of.hpp"
#include "simulate/path.hpp"

namespace {

const std::string folder = DETENTE_SOURCE_DIR "/data/ai-arena";

struct Arena {
  Arena() {
    const detente::LoadedRecord loaded = detente::read_usable_record(folder, {});
    const detente::Time date = detente::parse_time("2025-01-22", detente::Clock::calendar)->time;
    known = detente::as_of(loaded.record, date);
    model = detente::bind_model(detente::read_model(folder + "/model.toml"), known);
    fit = detente::fit(known, model, {.until = date + 1});
    start = std::make_unique<detente::PathStart>(known, model, date + 0.999);
  }
  detente::Record known;
  detente::Model model;
  detente::Fit fit;
  std::unique_ptr<detente::PathStart> start;
};

// Events alone: the same hazards, with baselines raised so that a day has dozens of events instead of one in six days, and
// what is paid once a day hardly counts.
void simulate_events(benchmark::State& state) {
  const Arena arena;
  detente::Coefficients theta = detente::estimated_coefficients(arena.fit);
  for (std::size_t k = 0; k < arena.model.hazards.size(); ++k)
    if (arena.model.hazards[k].text.kind == detente::HazardKind::tie) theta.fixed[k](0) += 3;
  double events = 0;
  std::uint32_t replicate = 0;
  detente::PathObserver observer;
  observer.on_event = [&](const detente::Event&, std::size_t) { events += 1; };
  for (auto _ : state) detente::run_path(*arena.start, theta, {1, replicate++}, 180, observer);
  state.counters["events_per_path"] = events / replicate;
  state.counters["events_per_second"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
}

void simulate_paths(benchmark::State& state) {
  const Arena arena;
  const detente::Fit& fit = arena.fit;
  const detente::PathStart& start = *arena.start;
  std::uint32_t replicate = 0;
  double events = 0;
  detente::PathObserver observer;
  observer.on_event = [&](const detente::Event&, std::size_t) { events += 1; };
  for (auto _ : state) {
    const detente::Coefficients theta = detente::draw_coefficients(fit, 1, replicate);
    benchmark::DoNotOptimize(detente::run_path(start, theta, {1, replicate}, 180, observer));
    ++replicate;
  }
  constexpr double dense_seconds = 180.0 * 71 * 70 * 2 * 1.5e-9;
  state.counters["paths_per_second"] = benchmark::Counter(1, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["events_per_path"] = events / replicate;
  state.counters["speed_relative_to_dense_limit"] =
      benchmark::Counter(dense_seconds, benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace

BENCHMARK(simulate_events)->Unit(benchmark::kMillisecond);
BENCHMARK(simulate_paths)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
