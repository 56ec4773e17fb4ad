#include "layers/publics/opinions.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {

void require_opinions(std::size_t people, std::size_t columns) {
  require_memory(8 * static_cast<double>(people) * static_cast<double>(columns),
                 fmt::format("opinions of {} people", people), {});
}

std::vector<double> drawn_opinions(std::size_t people, double least, double most, std::uint32_t column,
                                   const LayerDraws& draws) {
  require_opinions(people, 1);
  std::vector<double> x(people);
  for (std::size_t i = 0; i < people; ++i)
    x[i] = least + (most - least) * uniform(draws.key(Purpose::layer_start, static_cast<std::uint32_t>(i), column));
  return x;
}

std::vector<double> drawn_trait(std::size_t people, double mean, double spread, std::uint32_t column,
                                const LayerDraws& draws) {
  std::vector<double> trait = drawn_opinions(people, mean - spread, mean + spread, first_trait_column + column, draws);
  for (double& value : trait) value = std::clamp(value, 0.0, 1.0);
  return trait;
}

}  // namespace detente
