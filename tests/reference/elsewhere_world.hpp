// A random record as lists of plain numbers, which definitions of other packages read in loops, and the same record as a
// folder, which the program reads.  Events have times of their own; all actors are present from the start.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/test_folder.hpp"

namespace detente::elsewhere {

enum Kind { trade, visit, blame };  // material and verbal cooperation, verbal conflict

struct Act {
  double time;
  std::size_t from, to;
  Kind kind;
  double weight;
};

struct Lasting {  // a tie between two
  std::size_t a, b;
  double start, end;
};

struct World {
  std::size_t actors = 0;
  std::vector<Act> acts;
  std::vector<Lasting> ties;
  std::vector<double> size, later_size, wealth;  // by actor; `size` changes for all of them at one time
  double size_changes = 0;
  std::vector<bool> red;                       // camp
  std::vector<std::vector<double>> closeness;  // by sender and receiver
  bool directed = true;
};

[[nodiscard]] World make_world(std::uint64_t seed, bool directed);
// Files of the record; those of pairs and times only `with_tables`.
void write_world(const World& world, const TestFolder& folder, bool with_tables);

// What a package knows just before an act: the ones before it.
class Past {
 public:
  Past(const World& of, std::size_t act) : world(of), now(of.acts[act].time), known_(act) {}

  const World& world;
  const double now;

  [[nodiscard]] std::size_t n() const { return world.actors; }
  // Sum over the acts known from i to j, or between them where acts have no direction.
  using Weigh = std::function<double(const Act&)>;
  [[nodiscard]] double sum(std::size_t i, std::size_t j, const Weigh& weigh) const;
  [[nodiscard]] double count(std::size_t i, std::size_t j) const;
  [[nodiscard]] double count(std::size_t i, std::size_t j, Kind kind) const;
  [[nodiscard]] double weight(std::size_t i, std::size_t j) const;
  [[nodiscard]] double faded(std::size_t i, std::size_t j) const;  // half-life 10
  [[nodiscard]] double acts() const { return static_cast<double>(known_); }
  [[nodiscard]] const Act* last() const { return known_ == 0 ? nullptr : &world.acts[known_ - 1]; }
  // 1 / (1 + time since the last act that fits), 0 when there is none.
  [[nodiscard]] double recency(const std::function<bool(const Act&)>& fits) const;
  [[nodiscard]] double size(std::size_t i) const {
    return now >= world.size_changes ? world.later_size[i] : world.size[i];
  }

 private:
  std::size_t known_;
};

using Count = std::function<double(std::size_t, std::size_t)>;

[[nodiscard]] double sent(const Past& past, std::size_t i, const Count& count);
[[nodiscard]] double received(const Past& past, std::size_t i, const Count& count);
[[nodiscard]] double in_force(const Past& past, std::size_t i, std::size_t j);  // 1 where a tie is
[[nodiscard]] double smaller(double a, double b);
[[nodiscard]] double product(double a, double b);
[[nodiscard]] double both(double a, double b);  // 1 where both are above 0

}  // namespace detente::elsewhere
