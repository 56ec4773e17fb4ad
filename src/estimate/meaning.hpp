// What a term of a formula means, whatever its traces are called and however its arguments are written:
//
//   sqrt(recency(grievance, way=back))  is  sqrt(recency(<conflict, half-life 45d, intensity>, way=back))
//
// Arguments stand in the order of the effect's description, with those at their default left out but for traces; factors
// of a product are sorted.  Two terms with the same meaning are the same effect.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hazard/formula.hpp"

namespace detente {

struct MeaningContext {
  std::function<std::string(const std::string& trace)> definition;  // of a trace, by its name
  std::function<std::string(const std::string& name)> named{};      // what a name given to terms stands for
  std::string unit{};  // of time: said of effects that are measured in it; empty = not said
};

// The effects of the term must exist, as they do in a model that was bound to a record.
[[nodiscard]] std::string meaning(const TermSyntax& term, const MeaningContext& context);

}  // namespace detente
