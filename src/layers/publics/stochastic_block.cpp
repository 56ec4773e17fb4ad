#include "layers/publics/generators.hpp"

namespace detente {

std::vector<NetworkEdge> stochastic_block(std::size_t people, std::uint32_t ties, std::size_t blocks, double mixing,
                                          const LayerDraws& draws) {
  const auto first_of = [&](std::size_t block) { return block * people / blocks; };
  std::vector<NetworkEdge> edges;
  edges.reserve(people * ties);
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t first = first_of(block);
    const std::size_t size = first_of(block + 1) - first;
    for (std::size_t i = first; i < first + size; ++i)
      for (std::uint32_t k = 0; k < ties / 2; ++k) {
        const auto draw = uniform_pair(draws.key(Purpose::network, static_cast<std::uint32_t>(i), k));
        const bool away = draw[0] < mixing && size < people;
        // Away: anybody of the others, who stand after this block around the ring of people.
        const std::size_t j =
            away ? (first + size + static_cast<std::size_t>(draw[1] * static_cast<double>(people - size))) % people
                 : first + static_cast<std::size_t>(draw[1] * static_cast<double>(size));
        edges.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
      }
  }
  return both_ways(std::move(edges));
}

}  // namespace detente
