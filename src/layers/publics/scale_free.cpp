#include <algorithm>

#include "layers/publics/generators.hpp"

namespace detente {

// An end of a tie drawn at random is a person drawn by degree.  The first ties/2 + 1 people all know each other.
std::vector<NetworkEdge> scale_free(std::size_t people, std::uint32_t ties, const LayerDraws& draws) {
  const std::size_t each = ties / 2;
  std::vector<std::uint32_t> ends;
  std::vector<NetworkEdge> edges;
  ends.reserve(people * ties);
  edges.reserve(people * ties);
  const auto tie = [&](std::size_t i, std::size_t j) {
    edges.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
    ends.push_back(static_cast<std::uint32_t>(i));
    ends.push_back(static_cast<std::uint32_t>(j));
  };
  for (std::size_t i = 0; i <= each && i < people; ++i)
    for (std::size_t j = 0; j < i; ++j) tie(i, j);
  std::vector<std::uint32_t> chosen;
  for (std::size_t i = each + 1; i < people; ++i) {
    chosen.clear();
    for (std::uint32_t draw = 0; chosen.size() < each; ++draw) {
      const double u = uniform(draws.key(Purpose::network, static_cast<std::uint32_t>(i), draw));
      const std::uint32_t j = ends[static_cast<std::size_t>(u * static_cast<double>(ends.size()))];
      if (std::find(chosen.begin(), chosen.end(), j) == chosen.end()) chosen.push_back(j);
    }
    for (const std::uint32_t j : chosen) tie(i, j);
  }
  return both_ways(std::move(edges));
}

}  // namespace detente
