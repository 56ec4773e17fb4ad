// An exact ordinal fit of five effects to convergence, beside what published packages take for logs of the same size
// (user CPU seconds on two shared cores: goldfish and remverse, full risk set; recorded, not run here; remverse runs out of 18 GiB at 200 actors).
//   build/release/fit_bench
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "bench/generator.hpp"
#include "estimate/fit.hpp"

namespace {

constexpr const char* five_effects =
    "inertia + reciprocity + in_degree(of=receiver) + out_degree(of=sender) + otp(unique)";

// Peer's seconds at a size, 0 where none finished.
double peer_seconds(std::int64_t actors) { return actors == 50 ? 22.9 : actors == 100 ? 238 : 0; }

void fit_five_effects(benchmark::State& state) {
  const detente::Record record =
      detente::bench::make_log(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)), 1);
  detente::HazardText hazard{.name = "events", .timing = detente::Timing::ordinal};
  hazard.formula.text = five_effects;
  const detente::ModelSpec spec{.hazards = {hazard}};
  const detente::Model model = detente::bind_model(spec, record);
  double passes = 0;
  for (auto _ : state) {
    const detente::Fit fit = detente::fit(record, model, {});
    if (fit.status() != "converged") state.SkipWithError("the fit did not converge");
    passes = fit.hazards.front().newton.evaluations;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["full_passes"] = passes;
  state.counters["process_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
  if (const double peer = peer_seconds(state.range(0)); peer > 0)
    state.counters["times_faster_than_goldfish"] =
        benchmark::Counter(peer, benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace

BENCHMARK(fit_five_effects)->Args({50, 2000})->Args({100, 10000})->Args({200, 20000})->Args({500, 50000})->Args({1000, 100000})->Args({5000, 500000})->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

BENCHMARK_MAIN();
