// How often 95 % Wald intervals hold the truth: records simulated from known coefficients and fitted again, thousands of
// each kind (simulate/recovery_study.hpp); and how often 80 % intervals of P(rupture) hold the true probability
// (forecast/coverage_study.hpp).  Ends with 1 when a share lies outside 93-97 %, or 75-85 %; the same bits for every run.
//   build/release/coverage_bench [RECORDS [SEED]]             coefficients, then forecasts of 200 records
//   build/release/coverage_bench forecasts [RECORDS [SEED]]   forecasts alone
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "bench/measure.hpp"
#include "forecast/coverage_study.hpp"
#include "simulate/recovery_study.hpp"

namespace detente::bench {
namespace {

bool print(const char* name, const test::Recovery& found, double wall) {
  fmt::print("\n{}: {} records of {:.0f} events on average, {} converged", name, found.records, found.mean_events,
             found.converged);
  for (const auto& [status, count] : found.other) fmt::print(", {} {}", count, status);
  fmt::print(" ({:.1f} s)\n", wall);
  fmt::print("  {:<28} {:>7} {:>9} {:>8} {:>11} {:>8}\n", "coefficient", "truth", "mean", "spread", "mean error",
             "covered");
  bool sound = true;
  for (const test::RecoveredCoefficient& c : found.coefficients) {
    const double share = static_cast<double>(c.covered) / found.converged;
    const bool inside = share >= 0.93 && share <= 0.97;
    fmt::print("  {:<28} {:>7.2f} {:>9.4f} {:>8.4f} {:>11.4f} {:>6.1f} %{}\n", c.name, c.truth, c.mean, c.spread,
               c.mean_error, 100 * share, inside ? "" : "  OUTSIDE 93-97 %");
    sound = sound && inside;
  }
  return sound;
}

int run_coefficients(std::uint32_t records, std::uint64_t seed) {
  bool sound = true;
  const auto study = [&](const char* name, test::Recovered kind) {
    test::Recovery found;
    const Cost cost = cost_of([&] { found = test::recover({.kind = kind, .records = records, .seed = seed}); });
    sound = print(name, found, cost.wall) && sound;
  };
  study("who acts, order alone (ordinal)", test::Recovered::ordinal);
  study("who acts, waiting times (exact)", test::Recovered::exact);
  study("how ties end", test::Recovered::end);
  study("towards whom, given who acts (choice)", test::Recovered::choice);
  study("who acts (rate)", test::Recovered::rate);
  study("who acts, of records that both steps wrote", test::Recovered::rate_of_steps);
  study("towards whom, of the same records", test::Recovered::choice_of_steps);
  study("who acts and how, in one model (marks)", test::Recovered::marks);
  study("the same from the order alone", test::Recovered::marks_in_order);
  study("who acts, beside a public that is heard", test::Recovered::layer);
  study("which ties start", test::Recovered::start);
  return sound ? 0 : 1;
}

bool print(const char* name, const test::Coverage& found, double wall) {
  fmt::print("\nforecasts, {}: {} records, {} forecast, {:.1f} ruptures known on average ({:.1f} s)\n", name,
             found.records, found.forecast, found.mean_ruptures, wall);
  for (const auto& [why, count] : found.not_forecast) fmt::print("  {} not forecast: {}\n", count, why);
  const bool inside = found.share() >= 0.75 && found.share() <= 0.85;
  const auto part = [&](std::size_t count) {
    return 100 * static_cast<double>(count) / static_cast<double>(found.ties);
  };
  fmt::print("  80 % intervals of P(rupture) hold the truth: {:.1f} % of {} ties (standard error {:.1f}){}\n",
             100 * found.share(), found.ties, 100 * found.error, inside ? "" : "  OUTSIDE 75-85 %");
  fmt::print("  truth below the interval {:.1f} %, above it {:.1f} %\n", part(found.below), part(found.above));
  fmt::print("  mean truth {:.4f} (error {:.4f}), mean width {:.4f}, bias {:+.4f} (error {:.4f}), rms error {:.4f}\n",
             found.mean_truth, found.truth_error, found.mean_width, found.bias, found.bias_error,
             found.root_mean_square);
  return inside;
}

int run_forecasts(std::uint32_t records, std::uint64_t seed) {
  bool sound = true;
  const auto study = [&](const char* name, test::CoverageStudy design) {
    design.records = records;
    design.seed = seed;
    test::Coverage found;
    const Cost cost = cost_of([&] { found = test::cover(design); });
    sound = print(name, found, cost.wall) && sound;
  };
  study("many ruptures", {});
  study("many ruptures, prior 1", {.prior = 1});
  study("few ruptures", {.rupture_rate = 0.003});
  study("few ruptures, prior 1", {.rupture_rate = 0.003, .prior = 1});
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace detente::bench

int main(int count, char** arguments) {
  const bool forecasts_alone = count > 1 && std::string(arguments[1]) == "forecasts";
  const int first = forecasts_alone ? 2 : 1;
  const auto number = [&](int k, unsigned long otherwise) {
    return count > k ? std::strtoul(arguments[k], nullptr, 10) : otherwise;
  };
  const auto records = static_cast<std::uint32_t>(number(first, forecasts_alone ? 200 : 2000));
  const std::uint64_t seed = number(first + 1, 1);
  if (forecasts_alone) return detente::bench::run_forecasts(records, seed);
  const int coefficients = detente::bench::run_coefficients(records, seed);
  const int forecasts = detente::bench::run_forecasts(200, seed);
  return coefficients + forecasts == 0 ? 0 : 1;
}
