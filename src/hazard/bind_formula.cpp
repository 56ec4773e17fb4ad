#include "hazard/bind_formula.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "effects/catalogue.hpp"
#include "hazard/factor_levels.hpp"
#include "hazard/random_terms.hpp"
#include "hazard/standardized.hpp"

namespace detente {
namespace {

Call scaled(Call call, Scaling scaling) {
  if (scaling == Scaling::raw) return call;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> shares{{{"inertia", "sent_share"},
                                                                                 {"reciprocity", "received_share"},
                                                                                 {"in_degree", "attention_share"},
                                                                                 {"out_degree", "activity_share"}}};
  for (const auto& [counts, share] : shares) {
    if (call.name != counts) continue;
    call.name = share;
    call.arguments.push_back({.key = "", .value = "even", .position = call.position});
    break;
  }
  return call;
}

Term bind_term(const TermSyntax& syntax, const Words& words);

std::unique_ptr<Effect> bind_sum(const std::vector<TermSyntax>& summands, const Words& words) {
  std::vector<Term> terms;
  for (const TermSyntax& summand : summands) terms.push_back(bind_term(summand, words));
  return std::make_unique<SumOfTerms>(std::move(terms));
}

// The terms behind a name.  Of names that stand for others, only those before it: none can stand for itself.
std::unique_ptr<Effect> bind_named(std::size_t which, const Words& words) {
  const Located& formula = words.named[which].formula;
  try {
    const FormulaSyntax parsed = parse_formula(formula.text);
    const bool by_mark =
        std::any_of(parsed.terms.begin(), parsed.terms.end(), [](const TermSyntax& t) { return t.by_mark; });
    if (parsed.terms.empty() || !parsed.random.empty() || by_mark)
      throw FormulaProblem{"a name stands for effects", 0, "one effect or more, without by_actor, by_pair or by_mark",
                           ""};
    return bind_sum(parsed.terms, {words.context, words.named.first(which), words.scaling, words.of, words.next_scale});
  } catch (const FormulaProblem& problem) { throw formula_error(problem, formula.text, formula.where); }
}

std::unique_ptr<Effect> bind_standardized(const FactorSyntax& factor, const Words& words) {
  const HazardKind kind = words.of.text.kind;
  if (!is_of_events(kind))
    throw FormulaProblem{fmt::format("std() is not for a hazard of kind {}", to_string(kind)), factor.call.position,
                         "an effect as it is: std() compares those who may act", ""};
  if (words.of.coordinates())
    throw FormulaProblem{"std() is not for a hazard of kind choice without directions", factor.call.position,
                         "an effect as it is", ""};
  Term term = bind_term(factor.summands.front(), words);
  return std::make_unique<Standardized>(std::move(term), kind, words.of.risk_set, words.next_scale++);
}

// A name that is neither an effect nor one of [terms], but nearly one of those.
void refuse_misspelt_name(const Call& call, const Words& words) {
  if (find_effect(call.name) != nullptr) return;
  std::vector<std::string> names;
  for (const NamedTerm& term : words.named) names.push_back(term.name);
  if (const std::string near = hint_for(call.name, names); !near.empty())
    throw FormulaProblem{fmt::format("there is no effect and no term '{}'", call.name), call.position, "", near};
}

std::unique_ptr<Effect> bind_factor(const FactorSyntax& factor, const Words& words) {
  if (factor.standardized) return bind_standardized(factor, words);
  if (!factor.summands.empty()) return bind_sum(factor.summands, words);
  for (std::size_t k = 0; k < words.named.size(); ++k)
    if (words.named[k].name == factor.call.name && factor.call.arguments.empty()) return bind_named(k, words);
  refuse_misspelt_name(factor.call, words);
  return bind_effect(scaled(factor.call, words.scaling), words.context);
}

Term bind_term(const TermSyntax& syntax, const Words& words) {
  std::vector<Term::Factor> factors;
  for (const FactorSyntax& factor : syntax.factors) factors.push_back({factor.transform, bind_factor(factor, words)});
  return {syntax.text, std::move(factors), syntax.unit};
}

bool is_formula_word(std::string_view name) {
  return std::ranges::find(formula_words(), name, &FormulaWord::name) != formula_words().end();
}

}  // namespace

void check_names(const ModelSpec& spec) {
  for (const NamedTerm& term : spec.terms)
    if (find_effect(term.name) != nullptr || is_formula_word(term.name))
      throw Error({.what = fmt::format("the name '{}' is that of an effect", term.name),
                   .where = term.formula.where,
                   .hint = "choose another name"});
}

void bind_formula(Hazard& hazard, std::size_t& next_slot, const Words& words) {
  const Located& formula = hazard.text.formula;
  try {
    const FormulaSyntax parsed = parse_formula(formula.text);
    const std::vector<TermSyntax> terms = one_for_each_level(parsed.terms, words.context);
    for (const TermSyntax& syntax : terms) {
      if (syntax.by_mark && hazard.text.marks.empty())
        throw FormulaProblem{
            fmt::format("'{}' is in by_mark(...), and the hazard '{}' has no marks", syntax.text, hazard.name),
            syntax.position, "", R"(marks = ["cooperation", "conflict"])"};
      hazard.terms.push_back(bind_term(syntax, words));
      hazard.by_mark.push_back(syntax.by_mark);
    }
    for (const RandomSyntax& syntax : parsed.random) {
      if (!hazard.marks.empty())
        throw FormulaProblem{
            fmt::format("coefficients by actor or pair and marks do not go together: '{}'", syntax.text),
            syntax.position, "", "leave them out, or make a hazard of each mark"};
      RandomTerms random = begin_random(syntax, hazard, words.context.memory->directed);
      const std::vector<TermSyntax> slopes = one_for_each_level(syntax.slopes, words.context);
      for (const TermSyntax& slope : slopes) random.slopes.push_back(bind_term(slope, words));
      random.first_slot = std::exchange(next_slot, next_slot + random.size());
      hazard.random.push_back(std::move(random));
    }
  } catch (const FormulaProblem& problem) { throw formula_error(problem, formula.text, formula.where); }
}

}  // namespace detente
