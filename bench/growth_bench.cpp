// How the cost of a pass over the record grows with events, with actors, with pairs that have met and with the
// length of a line of the risk set: CSV on stdout, which
// bench/plot_growth.py draws.  A pass is one evaluation of the ordinal likelihood of five effects with gradient and
// information at the estimate, on one thread; each point in a process of its own.
//   build/release/growth_bench > growth.csv
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "bench/generator.hpp"
#include "bench/measure.hpp"
#include "estimate/fit.hpp"

namespace detente::bench {
namespace {

constexpr int passes = 3;  // the quickest counts

// As make_log, but each actor acts towards `partners` others only.
Record make_log_among(std::size_t actors, std::size_t events, std::size_t partners) {
  Record record = make_log(actors, events, 1);
  std::uint32_t step = 0;
  for (Event& event : record.events) {
    const double u = uniform({2, 0, Purpose::generate, 0, step++});
    const auto place = static_cast<std::size_t>(u * static_cast<double>(partners));
    const std::size_t apart = 1 + (place * 7919 + event.sender * 31) % (actors - 1);
    event.receiver = static_cast<ActorId>((event.sender + apart) % actors);
  }
  return record;
}

struct Point {
  double pairs = 0;
  Cost pass;             // of one pass
  double megabytes = 0;  // peak of the fit, without the record
};

Point measure(const Record& record) {
  const double before = usage().megabytes;
  HazardText hazard{.name = "events", .timing = Timing::ordinal};
  hazard.formula.text = "inertia + reciprocity + in_degree(of=receiver) + out_degree(of=sender) + otp(unique)";
  const ModelSpec spec{.hazards = {hazard}};
  const Model model = bind_model(spec, record);
  const Fit found = fit(record, model, {.threads = 1});
  Point point;
  point.megabytes = usage().megabytes - before;
  const TieLikelihood likelihood(record, model, model.hazards.front(), {.threads = 1});
  point.pass.user = std::numeric_limits<double>::infinity();
  double check = 0;
  for (int k = 0; k < passes; ++k) {
    const Cost cost = cost_of([&] { check += likelihood(found.hazards.front().newton.estimate).value; });
    if (cost.user < point.pass.user) point.pass = cost;
  }
  if (!std::isfinite(check)) throw std::runtime_error("a likelihood is not finite");
  PairTable pairs(record.actors.size());
  for (const Event& event : record.events) pairs.insert(event.sender, event.receiver);
  point.pairs = static_cast<double>(pairs.size());
  return point;
}

void print(const char* sweep, std::size_t actors, std::size_t events, const Point& point) {
  fmt::print("{},{},{},{:.0f},{:.6f},{:.2f}\n", sweep, actors, events, point.pairs, point.pass.user, point.megabytes);
  std::fflush(stdout);
}

}  // namespace
}  // namespace detente::bench

int main() {
  using namespace detente::bench;
  fmt::print("sweep,actors,events,pairs,seconds_per_pass,megabytes\n");
  for (const std::size_t events : {5'000, 10'000, 20'000, 40'000, 80'000, 160'000})
    print("events", 200, events, run_apart([&] { return measure(make_log(200, events, 1)); }));
  for (const std::size_t actors : {50, 100, 200, 400, 800, 1'600})
    print("actors", actors, 100 * actors, run_apart([&] { return measure(make_log(actors, 100 * actors, 1)); }));
  for (const std::size_t partners : {2, 4, 8, 16, 32, 64, 128, 256})
    print("pairs", 500, 50'000, run_apart([&] { return measure(make_log_among(500, 50'000, partners)); }));
  for (const std::size_t actors : {125, 250, 500, 1'000, 2'000})
    print("lines", actors, 20'000, run_apart([&] { return measure(make_log_among(actors, 20'000, 4)); }));
}
