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

// Participation shifts (Gibson 2003): whether i -> j after the last act A -> B is a turn of that kind.
enum class Turn { ab_ba, ab_by, ab_xa, ab_xb, ab_xy, ab_ay, ab_ab };
[[nodiscard]] bool is_turn(const Past& past, std::size_t i, std::size_t j, Turn turn);
// 1 / rank of j among those whom `partner` finds, the latest first; 0 for one who is not among them.
[[nodiscard]] double rank_of_sent(const Past& past, std::size_t i, std::size_t j);
[[nodiscard]] double rank_of_received(const Past& past, std::size_t i, std::size_t j);

}  // namespace detente::elsewhere
