#include "layers/publics/generators.hpp"

namespace detente {

std::vector<NetworkEdge> small_world(std::size_t people, std::uint32_t ties, double rewire, const LayerDraws& draws) {
  std::vector<NetworkEdge> edges;
  edges.reserve(people * ties);
  for (std::size_t i = 0; i < people; ++i)
    for (std::uint32_t k = 0; k < ties / 2; ++k) {
      const auto person = static_cast<std::uint32_t>(i);
      const auto draw = uniform_pair(draws.key(Purpose::network, person, k));
      std::size_t other = (i + k + 1) % people;
      if (draw[0] < rewire) {
        other = static_cast<std::size_t>(draw[1] * static_cast<double>(people - 1));
        if (other >= i) ++other;
      }
      edges.push_back({person, static_cast<std::uint32_t>(other)});
    }
  return both_ways(std::move(edges));
}

}  // namespace detente
