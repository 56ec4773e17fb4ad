// Networks to draw, each in a file of its own.  Draws are keyed by Purpose::network.  All are undirected: a tie is stored
// from both ends.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "layers/layer.hpp"
#include "layers/publics/network.hpp"

namespace detente {

// Watts & Strogatz (1998): a ring of `ties` nearest, whose far ends move to anybody with probability `rewire`.
[[nodiscard]] std::vector<NetworkEdge> small_world(std::size_t people, std::uint32_t ties, double rewire,
                                                   const LayerDraws& draws);

// Barabási & Albert (1999): newcomers tie to ties/2 people, with probability in proportion to their degree.
[[nodiscard]] std::vector<NetworkEdge> scale_free(std::size_t people, std::uint32_t ties, const LayerDraws& draws);

// Stochastic block model (Holland, Laskey & Leinhardt 1983) with `blocks` of equal size, numbered one after the other:
// people * ties/2 ties, each to another block with probability `mixing`; a pair drawn twice is one tie.
[[nodiscard]] std::vector<NetworkEdge> stochastic_block(std::size_t people, std::uint32_t ties, std::size_t blocks,
                                                        double mixing, const LayerDraws& draws);

struct EdgeList {
  std::size_t people = 0;
  std::vector<NetworkEdge> edges;
};

// A file of SNAP's form: '#' comments; two ids a line, and perhaps a weight; tied from both ends, once for each pair.
// Ids are numbered as they come.  Throws Error with file and line.
[[nodiscard]] EdgeList read_edge_list(const std::string& path);

// Each pair once, then both ways.  No ties to oneself.
[[nodiscard]] std::vector<NetworkEdge> both_ways(std::vector<NetworkEdge> edges);

// What every model of publics can be told of its network, and the network.
inline constexpr SettingDoc network_settings[] = {
    {"people", SettingKind::whole, "10000", "people", "how many", 2, 4e9},
    {"network", SettingKind::word, "complete", "", "who listens to whom", 0, 0,
     "complete|regular|small-world|stochastic-block|scale-free|edge-list"},
    {"ties", SettingKind::whole, "10", "ties of a person", "mean degree, even", 2, 10000},
    {"rewire", SettingKind::number, "0.1", "share", "of ties that lead anywhere, of small-world", 0, 1},
    {"blocks", SettingKind::whole, "2", "blocks", "of stochastic-block", 1, 1e6},
    {"mixing", SettingKind::number, "0.1", "share", "of ties to another block, of stochastic-block", 0, 1},
    {"file", SettingKind::word, "", "", "of edge-list: two ids a line, perhaps a weight; it says who the people are"},
    {"generated", SettingKind::flag, "false", "", "regular, small-world: ties by rule, directed, never stored"},
    {"ordered", SettingKind::flag, "true", "", "scale-free, edge-list: people are numbered so that ties are near"},
};

[[nodiscard]] Network make_network(const Settings& settings, const LayerDraws& draws);

template <std::size_t A, std::size_t B>
constexpr std::array<SettingDoc, A + B> with_network(const SettingDoc (&own)[A], const SettingDoc (&network)[B]) {
  std::array<SettingDoc, A + B> all{};
  for (std::size_t k = 0; k < A; ++k) all[k] = own[k];
  for (std::size_t k = 0; k < B; ++k) all[A + k] = network[k];
  return all;
}

}  // namespace detente
