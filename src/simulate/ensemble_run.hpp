// Many replicates of one scenario.  A replicate depends on the scenario, the seed and its own number alone: the same bits on
// any number of threads, in any order, alone, or taken up again from a checkpoint.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulate/world.hpp"

namespace detente {

// What one replicate leaves behind.
struct ReplicatePath {
  std::vector<double> values;  // [moment][read-out]; moment 0 is the start
  std::vector<Happening> happenings{};
  bool exploded = false;
};

struct SimulationOptions {
  std::size_t first = 0;       // replicate
  std::size_t replicates = 1;  // so many from there
  unsigned threads = 0;        // 0 = all
  std::function<void(double share)> progress{};
  std::function<bool()> cancelled{};
  // A replicate that is known already, and one that has ended: from several threads, one at a time.
  std::function<std::optional<ReplicatePath>(std::size_t replicate)> known{};
  std::function<void(std::size_t replicate, const ReplicatePath&)> done{};
};

struct SimulationRun {
  std::vector<std::string> names;  // of read-outs
  std::vector<Time> times;         // of moments
  std::size_t first = 0;
  std::vector<ReplicatePath> paths;
  std::vector<SimulatedAct> acts{};  // of the first replicate
  bool cancelled = false;            // some replicates are missing, and so are their paths

  [[nodiscard]] std::size_t exploded() const;
  [[nodiscard]] double value(std::size_t path, std::size_t moment, std::size_t read_out) const {
    return paths[path].values[moment * names.size() + read_out];
  }
  [[nodiscard]] std::size_t find(std::string_view name) const;  // no_id when it is not there
  // One hash of all values: equal for any number of threads.
  [[nodiscard]] std::string hash() const;
};

// Throws Error when the paths do not fit in memory.
[[nodiscard]] SimulationRun run_simulation(const WorldStart& start, const SimulationOptions& options);

// What the layers brought about: in which replicates, and when for the first time in each.
struct HappeningSummary {
  std::string what;
  ActorId who;
  ActorId whom;
  std::vector<double> first;  // a time for each replicate in which it happened
  [[nodiscard]] double share(const SimulationRun& run) const {
    return static_cast<double>(first.size()) / static_cast<double>(run.paths.size());
  }
};
[[nodiscard]] std::vector<HappeningSummary> happenings_of(const SimulationRun& run);

// How values spread over replicates, unknown ones left out.  NaN where none is known.
struct Band {
  double mean, error;  // standard error of the mean
  double low95, low80, low50, median, high50, high80, high95;
};
[[nodiscard]] Band band_of(std::vector<double> values);
[[nodiscard]] Band band(const SimulationRun& run, std::size_t moment, std::size_t read_out);
// Of the differences between the same replicates of two runs: common random numbers.
[[nodiscard]] Band difference(const SimulationRun& branch, const SimulationRun& base, std::size_t moment,
                              std::size_t read_out);

}  // namespace detente
