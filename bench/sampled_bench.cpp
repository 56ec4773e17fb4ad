// Sampled risk sets on large records, one core: what an event costs a walk as history, and what reading 21 dyads (20
// controls) and adding them to the likelihood costs on top; in user time, at the end of the record, where most pairs have
// met.  events_per_second is a pass with both.
//   build/release/sampled_bench
// End to end, with its peak memory:
//   build/release/make_log 100000 10000000 50 log.parquet
//   /usr/bin/time -v build/release/detente fit log.parquet --model bench/sampled.toml
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <vector>

#include "bench/generator.hpp"
#include "hazard/case_control.hpp"

namespace {

constexpr const char* pairs =
    "inertia(goodwill) + reciprocity(goodwill) + in_degree(goodwill, of=receiver) + out_degree(goodwill, of=sender)";
constexpr const char* triads =
    "otp(goodwill) + shared_ally(goodwill) + shared_enemy(grievance) + friend_of_enemy(goodwill, grievance)";

double user_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

double process_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double mean_degree(const detente::Record& record) {
  std::vector<std::uint64_t> met;
  for (const detente::Event& event : record.events)
    met.push_back((std::uint64_t{std::min(event.sender, event.receiver)} << 32) |
                  std::max(event.sender, event.receiver));
  std::sort(met.begin(), met.end());
  const auto count = static_cast<double>(std::unique(met.begin(), met.end()) - met.begin());
  return 2 * count / static_cast<double>(record.actors.size());
}

void walk(benchmark::State& state, const char* formula, detente::SamplingDesign design) {
  detente::bench::CircleLog log;
  log.actors = static_cast<std::size_t>(state.range(0));
  log.events = static_cast<std::size_t>(state.range(1));
  const auto read = static_cast<std::size_t>(state.range(2));
  const detente::Record record = detente::bench::make_circle_log(log);
  detente::ModelSpec spec;
  spec.traces = {{.name = "goodwill", .events = {"help"}, .fade = detente::Fade::half_life, .span = 30},
                 {.name = "grievance", .events = {"blame"}, .fade = detente::Fade::half_life, .span = 30}};
  detente::HazardText hazard{.name = "events", .timing = detente::Timing::ordinal};
  hazard.formula.text = formula;
  hazard.sampling = {20, design, {}};
  spec.hazards = {hazard};
  const detente::Model model = detente::bind_model(spec, record);
  detente::CaseControlOptions options;
  options.threads = 1;
  options.matrix_bytes = 1;
  options.first = log.events - read + 1;
  const detente::CaseControlLikelihood likelihood(record, model, model.hazards.front(), options);
  const Eigen::VectorXd theta = Eigen::VectorXd::Constant(4, 0.1);
  const double degree = mean_degree(record);
  double history = 0, all = 0;
  for (auto _ : state) {
    const double start = user_seconds();
    likelihood.walk([](std::size_t) { return false; }, [](detente::CaseControlLikelihood::Visit&) {});
    const double middle = user_seconds();
    benchmark::DoNotOptimize(likelihood(theta));
    history += middle - start;
    all += user_seconds() - middle;
  }
  const auto times = static_cast<double>(state.iterations());
  const double walked = history / (static_cast<double>(log.events) * times);
  const double reads = (all - history) / (static_cast<double>(read) * times);
  state.counters["history_us"] = 1e6 * walked;
  state.counters["reads_us"] = 1e6 * reads;
  state.counters["events_per_second"] = 1 / (walked + reads);
  state.counters["mean_degree"] = degree;
  state.counters["process_MB"] = process_bytes();
}

}  // namespace

BENCHMARK_CAPTURE(walk, pairs, pairs, detente::SamplingDesign::uniform)
    ->Args({20'000, 2'000'000, 1'000'000})
    ->Args({100'000, 10'000'000, 2'000'000})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(walk, pairs_by_activity, pairs, detente::SamplingDesign::activity)
    ->Args({20'000, 2'000'000, 1'000'000})
    ->Args({100'000, 10'000'000, 2'000'000})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(walk, triads, triads, detente::SamplingDesign::uniform)
    ->Args({20'000, 2'000'000, 500'000})
    ->Args({100'000, 10'000'000, 500'000})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

BENCHMARK_MAIN();
