// A hazard's formula, bound to a record: its words become effects, terms and coefficients by actor or pair.
#pragma once

#include <span>

#include "effects/arguments.hpp"
#include "hazard/model.hpp"

namespace detente {

// What a formula's words may mean: effects, and names given to terms.
struct Words {
  BindContext& context;
  std::span<const NamedTerm> named;
  Scaling scaling;
  const Hazard& of;  // with its risk set
  std::size_t& next_scale;
};

// Throws Error: a name that is an effect or a word of formulas.
void check_names(const ModelSpec& spec);

// `next_slot`: of the memory's coefficients by actor or pair.  Throws Error with the formula and a caret.
void bind_formula(Hazard& hazard, std::size_t& next_slot, const Words& words);

}  // namespace detente
