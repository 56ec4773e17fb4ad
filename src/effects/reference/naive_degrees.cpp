#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

double raw_degree(const Given& g, const History& h, ActorId actor) {
  const std::string of = g.text(1, "of_degree", "total");
  double sum = 0;
  for (ActorId other = 0; other < h.record->actors.size(); ++other) {
    if (of != "in") sum += weight(h, g.trace(), actor, other);
    if (of != "out") sum += weight(h, g.trace(), other, actor);
  }
  return sum;
}

double degree(const Given& g, const History& h, ActorId actor) {
  const std::string scale = g.text(2, "scale", "raw");
  if (scale == "raw") return raw_degree(g, h, actor);
  double everybody = 0;
  for (ActorId a = 0; a < h.record->actors.size(); ++a) everybody += raw_degree(g, h, a);
  if (everybody > 0) return raw_degree(g, h, actor) / everybody;
  return scale == "even" ? 1 / present_count(h) : 0;
}

}  // namespace

NaiveEffects naive_degrees() {
  return {
      {"degree_min", [](const Given& g, const History& h, ActorId i,
                        ActorId j) { return std::min(degree(g, h, i), degree(g, h, j)); }},
      {"degree_max", [](const Given& g, const History& h, ActorId i,
                        ActorId j) { return std::max(degree(g, h, i), degree(g, h, j)); }},
      {"degree_difference", [](const Given& g, const History& h, ActorId i,
                               ActorId j) { return std::abs(degree(g, h, i) - degree(g, h, j)); }},
      {"total_share",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         double everybody = 0;
         const std::size_t actors = h.record->actors.size();
         for (ActorId a = 0; a < actors; ++a)
           for (ActorId b = h.directed ? 0 : a; b < actors; ++b) everybody += weight(h, g.trace(), a, b);
         return everybody > 0 ? weight(h, g.trace(), i, j) / everybody : 0;
       }},
  };
}

}  // namespace detente::reference
