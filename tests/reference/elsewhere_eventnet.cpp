// eventnet: Lerner & Lomi (2020) and its configurations.  w is an attribute of dyads with a half-life.
#include <algorithm>
#include <cmath>

#include "elsewhere_definitions.hpp"

namespace detente::elsewhere {
namespace {

using P = const Past&;
using A = std::size_t;

Count w(P past) {
  return [&past](A i, A j) { return past.faded(i, j); };
}

double friendly(P past, A i, A j) {
  return past.sum(i, j, [](const Act& act) { return act.kind == blame ? 0.0 : 1.0; }) +
         past.sum(j, i, [](const Act& act) { return act.kind == blame ? 0.0 : 1.0; });
}
double hostile(P past, A i, A j) { return past.count(i, j, blame) + past.count(j, i, blame); }

double faded(P past, A i, A j) { return past.faded(i, j); }
double trades(P past, A i, A j) { return past.count(i, j, trade); }
double visits(P past, A i, A j) { return past.count(i, j, visit); }

// Through a third node, where directions do not matter.
template <Definition at_source, Definition at_target>
constexpr Definition signed_triangle = triads<Shape::transitive, at_source, at_target, smaller>;

// 3 ties over two different nodes: i -> k <- l -> j.
double four_cycle(P past, A i, A j) {
  double total = 0;
  for (A k = 0; k < past.n(); ++k)
    for (A l = 0; l < past.n(); ++l)
      if (k != i && k != j && l != i && l != j && k != l)
        total += std::min({past.faded(i, k), past.faded(l, k), past.faded(l, j)});
  return total;
}

Definitions of_nodes() {
  return {
      {"DEGREE_STATISTIC, OUT of SOURCE (activity)", [](P past, A i, A) { return sent(past, i, w(past)); }},
      {"DEGREE_STATISTIC, IN of SOURCE", [](P past, A i, A) { return received(past, i, w(past)); }},
      {"DEGREE_STATISTIC, OUT of TARGET", [](P past, A, A j) { return sent(past, j, w(past)); }},
      {"DEGREE_STATISTIC, IN of TARGET (popularity)", [](P past, A, A j) { return received(past, j, w(past)); }},
      {"DEGREE_STATISTIC, SYM of SOURCE",
       [](P past, A i, A) { return sent(past, i, w(past)) + received(past, i, w(past)); }},
      {"DEGREE_STATISTIC, SYM of TARGET",
       [](P past, A, A j) { return sent(past, j, w(past)) + received(past, j, w(past)); }},
      {"product of activity and popularity (assortativity)",
       [](P past, A i, A j) { return sent(past, i, w(past)) * received(past, j, w(past)); }},
      {"NODE_STATISTIC, SOURCE, of an attribute that outgoing events increment",
       [](P past, A i, A) { return sent(past, i, w(past)); }},
      {"NODE_STATISTIC, TARGET, of an attribute that incoming events increment",
       [](P past, A, A j) { return received(past, j, w(past)); }},
      {"NODE_STATISTIC, SOURCE, of an attribute that is set (a covariate)",
       [](P past, A i, A) { return past.size(i); }},
      {"NODE_STATISTIC, TARGET, of an attribute that is set (a covariate)",
       [](P past, A, A j) { return past.size(j); }},
      {"node attribute of both, SUM", [](P past, A i, A j) { return past.size(i) + past.size(j); }},
      {"node attribute of both, AVERAGE", [](P past, A i, A j) { return (past.size(i) + past.size(j)) / 2; }},
      {"node attribute of both, MIN", [](P past, A i, A j) { return std::min(past.size(i), past.size(j)); }},
      {"node attribute of both, MAX", [](P past, A i, A j) { return std::max(past.size(i), past.size(j)); }},
      {"node attribute of both, PRODUCT", [](P past, A i, A j) { return past.size(i) * past.size(j); }},
      {"node attribute of both, ABSDIFF", [](P past, A i, A j) { return std::abs(past.size(i) - past.size(j)); }},
  };
}

Definitions of_triangles() {
  return {
      {"TRIANGLE_STATISTIC, source to third to target (transitive), MIN",
       triads<Shape::transitive, faded, faded, smaller>},
      {"TRIANGLE_STATISTIC, target to third to source (cyclic), MIN", triads<Shape::cyclic, faded, faded, smaller>},
      {"TRIANGLE_STATISTIC, both to the third, MIN", triads<Shape::to_third, faded, faded, smaller>},
      {"TRIANGLE_STATISTIC, the third to both, MIN", triads<Shape::from_third, faded, faded, smaller>},
      {"TRIANGLE_STATISTIC, source to third to target, PRODUCT", triads<Shape::transitive, faded, faded, product>},
      {"TRIANGLE_STATISTIC over two attributes, MIN", triads<Shape::transitive, trades, visits, smaller>},
      {"friend of friend: TRIANGLE_STATISTIC, SYM, cooperation and cooperation, MIN",
       signed_triangle<friendly, friendly>},
      {"friend of enemy: TRIANGLE_STATISTIC, SYM, conflict and cooperation, MIN", signed_triangle<hostile, friendly>},
      {"enemy of friend: TRIANGLE_STATISTIC, SYM, cooperation and conflict, MIN", signed_triangle<friendly, hostile>},
      {"enemy of enemy: TRIANGLE_STATISTIC, SYM, conflict and conflict, MIN", signed_triangle<hostile, hostile>},
      {"FOUR_CYCLE_STATISTIC, MIN", four_cycle},
  };
}

}  // namespace

Definitions eventnet() {
  Definitions all{
      {"DYAD_STATISTIC, OUT (repetition)", [](P past, A i, A j) { return past.faded(i, j); }},
      {"DYAD_STATISTIC, IN (reciprocation)", [](P past, A i, A j) { return past.faded(j, i); }},
      {"DYAD_STATISTIC, SYM", [](P past, A i, A j) { return past.faded(i, j) + past.faded(j, i); }},
      {"DYAD_STATISTIC, OUT, of the weights of events, ABS", [](P past, A i, A j) { return past.weight(i, j); }},
      {"DYAD_STATISTIC of an attribute that is set (a covariate)",
       [](P past, A i, A j) { return past.world.closeness[i][j]; }},
      {"function LOG1P", [](P past, A i, A j) { return std::log(1 + past.faded(i, j)); }},
      {"function SQRT", [](P past, A i, A j) { return std::sqrt(past.faded(i, j)); }},
  };
  all.merge(of_nodes());
  all.merge(of_triangles());
  return all;
}

}  // namespace detente::elsewhere
