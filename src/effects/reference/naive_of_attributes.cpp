#include <optional>

#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

double log_of(const Given& g, double number) {
  const double log = std::stod(g.text(1, "log", "nan"));
  return std::isnan(log) ? number : std::log(number + log);
}

std::vector<double> vector_of(const Given& g, const History& h, ActorId actor) {
  std::vector<double> values;
  for (const char* component : {".1", ".2"})
    values.push_back(g.known(attribute(h, g.text(0, "vector", "") + component, actor)));
  return values;
}

// Over those who acted towards the actor, or whom it acted towards; nothing where nobody did.
std::optional<double> neighbours_mean(const Given& g, const History& h, ActorId actor, bool in) {
  double sum = 0;
  double weights = 0;
  for (ActorId other = 0; other < h.record->actors.size(); ++other) {
    const double w = other == actor ? 0 : in ? weight(h, g.trace(), other, actor) : weight(h, g.trace(), actor, other);
    if (w <= 0) continue;
    sum += (g.flag("weighted") ? w : 1) * g.known(attribute(h, g.text(1, "attribute", ""), other));
    weights += g.flag("weighted") ? w : 1;
  }
  return weights > 0 ? std::optional(sum / weights) : std::nullopt;
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
      {"distance",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::vector<double> a = vector_of(g, h, i);
         const std::vector<double> b = vector_of(g, h, j);
         return std::hypot(a[0] - b[0], a[1] - b[1]);
       }},
      {"alignment",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::vector<double> a = vector_of(g, h, i);
         const std::vector<double> b = vector_of(g, h, j);
         const bool zero = (a[0] == 0 && a[1] == 0) || (b[0] == 0 && b[1] == 0);
         return zero ? 0 : std::cos(std::atan2(a[1], a[0]) - std::atan2(b[1], b[0]));
       }},
      {"neighbours_mean",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const ActorId actor = g.text(2, "of", "sender") == "sender" ? i : j;
         return neighbours_mean(g, h, actor, g.text(3, "way", "in") == "in").value_or(0);
       }},
      {"neighbours_difference",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::optional<double> mean = neighbours_mean(g, h, j, true);
         return mean ? std::abs(g.known(attribute(h, g.text(1, "attribute", ""), i)) - *mean) : 0;
       }},
  };
}

}  // namespace detente::reference
