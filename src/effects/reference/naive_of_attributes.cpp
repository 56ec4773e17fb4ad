#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

double log_of(const Given& g, double number) {
  const double log = std::stod(g.text(1, "log", "nan"));
  return std::isnan(log) ? number : std::log(number + log);
}

}  // namespace

NaiveEffects naive_of_attributes() {
  return {
      {"difference", [](const Given& g, const History& h, ActorId i,
                        ActorId j) { return g.attribute_of(h, i) - g.attribute_of(h, j); }},
      {"mean", [](const Given& g, const History& h, ActorId i,
                  ActorId j) { return (g.attribute_of(h, i) + g.attribute_of(h, j)) / 2; }},
      {"smaller",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const double mine = g.attribute_of(h, i);
         const double theirs = g.attribute_of(h, j);
         return log_of(g, mine < theirs ? mine : theirs);
       }},
      {"product", [](const Given& g, const History& h, ActorId i,
                     ActorId j) { return g.attribute_of(h, i) * g.attribute_of(h, j); }},
  };
}

}  // namespace detente::reference
