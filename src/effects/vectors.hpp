// What effects of vectors are made of.  A vector of an actor is its numeric attributes of one name: view.1, view.2, ... or
// view.COMPONENT.
#pragma once

#include <vector>

#include "effects/arguments.hpp"

namespace detente {

inline constexpr ArgumentDoc vector_argument{"vector", Argument::vector, "",
                                             "the name before the point of attributes view.1, view.2, ..."};

struct OfVectors {
  explicit OfVectors(const Arguments& given) : components(given.vector("vector")) {}
  // f(a, b) of the two in each component, added up.
  template <class F>
  [[nodiscard]] double sum(const Memory& memory, Dyad d, F f) const {
    double all = 0;
    for (const AttributeArgument& one : components)
      all += f(one.value(memory, d.sender), one.value(memory, d.receiver));
    return all;
  }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .reads = Reads::numbers}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  std::vector<AttributeArgument> components;
};

}  // namespace detente
