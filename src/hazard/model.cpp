#include "hazard/model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "effects/catalogue.hpp"
#include "hazard/random_terms.hpp"
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
    product.sum_of = no_id;
    product.reads = std::max(product.reads, next.reads);
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

Term bind_term(const TermSyntax& syntax, BindContext& context) {
  std::vector<Term::Factor> factors;
  for (const FactorSyntax& factor : syntax.factors)
    factors.push_back({factor.transform, bind_effect(factor.call, context)});
  return {syntax.text, std::move(factors)};
}

void bind_formula(Hazard& hazard, std::size_t& next_slot, BindContext& context) {
  const Located& formula = hazard.text.formula;
  std::vector<Term>& terms = hazard.terms;
  try {
    const FormulaSyntax parsed = parse_formula(formula.text);
    for (const TermSyntax& syntax : parsed.terms) {
      const bool repeated =
          std::any_of(terms.begin(), terms.end(), [&](const Term& t) { return t.name() == syntax.text; });
      if (repeated)
        throw FormulaProblem{fmt::format("'{}' stands twice", syntax.text), syntax.position, "", "remove one"};
      if (terms.size() == most_terms)
        throw FormulaProblem{fmt::format("a hazard has at most {} effects", most_terms), syntax.position, "",
                             "leave out those that matter least"};
      terms.push_back(bind_term(syntax, context));
    }
    for (const RandomSyntax& syntax : parsed.random) {
      RandomTerms random = begin_random(syntax, hazard, context.memory->directed);
      for (const TermSyntax& slope : syntax.slopes) random.slopes.push_back(bind_term(slope, context));
      random.first_slot = std::exchange(next_slot, next_slot + random.size());
      hazard.random.push_back(std::move(random));
    }
  } catch (const FormulaProblem& problem) { throw formula_error(problem, formula.text, formula.where); }
}

}  // namespace

Term::Term(std::string name, std::vector<Factor> factors)
    : name_(std::move(name)), factors_(std::move(factors)), traits_(product_traits(factors_)) {}

Term::Term(const Term& other) : name_(other.name_), traits_(other.traits_) {
  for (const Factor& factor : other.factors_) factors_.push_back({factor.transform, factor.effect->clone()});
}

Term Term::times(std::unique_ptr<Effect> effect) const {
  std::vector<Factor> factors = Term(*this).factors_;
  factors.push_back({Transform::identity, std::move(effect)});
  return {name_, std::move(factors)};
}

double Term::value(const Memory& memory, const Link& link) const {
  double product = 1;
  for (const Factor& factor : factors_) product *= apply(factor.transform, factor.effect->value(memory, link));
  return product;
}

void Term::values(const Memory& memory, std::span<const Link> links, double* values) const {
  std::vector<double> more(factors_.size() > 1 ? links.size() : 0);
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    double* to = f == 0 ? values : more.data();
    factors_[f].effect->values(memory, links, to);
    const Transform transform = factors_[f].transform;
    if (transform != Transform::identity)
      for (std::size_t k = 0; k < links.size(); ++k) to[k] = apply(transform, to[k]);
    for (std::size_t k = 0; f > 0 && k < links.size(); ++k) values[k] *= more[k];
  }
}

double Term::transformed(double effect) const { return apply(factors_.front().transform, effect); }

double Term::value_both_ways(const Memory& memory, const Link& link) const {
  return 0.5 * (value(memory, link) + value(memory, Link(reversed(link), link.back, link.there)));
}

double Term::value_of_tie(const Memory& memory, TieId id) const {
  const Tie& tie = memory.ties().tie(id);
  const auto one_way = [&](const Link& link) {
    double product = 1;
    for (const Factor& factor : factors_)
      product *= apply(factor.transform, factor.effect->value_of_tie(memory, id, link));
    return product;
  };
  return 0.5 * (one_way(memory.link({tie.a, tie.b})) + one_way(memory.link({tie.b, tie.a})));
}

void Term::sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const {
  for (const Factor& factor : factors_) factor.effect->sources(memory, dyad, out);
}

void Term::attributes(std::vector<AttributeId>& out) const {
  for (const Factor& factor : factors_) factor.effect->attributes(out);
}

bool Hazard::drifts() const {
  const auto drift = [](const Term& t) { return t.traits().drifts; };
  return std::any_of(terms.begin(), terms.end(), drift) ||
         std::any_of(random.begin(), random.end(), [&](const RandomTerms& block) {
           return std::any_of(block.slopes.begin(), block.slopes.end(), drift);
         });
}

double Hazard::value(const Term& term, const Memory& memory, const Link& link) const {
  return directed() ? term.value(memory, link) : term.value_both_ways(memory, link);
}

