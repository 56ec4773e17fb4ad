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

// Seconds of the fastest of five calls, so that what else the machine does counts little.
template <class Work>
double fastest(const Work& work) {
  double least = 1e300;
  for (int k = 0; k < 5; ++k) least = std::min(least, cost_of(work).wall);
  return least;
}

// Reads every column and opinion and writes every opinion once, in order and with nothing else to do: the same bytes as a
// sweep whose ties never leave the cache.
double read_in_order(const Network& network, const LargeVector<float>& x, LargeVector<float>& next, unsigned threads) {
  const std::uint32_t* columns = network.columns().data();
  const std::size_t degree = network.regular_degree();
  return fastest([&] {
    for_people(network.people(), threads, [&](std::size_t first, std::size_t last) {
      std::uint32_t bits = 0;
      for (std::size_t e = first * degree; e < last * degree; ++e) bits ^= columns[e];
      const float seen = bits == 1 ? 1.0F : 0.0F;  // so that the reading is not left out
      for (std::size_t i = first; i < last; ++i) next[i] = x[i] + seen;
    });
  });
}

void sweeps(std::size_t people, std::uint32_t ties) {
  const Network network = Network::stored(NetworkRule{people, ties});
  const LargeVector<float> susceptibility(people, 0.8F);
  LargeVector<float> x(people);
  for (std::size_t i = 0; i < people; ++i) x[i] = static_cast<float>(i * 7919 % 1000) / 1000;
  const LargeVector<float> start = x;
  LargeVector<float> next(people);
  const double edges = static_cast<double>(people) * ties;
  fmt::print("{} people, {} ties each, {:.0f} MB of columns\n", people, ties, edges * 4e-6);
  fmt::print("  {:<22} {:>7} {:>10} {:>14} {:>22}\n", "", "threads", "ms", "1e9 edges/s", "of memory's limit");
  for (const unsigned threads : {1U, 2U}) {
    const double limit = read_in_order(network, x, next, threads);
    const auto line = [&](const char* name, double wall) {
      fmt::print("  {:<22} {:>7} {:>10.1f} {:>14.2f} {:>20.0f} %\n", name, threads, 1e3 * wall, 1e-9 * edges / wall,
                 100 * limit / wall);
    };
    line("reading in order", limit);
    line("degroot", fastest([&] { degroot_sweep<float>(network, 0.5F, x, next, threads); }));
    line("friedkin-johnsen",
         fastest([&] { friedkin_johnsen_sweep<float>(network, susceptibility, start, x, next, threads); }));
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
