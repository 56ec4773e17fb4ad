// What the packages' own documentation says of their effects, in loops over the acts so far.  Keys are the first column of
// docs/guide/effects_elsewhere.md.
#pragma once

#include <limits>
#include <map>
#include <string_view>

#include "elsewhere_world.hpp"

namespace detente::elsewhere {

// NaN = the page claims nothing here.
using Definition = double (*)(const Past&, std::size_t i, std::size_t j);
using Definitions = std::map<std::string_view, Definition>;
constexpr double no_claim = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] Definitions goldfish();
[[nodiscard]] Definitions remstats();
[[nodiscard]] Definitions remstats_undirected();
[[nodiscard]] Definitions relevent();
[[nodiscard]] Definitions eventnet();

// The legs to a third actor h: i -> h -> j, j -> h -> i, i -> h <- j, i <- h -> j.
enum class Shape { transitive, cyclic, to_third, from_third };
// Sum over third actors of combine(leg at i, leg at j).
template <Shape shape, Definition at_i, Definition at_j, double (*combine)(double, double)>
double triads(const Past& past, std::size_t i, std::size_t j) {
  constexpr bool away_from_i = shape == Shape::transitive || shape == Shape::to_third;
  constexpr bool away_from_j = shape == Shape::cyclic || shape == Shape::to_third;
  double total = 0;
  for (std::size_t h = 0; h < past.n(); ++h)
    if (h != i && h != j)
      total +=
          combine(away_from_i ? at_i(past, i, h) : at_i(past, h, i), away_from_j ? at_j(past, j, h) : at_j(past, h, j));
  return total;
}

// Participation shifts (Gibson 2003): whether i -> j after the last act A -> B is a turn of that kind.
enum class Turn { ab_ba, ab_by, ab_xa, ab_xb, ab_xy, ab_ay, ab_ab };
[[nodiscard]] bool is_turn(const Past& past, std::size_t i, std::size_t j, Turn turn);
template <Turn turn>
double shift(const Past& past, std::size_t i, std::size_t j) {
  return is_turn(past, i, j, turn) ? 1 : 0;
}
// 1 / rank of j among those to whom i sent, or from whom i received, the latest first; 0 for one who is not among them.
[[nodiscard]] double rank_of_sent(const Past& past, std::size_t i, std::size_t j);
[[nodiscard]] double rank_of_received(const Past& past, std::size_t i, std::size_t j);

}  // namespace detente::elsewhere
