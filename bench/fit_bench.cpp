// What a fit costs: five effects to convergence over the full risk set, each case in processes of its own, best of several.
// Beside it stands what published packages took for records of the same size and the same five effects: recorded once on
// two shared cores (user CPU seconds, peak memory), not run here.
//   build/release/fit_bench [NAME ...]      only the cases whose name contains one of these
#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/generator.hpp"
#include "bench/measure.hpp"
#include "estimate/fit.hpp"

namespace detente::bench {
namespace {

constexpr const char* five_effects =
    "inertia + reciprocity + in_degree(of=receiver) + out_degree(of=sender) + otp(unique)";
constexpr const char* faded_effects =
    "inertia(recent) + reciprocity(recent) + in_degree(recent, of=receiver) + out_degree(recent, of=sender) + "
    "otp(unique)";
constexpr const char* smaller_leg_effects =
    "inertia + reciprocity + in_degree(of=receiver) + out_degree(of=sender) + otp";
constexpr const char* grouped_effects =
    "inertia + reciprocity + in_degree(of=receiver) + out_degree(of=sender) + otp(unique) + same(kind)";

struct Case {
  std::string name;
  std::size_t actors, events;
  int runs = 3;                                 // the best counts
  double most_seconds = 0, most_megabytes = 0;  // 0 = no limit
  std::string formula = five_effects;
  std::string compared_with{};  // the case whose user CPU this one's is divided by
  bool days = false;            // two years of dates, a daily tick and a trace with a half-life of 30 days
  Evaluation evaluation = Evaluation::automatic;
  unsigned threads = 0;
};

std::vector<Case> cases() {
  return {
      {.name = "50x2000", .actors = 50, .events = 2'000, .runs = 7, .most_seconds = 0.02},
      {.name = "100x10000", .actors = 100, .events = 10'000, .runs = 5},
      {.name = "200x20000", .actors = 200, .events = 20'000, .runs = 7, .most_seconds = 0.3},
      {.name = "500x50000", .actors = 500, .events = 50'000, .runs = 5, .most_seconds = 1, .most_megabytes = 60},
      {.name = "half-life 200x20000",
       .actors = 200,
       .events = 20'000,
       .formula = faded_effects,
       .compared_with = "200x20000",
       .days = true},
      {.name = "half-life 500x50000",
       .actors = 500,
       .events = 50'000,
       .formula = faded_effects,
       .compared_with = "500x50000",
       .days = true},
      {.name = "blocked 50x2000",
       .actors = 50,
       .events = 2'000,
       .compared_with = "50x2000",
       .evaluation = Evaluation::blocked},
      {.name = "blocked 100x10000",
       .actors = 100,
       .events = 10'000,
       .runs = 1,
       .compared_with = "100x10000",
       .evaluation = Evaluation::blocked},
      {.name = "otp 200x20000",
       .actors = 200,
       .events = 20'000,
       .formula = smaller_leg_effects,
       .compared_with = "200x20000"},
      {.name = "same(kind) 200x20000",
       .actors = 200,
       .events = 20'000,
       .formula = grouped_effects,
       .compared_with = "200x20000"},
      {.name = "1 thread 200x20000",
       .actors = 200,
       .events = 20'000,
       .runs = 7,
       .compared_with = "200x20000",
       .threads = 1},
      {.name = "5000x500000", .actors = 5'000, .events = 500'000, .runs = 1, .most_seconds = 30, .most_megabytes = 800},
  };
}

// Recorded user CPU seconds and peak memory of published packages, full risk set unless it says otherwise.
struct Peer {
  std::string size, package;
  double seconds, megabytes;  // 0 = none finished
};

const std::vector<Peer> peers{
    {"50x2000", "remverse ordinal", 30.1, 632},
    {"50x2000", "goldfish ordinal", 22.9, 127},
    {"50x2000", "eventnet + coxph", 64.9, 2825},
    {"50x2000", "relevent (killed after 300 s)", 0, 0},
    {"100x10000", "remverse interval", 284, 13676},
    {"100x10000", "goldfish ordinal", 238, 554},
    {"100x10000", "eventnet, 50 controls + coxph", 23.0, 493},
    {"100x10000", "remverse, 50 controls", 13.0, 159},
    {"200x20000", "remverse (out of memory at 18 GiB)", 0, 0},
    {"200x20000", "remverse, 50 controls", 56.0, 249},
    {"200x20000", "eventnet, 50 controls + coxph", 37.2, 812},
};

Record make_record(const Case& c) {
  Record record = make_log(c.actors, c.events, 1);
  if (c.days) {
    record.clock = Clock::calendar;
    const double last = record.events.back().time;
    for (Event& event : record.events) {
      event.time *= 730 / last;
      event.precision = Precision::instant;
    }
  }
  for (ActorId i = 0; i < c.actors; ++i) record.actors[i].kind = std::string(1, "abcd"[i % 4]);
  return record;
}

struct Measured {
  Cost cost;
  int passes = 0;
  double drift = 0;
  bool converged = false;
  bool factorised = false;
};

Measured run(const Case& c) {
  const Record record = make_record(c);
  HazardText hazard{.name = "events", .timing = Timing::ordinal};
  hazard.formula.text = c.formula;
  ModelSpec spec{.hazards = {hazard}};
  if (c.days) spec.traces = {{.name = "recent", .fade = Fade::half_life, .span = 30}};
  Measured measured;
  measured.cost = cost_of([&] {
    const Model model = bind_model(spec, record);
    const Fit all = fit(record, model, {.evaluation = c.evaluation, .threads = c.threads});
    const HazardFit& events = all.hazards.front();
    measured.passes = events.newton.evaluations;
    measured.drift = events.drift;
    measured.converged = all.status() == "converged";
    if (!measured.converged) fmt::print(stderr, "{}: {}: {}\n", c.name, all.status(), events.newton.message);
    measured.factorised = events.evaluation == "factorised";
  });
  return measured;
}

Measured best_of(const Case& c) {
  Measured best = run_apart([&] { return run(c); });
  for (int k = 1; k < c.runs; ++k) {
    const Cost again = run_apart([&] { return run(c).cost; });
    best.cost.wall = std::min(best.cost.wall, again.wall);
    best.cost.user = std::min(best.cost.user, again.user);
    best.cost.megabytes = std::max(best.cost.megabytes, again.megabytes);
  }
  return best;
}

std::string limits(const Case& c, const Cost& cost) {
  if (c.most_seconds <= 0) return "";
  std::string text = fmt::format("{:g} s", c.most_seconds);
  if (c.most_megabytes > 0) text += fmt::format(", {:g} MB", c.most_megabytes);
  const bool met = cost.wall < c.most_seconds && (c.most_megabytes <= 0 || cost.megabytes < c.most_megabytes);
  return text + (met ? "  met" : "  MISSED");
}

void print_peers(const std::map<std::string, Measured>& measured) {
  fmt::print("\nrecorded on 2 shared cores, not run here (user CPU seconds, peak memory)\n");
  fmt::print("{:<12} {:<36} {:>9} {:>9} {:>14} {:>12}\n", "size", "package", "user s", "MB", "times our user",
             "times our MB");
  for (const Peer& peer : peers) {
    const auto ours = measured.find(peer.size);
    if (ours == measured.end()) continue;
    if (peer.seconds <= 0) {
      fmt::print("{:<12} {:<36}\n", peer.size, peer.package);
      continue;
    }
    fmt::print("{:<12} {:<36} {:>9.1f} {:>9.0f} {:>14.0f} {:>12.0f}\n", peer.size, peer.package, peer.seconds,
               peer.megabytes, peer.seconds / ours->second.cost.user, peer.megabytes / ours->second.cost.megabytes);
  }
}

bool wanted(const std::string& name, std::span<char*> arguments) {
  return arguments.empty() || std::any_of(arguments.begin(), arguments.end(),
                                          [&](const char* part) { return name.find(part) != std::string::npos; });
}

int run_all(std::span<char*> arguments) {
  fmt::print("five effects, ordinal, full risk set; best wall and user CPU of several processes, each one fit\n");
  fmt::print("{:<22} {:<11} {:>6} {:>9} {:>9} {:>8} {:>9}  {:<22} {}\n", "case", "evaluation", "passes", "wall s",
             "user s", "peak MB", "drift", "user CPU, wall beside", "limit");
  std::map<std::string, Measured> measured;
  bool sound = true;
  for (const Case& c : cases()) {
    if (!wanted(c.name, arguments)) continue;
    const Measured& m = measured[c.name] = best_of(c);
    std::string ratio;
    if (const auto other = measured.find(c.compared_with); other != measured.end())
      ratio =
          fmt::format("x{:.2f}, x{:.2f}", m.cost.user / other->second.cost.user, m.cost.wall / other->second.cost.wall);
    fmt::print("{:<22} {:<11} {:>6} {:>9.4f} {:>9.4f} {:>8.1f} {:>9.1e}  {:<22} {}{}\n", c.name,
               m.factorised ? "factorised" : "blocked", m.passes, m.cost.wall, m.cost.user, m.cost.megabytes, m.drift,
               ratio, limits(c, m.cost), m.converged ? "" : "  NOT CONVERGED");
    std::fflush(stdout);
    sound = sound && m.converged;
  }
  fmt::print("beside: half-life, blocked, otp, same(kind) and 1 thread against the plain case of their size\n");
  print_peers(measured);
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace detente::bench

int main(int count, char** arguments) {
  return detente::bench::run_all(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
}
