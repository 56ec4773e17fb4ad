// Factors in formulas: send(camp) stands for one term for each level of `camp` but the one that they are compared with,
// the first that the record names or that of reference=.
//
//   send(camp):reciprocity  =  send(camp=blue):reciprocity + send(camp=green):reciprocity
//
// A rewriting of a formula, before its terms are bound.
#pragma once

#include <vector>

#include "effects/arguments.hpp"
#include "hazard/formula.hpp"

namespace detente {

// The terms that these stand for, in their order.  Throws FormulaProblem: unknown reference, a factor of one level, a term
// that stands twice, more terms than a hazard may have.
[[nodiscard]] std::vector<TermSyntax> one_for_each_level(const std::vector<TermSyntax>& terms,
                                                         const BindContext& context);

}  // namespace detente
