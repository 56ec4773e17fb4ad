#include "hazard/weighted_line.hpp"

#include <algorithm>
#include <array>

#include "hazard/line_moments.hpp"

namespace detente {
namespace {

struct LineMap {
  std::size_t own_first, own_count, partner_first, partner_count;
  [[nodiscard]] bool is_own(std::size_t p) const { return p >= own_first && p < own_first + own_count; }
  [[nodiscard]] std::size_t position(std::size_t p) const {
    if (p == 0 || is_own(p)) return 0;
    const bool partner = p >= partner_first && p < partner_first + partner_count;
    return partner ? 1 + p - partner_first : p - own_count;
  }
};

}  // namespace

void add_weighted(const WeightedLine& line, const Shape& shape, std::size_t size, double* sum) {
  const std::size_t s = shape.sender, r = shape.receiver;
  const LineMap map = line.is_row ? LineMap{1, s, 1 + s, r} : LineMap{1 + s, r, 1, s};
  const std::size_t line_size = size - map.own_count;
  const double weight = line.sign * line.own.weight(line.actor);
  std::array<double, most_positions> factor;
  std::array<std::size_t, most_positions> position;
  for (std::size_t p = 0; p < size; ++p) {
    factor[p] = map.is_own(p) ? line.own.value(p - map.own_first, line.actor) : 1.0;
    position[p] = map.position(p);
  }
  for (std::size_t p = 0; p < size; ++p) {
    const double wp = weight * factor[p];
    for (std::size_t q = p; q < size; ++q) {
      const auto [low, high] = std::minmax(position[p], position[q]);
      sum[p * size + q] += wp * factor[q] * line.moments[triangle_at(line_size, low, high)];
    }
  }
}

}  // namespace detente
