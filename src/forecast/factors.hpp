// What the factors of a hazard are made of, for the reasons of a forecast (reasons.hpp) and of its change (change.hpp): the
// recorded events behind a term, the baseline at a tie's age, and what coefficients by actor or pair add to it.
#pragma once

#include <string>
#include <vector>

#include "forecast/reasons.hpp"

namespace detente {

struct WeighedEvent {
  EventId event;
  double weight;
};

// The events at or after `from` that a term reads for two actors, both ways, with their weight in it at the memory's time.
[[nodiscard]] std::vector<WeighedEvent> events_behind(const ReasonsInput& input, const Term& term, Dyad dyad,
                                                      Time from = always);
// The weightiest of them, cut to a few and put latest first.
[[nodiscard]] std::vector<EventId> heaviest(std::vector<WeighedEvent> events);

// The shape of the baseline summed over the next tick of a tie, given its age.
[[nodiscard]] ShapeValue baseline_of_next_tick(const ReasonsInput& input, TieId tie);

// What a block adds to the exponent of a tie, as weights on the coefficients b of all blocks.
[[nodiscard]] Eigen::VectorXd own_weights(const ReasonsInput& input, std::size_t block, TieId tie);
// "its actors' own: by_actor(1)"
[[nodiscard]] std::string own_name(const RandomEffects& block);

}  // namespace detente
