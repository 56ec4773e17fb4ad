// How often 95 % Wald intervals hold the truth: records simulated from known coefficients and fitted again, thousands of
// each kind (simulate/recovery_study.hpp).  Ends with 1 when a share lies outside 93-97 %; the same bits for every run.
//   build/release/coverage_bench [RECORDS [SEED]]
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "bench/measure.hpp"
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

int run_all(std::uint32_t records, std::uint64_t seed) {
  bool sound = true;
  const auto study = [&](const char* name, test::Recovered kind) {
    test::Recovery found;
    const Cost cost = cost_of([&] { found = test::recover({.kind = kind, .records = records, .seed = seed}); });
    sound = print(name, found, cost.wall) && sound;
  };
  study("who acts, order alone (ordinal)", test::Recovered::ordinal);
  study("who acts, waiting times (exact)", test::Recovered::exact);
  study("how ties end", test::Recovered::end);
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace detente::bench

int main(int count, char** arguments) {
  const auto number = [&](int k, unsigned long otherwise) {
    return count > k ? std::strtoul(arguments[k], nullptr, 10) : otherwise;
  };
  return detente::bench::run_all(static_cast<std::uint32_t>(number(1, 2000)), number(2, 1));
}
