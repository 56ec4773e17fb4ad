// goldfish: its vignette "goldfish Effects".  x and y are the two networks, z and v the two attributes.
#include <algorithm>
#include <cmath>

#include "elsewhere_definitions.hpp"

namespace detente::elsewhere {
namespace {

double x(const Past& past, std::size_t i, std::size_t j) { return past.count(i, j, trade); }
double y(const Past& past, std::size_t i, std::size_t j) { return past.count(i, j, visit); }

Count of_network(const Past& past) {
  return [&past](std::size_t i, std::size_t j) { return x(past, i, j); };
}

Count any_of_network(const Past& past) {
  return [&past](std::size_t i, std::size_t j) { return x(past, i, j) > 0 ? 1.0 : 0.0; };
}

double four(const Past& past, std::size_t i, std::size_t j) {
  double number = 0;
  for (std::size_t k = 0; k < past.n(); ++k)
    for (std::size_t l = 0; l < past.n(); ++l)
      if (k != j && l != i && k != i && l != j && k != l)
        number += x(past, i, k) > 0 && x(past, l, k) > 0 && x(past, l, j) > 0 ? 1 : 0;
  return number;
}

// Transitive structures with the actor as their source.
double node_trans(const Past& past, std::size_t i) {
  double number = 0;
  for (std::size_t j = 0; j < past.n(); ++j)
    for (std::size_t k = 0; k < past.n(); ++k)
      if (i != j && i != k && j != k) number += x(past, i, k) > 0 && x(past, k, j) > 0 && x(past, i, j) > 0 ? 1 : 0;
  return number;
}

double within_window(const Past& past, std::size_t i, std::size_t j) {
  return past.sum(i, j, [&](const Act& act) { return past.now - act.time < 10 ? 1.0 : 0.0; });
}

}  // namespace

Definitions goldfish() {
  using P = const Past&;
  using A = std::size_t;
  return {
      {R"(indeg(network, weighted = TRUE, type = "ego"))",
       [](P past, A i, A) { return received(past, i, of_network(past)); }},
      {R"(indeg(network, weighted = TRUE, type = "alter"))",
       [](P past, A, A j) { return received(past, j, of_network(past)); }},
      {"indeg(network)", [](P past, A, A j) { return received(past, j, any_of_network(past)); }},
      {"outdeg(network)", [](P past, A, A j) { return sent(past, j, any_of_network(past)); }},
      {"inertia(network)", [](P past, A i, A j) { return any_of_network(past)(i, j); }},
      {"recip(network)", [](P past, A i, A j) { return any_of_network(past)(j, i); }},
      {R"(outdeg(network, weighted = TRUE, type = "ego"))",
       [](P past, A i, A) { return sent(past, i, of_network(past)); }},
      {R"(outdeg(network, weighted = TRUE, type = "alter"))",
       [](P past, A, A j) { return sent(past, j, of_network(past)); }},
      {"indeg(network, weighted = TRUE) of choice_coordination",
       [](P past, A, A j) { return sent(past, j, of_network(past)) + received(past, j, of_network(past)); }},
      {"ego(attribute)", [](P past, A i, A) { return past.size(i); }},
      {"alter(attribute)", [](P past, A, A j) { return past.size(j); }},
      {R"(nodeTrans(network, type = "ego"))", [](P past, A i, A) { return node_trans(past, i); }},
      {R"(nodeTrans(network, type = "alter"))", [](P past, A, A j) { return node_trans(past, j); }},
      {"tie(network, weighted = TRUE)", [](P past, A i, A j) { return x(past, i, j); }},
      {"tie(network)", in_force},
      {"inertia(network, weighted = TRUE)", [](P past, A i, A j) { return x(past, i, j); }},
      {"inertia(network, weighted = TRUE), a network with increment",
       [](P past, A i, A j) { return past.weight(i, j); }},
      {"recip(network, weighted = TRUE)", [](P past, A i, A j) { return x(past, j, i); }},
      {"same(attribute)", [](P past, A i, A j) { return past.world.red[i] == past.world.red[j] ? 1.0 : 0.0; }},
      {"diff(attribute)", [](P past, A i, A j) { return std::abs(past.size(i) - past.size(j)); }},
      {"diff(attribute, transformer_fn = identity)", [](P past, A i, A j) { return past.size(i) - past.size(j); }},
      {"sim(attribute)", [](P past, A i, A j) { return -std::abs(past.size(i) - past.size(j)); }},
      {"ego_alter_interaction(list(attribute1, attribute2))",
       [](P past, A i, A j) { return past.size(i) * past.world.wealth[j]; }},
      {"trans(network)", triads<Shape::transitive, x, x, both>},
      {"cycle(network)", triads<Shape::cyclic, x, x, both>},
      {"common_sender(network)", triads<Shape::from_third, x, x, both>},
      {"common_receiver(network)", triads<Shape::to_third, x, x, both>},
      {"four(network)", four},
      {"mixed_trans(list(network, network2))", triads<Shape::transitive, x, y, both>},
      {"mixed_cycle(list(network, network2))", triads<Shape::cyclic, x, y, both>},
      {"mixed_common_sender(list(network, network2))", triads<Shape::from_third, x, y, both>},
      {"mixed_common_receiver(list(network, network2))", triads<Shape::to_third, x, y, both>},
      {"inertia(network, weighted = TRUE, window = 10)", within_window},
      {"inertia(network, weighted = TRUE, transformer_fn = log1p)",
       [](P past, A i, A j) { return std::log(1 + x(past, i, j)); }},
  };
}

}  // namespace detente::elsewhere
