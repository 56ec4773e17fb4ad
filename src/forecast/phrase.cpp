#include "forecast/phrase.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "effects/catalogue.hpp"
#include "hazard/formula.hpp"

namespace detente {
namespace {

std::string with_blanks(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// Does an argument of this kind say what the effect reads?
bool is_read(Argument kind) {
  switch (kind) {
    case Argument::trace:
    case Argument::attribute:
    case Argument::vector:
    case Argument::tie_kind:
    case Argument::tie_attribute:
    case Argument::pair_attribute:
    case Argument::series: return true;
    case Argument::flag:
    case Argument::choice:
    case Argument::reference:
    case Argument::actor_kind:
    case Argument::number:
    case Argument::duration:
    case Argument::moment: break;
  }
  return false;
}

// Where no trace comes before the ties.
bool reads_ties(const EffectDoc& doc) {
  const auto first =
      std::find_if(doc.arguments.begin(), doc.arguments.end(), [](const ArgumentDoc& a) { return is_read(a.kind); });
  return first != doc.arguments.end() && first->kind == Argument::tie_kind;
}

// An effect of the catalogue, or the name that the model gives a term.
std::string words_of_call(const Call& call) {
  const CatalogueEntry* const known = find_effect(call.name);
  if (known == nullptr) return with_blanks(call.name);
  const EffectDoc& doc = *known->doc;
  std::string x;
  std::string who = "one of the two";  // a tie reads an effect of an actor for both of its own
  std::vector<const ArgumentDoc*> unnamed;
  for (const ArgumentDoc& argument : doc.arguments)
    if (argument.kind != Argument::flag) unnamed.push_back(&argument);
  auto next = unnamed.begin();
  for (const CallArgument& given : call.arguments) {
    const auto named = std::find_if(doc.arguments.begin(), doc.arguments.end(), [&](const ArgumentDoc& one) {
      return one.name == (given.key.empty() && one.kind == Argument::flag ? given.value : given.key);
    });
    const ArgumentDoc* argument = named == doc.arguments.end() ? nullptr : &*named;
    if (argument == nullptr && given.key.empty() && next != unnamed.end()) argument = *next++;
    if (x.empty() && (argument == nullptr || is_read(argument->kind)))
      x = with_blanks(given.value);  // camp=blue: a level
    if (given.key == "of" && given.value == "both") who = "both";
  }
  if (x.empty()) x = reads_ties(doc) ? "cooperative" : "acts";
  return fmt::format(fmt::runtime(doc.words), fmt::arg("x", x), fmt::arg("who", who));
}

std::string words_of_term(const TermSyntax& term);

std::string words_of_factor(const FactorSyntax& factor) {
  if (factor.summands.empty()) return words_of_call(factor.call);
  std::string all;
  for (const TermSyntax& summand : factor.summands) {
    const std::string one = words_of_term(summand);
    if (all.find(one) == std::string::npos) all += (all.empty() ? "" : " and ") + one;
  }
  return all;
}

// The same read of sender and receiver, multiplied, is said once of both.
std::string words_of_term(const TermSyntax& term) {
  std::vector<FactorSyntax> factors = term.factors;
  const auto of = [](Call& call) {
    const auto at =
        std::find_if(call.arguments.begin(), call.arguments.end(), [](const auto& a) { return a.key == "of"; });
    return at == call.arguments.end() ? nullptr : &at->value;
  };
  if (factors.size() == 2 && factors[0].call.name == factors[1].call.name) {
    std::string* const first = of(factors[0].call);
    const std::string* const second = of(factors[1].call);
    if (first != nullptr && second != nullptr && *first != *second) {
      *first = "both";
      factors.pop_back();
    }
  }
  std::string all;
  for (const FactorSyntax& factor : factors) all += (all.empty() ? "" : " together with ") + words_of_factor(factor);
  return all;
}

// "age >= 365.25d": on the calendar in years where they are whole.
std::string words_of_age(std::string_view cut, double value, bool of_tie) {
  double age = 0;
  std::from_chars(cut.data(), cut.data() + cut.size(), age);
  std::string length = fmt::format("{}", age);
  if (cut.ends_with('d')) {
    const double years = age / 365.25;
    const bool whole = years == std::floor(years) && years > 0;
    length = !whole ? fmt::format("{} days", age) : years == 1 ? "one year" : fmt::format("{} years", years);
  }
  return fmt::format("{} {}", of_tie ? "a tie" : "a time at risk",
                     value > 0 ? fmt::format("of {} or more", length) : fmt::format("of less than {}", length));
}

}  // namespace

Phrase in_words(std::string_view effect, double value, bool of_tie) {
  if (effect == "age") return {of_tie ? "the age of the tie" : "the time at risk", false};
  if (constexpr std::string_view step = "age >= "; effect.starts_with(step))
    return {words_of_age(effect.substr(step.size()), value, of_tie), false};
  if (effect.starts_with("its actors' own"))
    return {"what the record holds of its two actors beyond the other factors", false};
  if (effect.starts_with("the pair's own"))
    return {"what the record holds of this pair beyond the other factors", false};
  try {
    const FormulaSyntax syntax = parse_formula(effect);
    if (syntax.terms.size() == 1) return {words_of_term(syntax.terms.front()), true, syntax.terms.front().unit < 0};
  } catch (const FormulaProblem&) {  // not a formula: said as it stands
  }
  return {std::string(effect)};
}

std::string percent(double p) {
  return p < 0.0095 ? fmt::format("{:.1f} %", 100 * p) : fmt::format("{:.0f} %", 100 * p);
}

}  // namespace detente
