// remstats: its help pages, for events without a direction.
#include <algorithm>
#include <cmath>

#include "elsewhere_standardized.hpp"

namespace detente::elsewhere {
namespace {

using P = const Past&;
using A = std::size_t;

double degree(P past, A i) {
  return sent(past, i, [&](A a, A b) { return past.count(a, b); });
}

double degree_min(P past, A i, A j) { return std::min(degree(past, i), degree(past, j)); }
double degree_max(P past, A i, A j) { return std::max(degree(past, i), degree(past, j)); }
double part(P past, A i) {
  return past.acts() > 0 ? degree(past, i) / (2 * past.acts()) : 1.0 / static_cast<double>(past.n());
}
double degree_difference(P past, A i, A j) { return std::abs(degree(past, i) - degree(past, j)); }

// Of the events that last, those under way.
double active_degree(P past, A i) {
  return sent(past, i, [&](A a, A b) { return in_force(past, a, b); });
}

double inertia(P past, A i, A j) { return past.count(i, j); }

template <double (*combine)(double, double)>
constexpr Definition sp = triads<Shape::to_third, inertia, inertia, combine>;

// How many of the two were among the last two.
std::size_t of_last_pair(P past, A i, A j) {
  const Act* last = past.last();
  if (last == nullptr) return 0;
  const auto among = [&](A actor) { return actor == last->from || actor == last->to ? 1U : 0U; };
  return among(i) + among(j);
}

}  // namespace

Definitions remstats_undirected() {
  return {
      {"inertia()", inertia},
      {"totaldegreeDyad()", [](P past, A i, A j) { return degree(past, i) + degree(past, j); }},
      {"degreeMin()", degree_min},
      {R"(degreeMin(scaling = "prop"))", [](P past, A i, A j) { return std::min(part(past, i), part(past, j)); }},
      {R"(degreeMin(scaling = "std"))", standardized<degree_min>},
      {"degreeMax()", degree_max},
      {R"(degreeMax(scaling = "prop"))", [](P past, A i, A j) { return std::max(part(past, i), part(past, j)); }},
      {R"(degreeMax(scaling = "std"))", standardized<degree_max>},
      {"degreeDiff()", degree_difference},
      {R"(degreeDiff(scaling = "std"))", standardized<degree_difference>},
      {"sp()", sp<smaller>},
      {"sp(unique = TRUE)", sp<both>},
      {R"(sp(scaling = "std"))", standardized<sp<smaller>>},
      {"spUnique()", sp<both>},
      {"psABAB()", [](P past, A i, A j) { return of_last_pair(past, i, j) == 2 ? 1.0 : 0.0; }},
      {"psABAY()", [](P past, A i, A j) { return of_last_pair(past, i, j) == 1 ? 1.0 : 0.0; }},
      {"recencyContinue()",
       [](P past, A i, A j) {
         return past.recency(
             [&](const Act& act) { return (act.from == i && act.to == j) || (act.from == j && act.to == i); });
       }},
      {"activeTie()", in_force},
      {"activeDegreeMin()", [](P past, A i, A j) { return std::min(active_degree(past, i), active_degree(past, j)); }},
      {"activeDegreeMax()", [](P past, A i, A j) { return std::max(active_degree(past, i), active_degree(past, j)); }},
      {"activeDegreeDyad()", [](P past, A i, A j) { return active_degree(past, i) + active_degree(past, j); }},
      {"activeSharedPartners()", triads<Shape::to_third, in_force, in_force, both>},
  };
}

}  // namespace detente::elsewhere
