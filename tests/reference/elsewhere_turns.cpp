#include <algorithm>
#include <vector>

#include "elsewhere_definitions.hpp"

namespace detente::elsewhere {
namespace {

Turn turn_of(std::size_t a, std::size_t b, std::size_t i, std::size_t j) {
  if (i == a) return j == b ? Turn::ab_ab : Turn::ab_ay;
  if (i == b) return j == a ? Turn::ab_ba : Turn::ab_by;
  return j == a ? Turn::ab_xa : j == b ? Turn::ab_xb : Turn::ab_xy;
}

double rank_among(const std::vector<std::size_t>& latest_first, std::size_t wanted) {
  const auto found = std::find(latest_first.begin(), latest_first.end(), wanted);
  return found == latest_first.end() ? 0 : 1 / static_cast<double>(found - latest_first.begin() + 1);
}

}  // namespace

bool is_turn(const Past& past, std::size_t i, std::size_t j, Turn turn) {
  const Act* last = past.last();
  return last != nullptr && turn_of(last->from, last->to, i, j) == turn;
}

double rank_of_sent(const Past& past, std::size_t i, std::size_t j) {
  std::vector<std::size_t> partners;  // moved to the front with each act
  for (std::size_t k = 0; k < static_cast<std::size_t>(past.acts()); ++k) {
    const Act& act = past.world.acts[k];
    if (act.from != i) continue;
    std::erase(partners, act.to);
    partners.insert(partners.begin(), act.to);
  }
  return rank_among(partners, j);
}

double rank_of_received(const Past& past, std::size_t i, std::size_t j) {
  std::vector<std::size_t> partners;
  for (std::size_t k = 0; k < static_cast<std::size_t>(past.acts()); ++k) {
    const Act& act = past.world.acts[k];
    if (act.to != i) continue;
    std::erase(partners, act.from);
    partners.insert(partners.begin(), act.from);
  }
  return rank_among(partners, j);
}

}  // namespace detente::elsewhere
