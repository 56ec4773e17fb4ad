// Publics at size: sweeps of the models, through the interface of layers, over 10^7 people with 10 ties each in order of
// locality, beside what the memory of this machine can give for the bytes they need in the same run; and followers, 10^6
// people by 8 leaders.  On one thread and on two.
//   build/release/publics_bench [PEOPLE]
#include <algorithm>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "bench/measure.hpp"
#include "layers/publics/averaging.hpp"
#include "layers/publics/degroot.hpp"
#include "layers/publics/follower_flow.hpp"
#include "layers/publics/friedkin_johnsen.hpp"

namespace detente::bench {
namespace {

constexpr int rounds = 15;  // the fastest of them counts, so that what else the machine does counts little

template <class Work>
double fastest(const Work& work) {
  double least = 1e300;
  for (int k = 0; k < rounds; ++k) least = std::min(least, cost_of(work).wall);
  return least;
}

// The state of a sweep, beside the model, to measure what memory allows.
struct Streams {
  Streams(std::size_t people, std::uint32_t ties_of_each)
      : ties(ties_of_each), columns(people * ties), susceptibility(people), x(people), start(people), next(people) {}
  std::size_t ties;
  LargeVector<std::uint32_t> columns;
  LargeVector<double> susceptibility;
  LargeVector<double> x;
  LargeVector<double> start;
  LargeVector<double> next;
};

struct SweptModel {
  const char* name;
  Layer layer;
  bool anchored;  // reads start and susceptibility besides
  bool by_rule;   // reads no columns
};

// The bytes that a sweep needs, each read or written once in order with nothing else to do: every column unless ties are
// by rule, x and next, and if anchored start and susceptibility.
void read_in_order(Streams& of, const SweptModel& model, unsigned threads) {
  for_people(of.x.size(), threads, [&](std::size_t first, std::size_t last) {
    std::uint32_t bits = 0;
    if (!model.by_rule)
      for (std::size_t e = first * of.ties; e < last * of.ties; ++e) bits ^= of.columns[e];
    const double seen = bits == 1 ? 1.0 : 0.0;  // so that the reading is not left out
    if (model.anchored)
      for (std::size_t i = first; i < last; ++i) of.next[i] = of.x[i] + of.start[i] + of.susceptibility[i] + seen;
    else
      for (std::size_t i = first; i < last; ++i) of.next[i] = of.x[i] + seen;
  });
}

// The limit and the model take turns, so that both see the same machine.
void compare(SweptModel& model, Streams& streams, unsigned threads) {
  double limit = 1e300;
  double wall = 1e300;
  const Signals seen;
  LayerStep day{};
  day.days = 1;
  day.threads = threads;
  for (int k = 0; k < rounds; ++k) {
    limit = std::min(limit, cost_of([&] { read_in_order(streams, model, threads); }).wall);
    wall = std::min(wall, cost_of([&] { model.layer.flow(day, seen); }).wall);
  }
  const auto edges = static_cast<double>(streams.columns.size());
  fmt::print("  {:<30} {:>7} {:>8.1f} {:>12.2f} {:>14.2f} {:>9.2f}\n", model.name, threads, 1e3 * wall,
             1e-9 * edges / wall, 1e-9 * edges / limit, wall / limit);
}

template <class Model>
SweptModel swept(const char* name, std::size_t people, std::uint32_t ties, bool anchored, bool by_rule) {
  GivenSettings given{{"people", {static_cast<double>(people)}},
                      {"network", {std::string("regular")}},
                      {"ties", {static_cast<double>(ties)}},
                      {"generated", {by_rule}}};
  return {name, Layer(Model(Settings(std::move(given), Model::doc.settings, "publics", "bench"), {}, {})), anchored,
          by_rule};
}

// The models as the world runs them, in double precision.
void sweeps(std::size_t people, std::uint32_t ties) {
  Streams streams(people, ties);
  fmt::print("{} people, {} ties each\n", people, ties);
  fmt::print("  {:<30} {:>7} {:>8} {:>12} {:>14} {:>9}\n", "", "threads", "ms", "1e9 edges/s", "memory allows",
             "times it");
  for (const bool by_rule : {false, true}) {
    SweptModel degroot = swept<DeGroot>(by_rule ? "degroot, ties by rule" : "degroot", people, ties, false, by_rule);
    for (const unsigned threads : {1U, 2U}) compare(degroot, streams, threads);
    SweptModel anchored = swept<FriedkinJohnsen>(by_rule ? "friedkin-johnsen, ties by rule" : "friedkin-johnsen",
                                                 people, ties, true, by_rule);
    for (const unsigned threads : {1U, 2U}) compare(anchored, streams, threads);
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
