// Formulas as text: terms joined by +, interactions by :, transforms around a call.
//
//   formula := item { '+' item }
//   item    := term | 'by_actor' '(' own ')' | 'by_pair' '(' own ')' | 'by_mark' '(' term { '+' term } ')'
//   own     := ( '1' | term ) { '+' ( '1' | term ) } { ',' ( 'of' '=' ( 'sender' | 'receiver' ) | 'correlated' ) }
//   term    := factor { ':' factor } [ '/' number ]
//   factor  := [ 'log1p' | 'sqrt' ] '(' part ')' | part
//   part    := call | 'sum' '(' term { '+' term } ')' | 'std' '(' term ')'
//   call    := name [ '(' argument { ',' argument } ')' ]
//   argument := word | word '=' word
//
// A number after '/' is the term's unit: x / 0.5 is x counted in halves, x / -1 turned around.  Transforms are odd,
// log1p(x) = sign(x) log(1 + |x|), sqrt(x) = sign(x) sqrt(|x|): zero stays zero, negatives are kept.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "effects/call.hpp"

namespace detente {

constexpr std::size_t most_terms = 32;  // that a hazard may have: sums over its risk set keep room for so many

enum class Transform : std::uint8_t { identity, log1p, sqrt };

struct FactorSyntax;

struct TermSyntax {
  std::string text;  // as typed
  std::size_t position = 0;
  std::vector<FactorSyntax> factors;
  double unit = 1;
  bool by_mark = false;  // in by_mark(...): a coefficient for each mark (hazard/marks.hpp)
};

struct FactorSyntax {
  Transform transform = Transform::identity;
  Call call;
  std::size_t end = 0;                 // of the call, in the formula
  std::vector<TermSyntax> summands{};  // of sum(...) and std(...), which are no calls
  bool standardized = false;           // std(...), of one term
};

// Terms whose coefficients differ from actor to actor, or from pair to pair: by_actor(1 + reciprocity, of=receiver).
struct RandomSyntax {
  std::string text;  // as typed
  std::size_t position = 0;
  bool by_pair = false;
  bool intercept = false;
  std::vector<TermSyntax> slopes;
  std::string of;  // sender, receiver; empty = not said
  std::size_t of_position = 0;
  bool correlated = false;
};

struct FormulaSyntax {
  std::vector<TermSyntax> terms;
  std::vector<RandomSyntax> random;
};

// The words of a formula that are no effects.
struct FormulaWord {
  std::string_view name;
  std::string_view usage;
  std::string_view summary;
  std::string_view example;
};
[[nodiscard]] std::span<const FormulaWord> formula_words();

// Throws FormulaProblem.  An empty formula has no terms: the hazard is its baseline.
[[nodiscard]] FormulaSyntax parse_formula(std::string_view text);

// A name or value as a formula has it: in quotes where it is no word.
[[nodiscard]] std::string as_written(const std::string& word);

// The error a user sees: the formula with a caret under the character.
[[nodiscard]] Error formula_error(const FormulaProblem& problem, std::string_view formula, const Place& where);

}  // namespace detente
