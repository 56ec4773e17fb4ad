#include "hazard/term.hpp"

#include <algorithm>
#include <cmath>

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

// What a product and a sum have alike: as wide as the widest of what they are made of.
void widen(Traits& all, const Traits& next) {
  if (all.scope != next.scope) all.scope = Scope::dyad;
  all.drifts = all.drifts | next.drifts;
  all.unprompted = all.unprompted || next.unprompted;
  all.shifts_all = all.shifts_all || next.shifts_all;
  all.two_paths = all.two_paths || next.two_paths;
  all.wakes = all.wakes || next.wakes;
  all.of_others = all.of_others || next.of_others;
  all.of_pairs = all.of_pairs || next.of_pairs;
  all.gaps = all.gaps || next.gaps;
  all.standardized = all.standardized || next.standardized;
  all.reads = std::max(all.reads, next.reads);
}

// A product is as wide as the widest of its factors; zero where any sparse factor is, which a standardized one hides.  A
// factor of one actor changes it in all of that actor's dyads.
Traits product_traits(const std::vector<Term::Factor>& factors) {
  Traits product = factors.front().effect->traits();
  for (std::size_t k = 1; k < factors.size(); ++k) {
    const Traits next = factors[k].effect->traits();
    product.sparse = product.sparse || next.sparse;
    widen(product, next);
    product.sum_of = no_id;
  }
  if (product.standardized) product.sparse = false;
  product.wakes = product.wakes || factors.size() > 1;  // zero when touched, any factor may make it more
  product.spreads =
      product.scope == Scope::dyad && std::any_of(factors.begin(), factors.end(), [](const Term::Factor& factor) {
        const Traits one = factor.effect->traits();
        return one.spreads || one.scope != Scope::dyad;  // a sum may have such products within
      });
  return product;
}

}  // namespace

Term::Term(std::string name, std::vector<Factor> factors, double unit)
    : name_(std::move(name)), factors_(std::move(factors)), unit_(unit), traits_(product_traits(factors_)) {}

Term::Term(const Term& other) : name_(other.name_), unit_(other.unit_), traits_(other.traits_) {
  for (const Factor& factor : other.factors_) factors_.push_back({factor.transform, factor.effect->clone()});
}

Term Term::times(std::unique_ptr<Effect> effect) const {
  std::vector<Factor> factors = Term(*this).factors_;
  factors.push_back({Transform::identity, std::move(effect)});
  return {name_, std::move(factors), unit_};
}

std::vector<Term> Term::parts() const {
  if (is_product() || factors_.front().transform != Transform::identity) return {};
  std::vector<Term> terms;
  std::vector<std::unique_ptr<Effect>> effects = factors_.front().effect->parts();
  for (std::unique_ptr<Effect>& part : effects) {
    std::vector<Factor> factors;
    factors.push_back({Transform::identity, std::move(part)});
    terms.emplace_back(name_, std::move(factors), unit_);
  }
  return terms;
}

double Term::value(const Memory& memory, const Link& link) const {
  double product = 1;
  for (const Factor& factor : factors_) product *= apply(factor.transform, factor.effect->value(memory, link));
  return product / unit_;
}

void Term::values(const Memory& memory, std::span<const Link> links, double* values) const {
  std::vector<double> more(factors_.size() > 1 ? links.size() : 0);
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    double* to = f == 0 ? values : more.data();
    factors_[f].effect->values(memory, links, to);
    const Transform transform = factors_[f].transform;
    if (transform != Transform::identity)
      for (std::size_t k = 0; k < links.size(); ++k)
        if (to[k] != 0) to[k] = apply(transform, to[k]);
    for (std::size_t k = 0; f > 0 && k < links.size(); ++k) values[k] *= more[k];
  }
  if (unit_ != 1)
    for (std::size_t k = 0; k < links.size(); ++k) values[k] /= unit_;
}

double Term::transformed(double effect) const { return apply(factors_.front().transform, effect) / unit_; }

double Term::value_both_ways(const Memory& memory, const Link& link) const {
  return 0.5 * (value(memory, link) + value(memory, Link(reversed(link), link.back, link.there)));
}

double Term::value_of_tie(const Memory& memory, TieId id, const Link& link) const {
  double product = 1;
  for (const Factor& factor : factors_)
    product *= apply(factor.transform, factor.effect->value_of_tie(memory, id, link));
  return product / unit_;
}

double Term::value_of_tie(const Memory& memory, TieId id) const {
  const Tie& tie = memory.ties().tie(id);
  return 0.5 * (value_of_tie(memory, id, memory.link({tie.a, tie.b})) +
                value_of_tie(memory, id, memory.link({tie.b, tie.a})));
}

void Term::sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const {
  for (const Factor& factor : factors_) factor.effect->sources(memory, dyad, out);
}

void Term::attributes(std::vector<AttributeId>& out) const {
  for (const Factor& factor : factors_) factor.effect->attributes(out);
}

void SumOfTerms::values(const Memory& memory, std::span<const Link> links, double* values) const {
  std::vector<double> more(links.size());
  std::fill_n(values, links.size(), 0.0);
  for (const Term& term : terms_) {
    term.values(memory, links, more.data());
    for (std::size_t k = 0; k < links.size(); ++k) values[k] += more[k];
  }
}

double SumOfTerms::value(const Memory& memory, const Link& link) const {
  double sum = 0;
  for (const Term& term : terms_) sum += term.value(memory, link);
  return sum;
}

double SumOfTerms::value_of_tie(const Memory& memory, TieId tie, const Link& link) const {
  double sum = 0;
  for (const Term& term : terms_) sum += term.value_of_tie(memory, tie, link);
  return sum;
}

// As wide as the widest of its terms; zero where all are, so sparse only where each is.
Traits SumOfTerms::traits() const {
  Traits sum = terms_.front().traits();
  for (const Term& term : terms_) {
    const Traits& next = term.traits();
    sum.sparse = sum.sparse && next.sparse;
    sum.spreads = sum.spreads || next.spreads;
    widen(sum, next);
  }
  sum.sum_of = no_id;
  if (sum.scope != Scope::dyad) return sum;
  for (const Term& term : terms_) sum.spreads = sum.spreads || term.traits().scope != Scope::dyad;
  return sum;
}

void SumOfTerms::sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const {
  for (const Term& term : terms_) term.sources(memory, dyad, out);
}

void SumOfTerms::attributes(std::vector<AttributeId>& out) const {
  for (const Term& term : terms_) term.attributes(out);
}

}  // namespace detente
