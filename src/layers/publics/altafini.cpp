#include "layers/publics/altafini.hpp"

#include <cmath>

#include <fmt/format.h>

#include "layers/publics/averaging.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"
#include "layers/publics/runge_kutta.hpp"

namespace detente {
namespace {

constexpr SettingDoc own_settings[] = {
    {"frustrated", SettingKind::number, "0", "share",
     "ties whose sign is turned against the two camps; 0: balanced.  Not of an edge list with signs", 0, 1},
    {"issues", SettingKind::whole, "1", "issues", "held by each person, independent at the start", 1, 64},
    {"unit", SettingKind::duration, "1d", "", "the unit of time of the equation"},
    {"tolerance", SettingKind::number, "1e-8", "opinion", "error of a step", 1e-14, 1e-2},
};
constexpr auto settings = with_network(own_settings, network_settings);

// The network with every tie of weight ±1/(mean degree), so that one unit of time is one round of ties.  Camps are the two
// halves of people by a fair coin; both ends of a tie see the same sign.
Network with_signs(Network network, double frustrated, const LayerDraws& draws) {
  const auto camp = [&](std::uint32_t i) { return uniform(draws.key(Purpose::network, i, UINT32_MAX)) < 0.5; };
  const auto turned = [&](std::uint32_t i, std::uint32_t j) {
    LayerDraws of_pairs = draws;
    of_pairs.seed ^= 0x5349474eU;  // entity and step hold the pair, so its stream is another
    return uniform(of_pairs.key(Purpose::network, std::min(i, j), std::max(i, j))) < frustrated;
  };
  const auto size = static_cast<float>(static_cast<double>(network.people()) / static_cast<double>(network.ties()));
  std::vector<float> weights;
  weights.reserve(network.ties());
  for (std::size_t person = 0; person < network.people(); ++person) {
    const auto i = static_cast<std::uint32_t>(person);
    network.for_ties(i, [&](std::uint32_t j, float) {
      const bool hostile = (camp(i) != camp(j)) != turned(i, j);
      weights.push_back(hostile ? -size : size);
    });
  }
  network.weigh(std::move(weights));
  return network;
}

Network signed_network(const Settings& given, const LayerDraws& draws) {
  Network network = make_network(given, draws);
  if (network.is_complete()) {
    const auto people = static_cast<double>(network.people());
    require_memory(network_bytes(people, people * people, true),
                   fmt::format("a complete network of {} people with signs", network.people()), {},
                   "network = \"small-world\"");
    std::vector<NetworkEdge> edges;
    edges.reserve(network.ties());
    for (std::uint32_t i = 0; i < network.people(); ++i)
      network.for_ties(i, [&](std::uint32_t j, float) { edges.push_back({i, j}); });
    network = Network::stored(network.people(), edges);
  }
  if (!network.is_stored()) given.wrong("generated", "signs need a stored network");
  return network.weighted() ? network : with_signs(std::move(network), given.number("frustrated"), draws);
}

}  // namespace

const LayerDoc Altafini::doc{
    .layer = "publics",
    .model = "altafini",
    .summary = "Signed ties: balanced publics split in two, others lose their opinions.",
    .equation = "dx_i/dt = sum_j |w_ij| (sign(w_ij) x_j - x_i)",
    .source = "Altafini (2013), eq. 5",
    .time = "a day is 1/unit of the unit of time; ties weigh ±1/(mean degree)",
    .hypothesis = "camps are drawn by a fair coin and starts are uniform on [-1, 1], unless an edge list brings signs",
    .settings = settings,
    .read_outs = opinion_read_outs};

Altafini::Altafini(const Settings& given, const Cast&, const LayerDraws& draws)
    : network_(signed_network(given, draws)), tolerance_(given.number("tolerance")), unit_(given.days("unit")) {
  for (std::uint32_t issue = 0; issue < given.whole("issues"); ++issue)
    opinions_.push_back(drawn_opinions(network_.people(), -1, 1, issue, draws));
}

Altafini::Altafini(Network network, std::vector<double> start, double tolerance)
    : network_(std::move(network)), opinions_{std::move(start)}, tolerance_(tolerance) {}

void Altafini::advance(double time, unsigned threads) {
  const auto slope = [&](std::span<const double> x, std::span<double> change) {
    for_people(x.size(), threads, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        double sum = 0;
        network_.for_ties(i, [&](std::uint32_t j, float weight) {
          const auto w = static_cast<double>(weight);
          sum += w * x[j] - std::abs(w) * x[i];
        });
        change[i] = sum;
      }
    });
  };
  for (std::vector<double>& x : opinions_) integrate(x, time, tolerance_, step_, slope);
}

void Altafini::flow(const LayerStep& step, const Signals&) { advance(step.days / unit_, step.threads); }

void Altafini::observe(ReadOuts& out) const { observe_opinions(opinions_, -1, 1, &network_, out); }

}  // namespace detente
