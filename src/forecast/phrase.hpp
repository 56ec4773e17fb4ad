// Effects of a model in plain words, for the sentences of a forecast: "recorded grievance between the two".  A gloss of the
// formula, not a claim beyond it: what is counted, nothing on why or on what anybody is like.
#pragma once

#include <string>
#include <string_view>

namespace detente {

struct Phrase {
  std::string words;
  bool has_level = true;  // more or less of it can be had: false of an age and of what is nobody's to have more of
  bool turned = false;    // the term counts it downwards: x / -0.4
};

// Of a reason: a term as typed, "age >= 365d", "age" or a block of coefficients by actor or pair.  A term that the model
// named is said by its name.  `value` tells which side of an age it is; `of_tie`: of a tie in force, not of a pair without.
[[nodiscard]] Phrase in_words(std::string_view effect, double value, bool of_tie);

[[nodiscard]] std::string percent(double p);  // "8 %"

}  // namespace detente
