// An arbitrary random model of few terms, for property tests (rapidcheck): three of four factor.
#pragma once

#include <rapidcheck.h>

#include "hazard/reference/random_model.hpp"

namespace detente::reference {

inline RandomModel any_model() {
  RandomModel options;
  options.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the model");
  options.terms = *rc::gen::inRange<std::size_t>(1, 4).as("terms");
  options.factors = *rc::gen::inRange(0, 4).as("factors unless 0") > 0;
  return options;
}

}  // namespace detente::reference
