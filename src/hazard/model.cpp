#include "hazard/model.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "effects/catalogue.hpp"
#include "hazard/vocabulary.hpp"

namespace detente {
namespace {

double apply(Transform transform, double x) {
  switch (transform) {
    case Transform::identity: return x;
    case Transform::log1p: return std::copysign(std::log1p(std::abs(x)), x);
    case Transform::sqrt: return std::copysign(std::sqrt(std::abs(x)), x);
  }
  return x;
}

// A product is as wide as the widest of its factors; zero where any sparse factor is.  A factor of one actor changes it in
// all of that actor's dyads.
Traits product_traits(const std::vector<Term::Factor>& factors) {
  Traits product = factors.front().effect->traits();
  for (std::size_t k = 1; k < factors.size(); ++k) {
    const Traits next = factors[k].effect->traits();
    product.sparse = product.sparse || next.sparse;
    if (product.scope != next.scope) product.scope = Scope::dyad;
    product.drifts = product.drifts || next.drifts;
    product.shifts_all = product.shifts_all || next.shifts_all;
    product.two_paths = product.two_paths || next.two_paths;
    product.wakes = product.wakes || next.wakes;
  }
  product.spreads =
      product.scope == Scope::dyad && std::any_of(factors.begin(), factors.end(), [](const Term::Factor& factor) {
        return factor.effect->traits().scope != Scope::dyad;
      });
  return product;
}

std::vector<TraceSpec> bind_traces(const ModelSpec& spec, const Record& record) {
  std::vector<TraceSpec> traces;
  for (const TraceText& text : spec.traces)
    traces.push_back({text.name, match_types(text.events, record, text.where), text.fade, text.span, text.weight});
  const bool has_all = std::any_of(traces.begin(), traces.end(), [](const TraceSpec& t) { return t.name == "all"; });
  if (!has_all) traces.push_back({.name = "all"});
  return traces;
}

void bind_ties(Hazard& hazard, const ModelSpec& spec, const Record& record) {
  check_words(hazard.text.ties, tie_kinds(record), "kind of tie", hazard.text.where);
  check_words(hazard.text.endings, tie_endings(record), "ending", hazard.text.where);
  const auto listed = [](const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  const auto named_elsewhere = [&](const std::string& ending) {
    return std::any_of(spec.hazards.begin(), spec.hazards.end(), [&](const HazardText& other) {
      return other.kind == HazardKind::end && listed(other.endings, ending);
    });
  };
  for (const Tie& tie : record.ties) {
    const bool kind = std::any_of(hazard.text.ties.begin(), hazard.text.ties.end(),
                                  [&](const std::string& word) { return is_of_kind(tie, word); });
    const bool ending = tie.end != never && (listed(hazard.text.endings, tie.ending) ||
                                             (listed(hazard.text.endings, "other") && !named_elsewhere(tie.ending)));
    hazard.at_risk_ties.push_back(kind);
    hazard.makes_endings.push_back(kind && ending);
  }
}

std::vector<Term> bind_terms(const Located& formula, BindContext& context) {
  std::vector<Term> terms;
  try {
    for (const TermSyntax& syntax : parse_formula(formula.text)) {
      const bool repeated =
          std::any_of(terms.begin(), terms.end(), [&](const Term& t) { return t.name() == syntax.text; });
      if (repeated)
        throw FormulaProblem{fmt::format("'{}' stands twice", syntax.text), syntax.position, "", "remove one"};
      std::vector<Term::Factor> factors;
      for (const FactorSyntax& factor : syntax.factors)
        factors.push_back({factor.transform, bind_effect(factor.call, context)});
      terms.emplace_back(syntax.text, std::move(factors));
    }
  } catch (const FormulaProblem& problem) { throw formula_error(problem, formula.text, formula.where); }
  return terms;
}

}  // namespace

Term::Term(std::string name, std::vector<Factor> factors)
    : name_(std::move(name)), factors_(std::move(factors)), traits_(product_traits(factors_)) {}

double Term::value(const Memory& memory, Dyad dyad) const {
  double product = 1;
  for (const Factor& factor : factors_) product *= apply(factor.transform, factor.effect->value(memory, dyad));
  return product;
}

double Term::value_both_ways(const Memory& memory, Dyad dyad) const {
  return 0.5 * (value(memory, dyad) + value(memory, reversed(dyad)));
}

void Term::sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const {
  for (const Factor& factor : factors_) factor.effect->sources(memory, dyad, out);
}

bool Hazard::drifts() const {
  return std::any_of(terms.begin(), terms.end(), [](const Term& t) { return t.traits().drifts; });
}

bool Hazard::shifts_all() const {
  return std::any_of(terms.begin(), terms.end(), [](const Term& t) { return t.traits().shifts_all; });
}

bool Hazard::spreads() const {
  return std::any_of(terms.begin(), terms.end(), [](const Term& t) { return t.traits().spreads; });
}

bool Hazard::reads_two_paths() const {
  return std::any_of(terms.begin(), terms.end(), [](const Term& t) { return t.traits().two_paths; });
}

bool Hazard::factors() const {
  return blocked_terms().empty() && risk_set.kind() == RiskSet::Kind::all && risk_set.directed();
}

std::vector<std::string> Hazard::blocked_terms() const {
  std::vector<std::string> names;
  for (const Term& term : terms)
    if (term.traits().scope == Scope::dyad && !term.traits().sparse) names.push_back(term.name());
  return names;
}

const Hazard* Model::find(HazardKind kind, std::string_view name) const {
  for (const Hazard& hazard : hazards)
    if (hazard.text.kind == kind && hazard.name == name) return &hazard;
  return nullptr;
}

Model bind_model(const ModelSpec& spec, const Record& record) {
  Model model;
  model.memory.traces = bind_traces(spec, record);
  model.memory.directed = spec.directed;
  model.memory.tick = spec.tick >= 0 ? spec.tick : record.clock == Clock::calendar ? 1 : 0;
  BindContext context = make_bind_context(record, model.memory);
  for (const HazardText& text : spec.hazards) {
    if (text.kind == HazardKind::end && model.memory.tick <= 0)
      throw Error({.what = fmt::format("the hazard '{}' of ties that end needs a clock that ticks", text.name),
                   .where = text.formula.where,
                   .expected = "a tick in the record's unit of time",
                   .hint = "[clock] tick = 1"});
    Hazard hazard{text.name, text, bind_terms(text.formula, context), {}, {}, {}};
    if (text.kind == HazardKind::tie) {
      hazard.makes_events = match_types(text.events, record, text.where);
      hazard.risk_set = RiskSet(text.at_risk, record, hazard.makes_events, spec.directed);
    } else {
      bind_ties(hazard, spec, record);
    }
    model.hazards.push_back(std::move(hazard));
  }
  return model;
}

}  // namespace detente
