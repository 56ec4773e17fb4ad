// What the tests of fits share: a record in which much happens, and models with one hazard of all its events.
#pragma once

#include <string>

#include "hazard/reference/random_model.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::test {

inline Record lively(std::uint64_t seed = 8, std::size_t events = 200) {
  return reference::make_record({.seed = seed, .actors = 6, .events = events, .passages = false});
}

inline ModelSpec model_of(const std::string& formula, const reference::RandomModel& options) {
  ModelSpec spec = reference::make_model(options);
  spec.hazards.front().formula.text = formula;
  spec.hazards.front().events = {"all"};
  return spec;
}

inline ModelSpec model_of(const std::string& formula, Timing timing = Timing::ordinal) {
  return model_of(formula, reference::RandomModel{.timing = timing});
}

}  // namespace detente::test