void Hazard::values(const Term& term, const Memory& memory, std::span<const Link> links, double* values) const {
  if (directed()) return term.values(memory, links, values);
  for (std::size_t k = 0; k < links.size(); ++k) values[k] = term.value_both_ways(memory, links[k]);
}

// Pairs of groups stand in a table: few categories, or not too many actors.
std::vector<std::string> Hazard::blocked_terms() const {
  constexpr std::size_t most_groups = 2048;
  std::vector<std::string> names;
  for (const Term& term : terms) {
    const Traits& traits = term.traits();
    const bool grouped = traits.reads == Reads::categories || (traits.reads == Reads::numbers && actors <= most_groups);
    if (traits.scope == Scope::dyad && !traits.sparse && !grouped) names.push_back(term.name());
  }
  return names;
}

const Hazard* Model::find(HazardKind kind, std::string_view name) const {
  for (const Hazard& hazard : hazards)
    if (hazard.text.kind == kind && hazard.name == name) return &hazard;
  return nullptr;
}

namespace {

// Sampled risk sets are for the order of events: waiting times need the rate of all dyads.
void check_sampling(const HazardText& text) {
  if (text.sampling.controls == 0) return;
  const bool in_file = !text.sampling.where.file.starts_with("--");
  if (text.timing == Timing::exact)
    throw Error(
        {.what = fmt::format("sampled controls are for ordinal timing, and the hazard '{}' has exact", text.name),
         .where = text.sampling.where,
         .hint = in_file ? "timing = \"ordinal\", or no controls"
                         : "--timing ordinal, or timing = \"ordinal\" in "
                           "the model file"});
  if (text.simultaneous == Simultaneous::efron)
    throw Error({.what = fmt::format("sampled controls and Efron's correction do not go together, in the hazard '{}'",
                                     text.name),
                 .where = text.sampling.where,
                 .hint = in_file ? "simultaneous = \"breslow\"" : "--simultaneous breslow"});
}

// Without ticks the hazard of a tie is integrated exactly, from one change to the next: nothing may fade in between.
void check_clock(const Hazard& hazard, const Ticks& tick) {
  if (!tick.any() && hazard.text.kind == HazardKind::start)
    throw Error({.what = fmt::format("the hazard '{}' of ties that start needs a clock that ticks", hazard.name),
                 .where = hazard.text.where,
                 .expected = "a tick in the record's unit of time",
                 .hint = "[clock] tick = 1"});
  if (tick.any() || !hazard.drifts()) return;
  throw Error({.what = fmt::format(
                   "the hazard '{}' of ties that end has effects that fade: it needs a clock that ticks", hazard.name),
               .where = hazard.text.formula.where,
               .expected = "a tick in the record's unit of time",
               .hint = "[clock] tick = 1"});
}

// Whether counts of two-paths are better kept for every pair: where so many pairs meet that most are reached.
bool meets_densely(const Record& record) {
  constexpr std::size_t most_actors = 12'000;  // 2 bytes by row and 2 by column: at most 576 MB
  constexpr double reached_share = 1.0 / 16;
  const std::size_t actors = record.actors.size();
  if (actors <= TwoPaths::counted_below) return false;  // they are kept anyway
  if (actors > most_actors) return false;
  std::vector<std::uint64_t> pairs;
  for (const Event& event : record.events) pairs.push_back((std::uint64_t{event.sender} << 32) | event.receiver);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  const auto n = static_cast<double>(actors);
  const double degree = static_cast<double>(pairs.size()) / n;
  return degree * degree > reached_share * n;
}

}  // namespace

Model bind_model(const ModelSpec& spec, const Record& record) {
  Model model;
  model.memory.traces = bind_traces(spec, record);
  model.memory.directed = spec.directed;
  model.memory.tick = Ticks(spec.tick >= 0 ? spec.tick : record.clock == Clock::calendar ? 1 : 0, record.clock);
  BindContext context = make_bind_context(record, model.memory);
  std::size_t next_slot = 0;
  for (const HazardText& text : spec.hazards) {
    if (text.kind == HazardKind::tie) check_sampling(text);
    Hazard hazard{text.name, text, {}, {}, {}, {}};
    bind_formula(hazard, next_slot, context);
    hazard.actors = record.actors.size();
    if (text.kind == HazardKind::tie) {
      hazard.makes_events = match_types(text.events, record, text.where);
      hazard.risk_set = RiskSet(text.at_risk, record, hazard.makes_events, spec.directed);
    } else {
      bind_ties(hazard, spec, record);
      check_clock(hazard, model.memory.tick);
    }
    model.hazards.push_back(std::move(hazard));
  }
  model.memory.dense_two_paths = !model.memory.two_paths.empty() && meets_densely(record);
  return model;
}

}  // namespace detente
