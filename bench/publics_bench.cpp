// Publics at size: sweeps over 10^7 people with 10 ties each in order of locality, beside what the memory of this machine can
// give for the same bytes in the same run; and followers, 10^6 people by 8 leaders.  On one thread and on two.
//   build/release/publics_bench [PEOPLE]
#include <algorithm>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "bench/measure.hpp"
#include "layers/publics/averaging.hpp"
#include "layers/publics/follower_flow.hpp"

namespace detente::bench {
namespace {

constexpr int rounds = 15;  // the fastest of them counts, so that what else the machine does counts little

template <class Work>
double fastest(const Work& work) {
  double least = 1e300;
  for (int k = 0; k < rounds; ++k) least = std::min(least, cost_of(work).wall);
  return least;
}

struct Public {
  explicit Public(std::size_t people, std::uint32_t ties)
      : network(Network::stored(NetworkRule{people, ties})), susceptibility(people, 0.8F), x(people), next(people) {
    for (std::size_t i = 0; i < people; ++i) x[i] = static_cast<float>(i * 7919 % 1000) / 1000;
    start = x;
  }
  Network network;
  LargeVector<float> susceptibility;
  LargeVector<float> x;
  LargeVector<float> start;
  LargeVector<float> next;
};

// The bytes of a sweep, each read or written once in order with nothing else to do: every column, x and next, and if
// `anchored` start and susceptibility.
void read_in_order(Public& of, bool anchored, unsigned threads) {
  const std::uint32_t* columns = of.network.columns().data();
  const std::size_t degree = of.network.regular_degree();
  for_people(of.network.people(), threads, [&](std::size_t first, std::size_t last) {
    std::uint32_t bits = 0;
    for (std::size_t e = first * degree; e < last * degree; ++e) bits ^= columns[e];
    const float seen = bits == 1 ? 1.0F : 0.0F;  // so that the reading is not left out
    if (anchored)
      for (std::size_t i = first; i < last; ++i) of.next[i] = of.x[i] + of.start[i] + of.susceptibility[i] + seen;
    else
      for (std::size_t i = first; i < last; ++i) of.next[i] = of.x[i] + seen;
  });
}

// The limit and the sweep take turns, so that both see the same machine.
template <class Sweep>
void compare(const char* name, Public& of, bool anchored, unsigned threads, const Sweep& sweep) {
  double limit = 1e300;
  double wall = 1e300;
  for (int k = 0; k < rounds; ++k) {
    limit = std::min(limit, cost_of([&] { read_in_order(of, anchored, threads); }).wall);
    wall = std::min(wall, cost_of(sweep).wall);
  }
  const auto edges = static_cast<double>(of.network.ties());
  fmt::print("  {:<18} {:>7} {:>8.1f} {:>12.2f} {:>16.2f} {:>12.2f}\n", name, threads, 1e3 * wall, 1e-9 * edges / wall,
             1e-9 * edges / limit, wall / limit);
}

void sweeps(std::size_t people, std::uint32_t ties) {
  Public of(people, ties);
  fmt::print("{} people, {} ties each, {:.0f} MB of columns\n", people, ties,
             4e-6 * static_cast<double>(of.network.ties()));
  fmt::print("  {:<18} {:>7} {:>8} {:>12} {:>16} {:>12}\n", "", "threads", "ms", "1e9 edges/s", "memory allows",
             "times it");
  for (const unsigned threads : {1U, 2U}) {
    compare("degroot", of, false, threads, [&] { degroot_sweep<float>(of.network, 0.5F, of.x, of.next, threads); });
    compare("friedkin-johnsen", of, true, threads,
            [&] { friedkin_johnsen_sweep<float>(of.network, of.susceptibility, of.start, of.x, of.next, threads); });
  }
}

void followers(std::size_t people, bool with_ties) {
  FollowerState state(people, 8);
  for (std::size_t i = 0; i < people; ++i)
    for (std::size_t l = 0; l < 8; ++l) state.at(i, l) = static_cast<float>((i * 31 + l * 17) % 200) / 100 - 1;
  state.start = state.affect;
  FollowerForces forces{0.6, 1, with_ties ? 0.3 : 0.0, std::vector<float>(64, -0.5F)};
  const Network network = Network::stored(NetworkRule{people, 10});
  for (const unsigned threads : {1U, 2U}) {
    const double wall = fastest([&] { step_followers(state, network, forces, 0.1, threads); });
    fmt::print("  {:<22} {:>7} {:>10.1f} {:>14.3f} e9 person-steps/s\n", with_ties ? "with 10 ties" : "without ties",
               threads, 1e3 * wall, 1e-9 * static_cast<double>(people) / wall);
  }
}

int run(std::size_t people) {
  sweeps(people, 10);
  fmt::print("followers: 1000000 people, 8 leaders\n");
  followers(1000000, false);
  followers(1000000, true);
  return 0;
}

}  // namespace
}  // namespace detente::bench

int main(int argc, char** argv) {
  return detente::bench::run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10000000);
}
