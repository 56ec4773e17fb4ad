// The terms of a hazard's formula, bound to a record: what multiplies a coefficient.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "effects/effect.hpp"
#include "hazard/formula.hpp"

namespace detente {

// One term of a formula: a product of transformed effects, in a unit: x = f(effect) g(effect) ... / unit.
class Term {
 public:
  struct Factor {
    Transform transform;
    std::unique_ptr<Effect> effect;
  };
  Term(std::string name, std::vector<Factor> factors, double unit = 1);
  Term(const Term& other);
  Term(Term&&) = default;
  Term& operator=(const Term& other) { return *this = Term(other); }
  Term& operator=(Term&&) = default;
  ~Term() = default;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Traits& traits() const { return traits_; }
  [[nodiscard]] bool is_product() const { return factors_.size() > 1; }
  // Terms whose sum it is, where its only effect is such a sum (Effect::parts); else none.
  [[nodiscard]] std::vector<Term> parts() const;
  [[nodiscard]] Term times(std::unique_ptr<Effect> effect) const;
  [[nodiscard]] double value(const Memory& memory, const Link& link) const;
  [[nodiscard]] double value(const Memory& memory, Dyad dyad) const { return value(memory, memory.link(dyad)); }
  // In many dyads at once: values[k] of links[k].
  void values(const Memory& memory, std::span<const Link> links, double* values) const;
  // What the term is where its only effect has this value.
  [[nodiscard]] double transformed(double effect) const;
  // The mean of both directions: how a tie and an undirected model, which have none, read an effect.
  [[nodiscard]] double value_both_ways(const Memory& memory, const Link& link) const;
  // Of a tie: the mean of both directions of its actors; an effect of the tie itself reads that tie.
  [[nodiscard]] double value_of_tie(const Memory& memory, TieId tie) const;
  [[nodiscard]] double value_of_tie(const Memory& memory, TieId tie, const Link& link) const;  // one direction
  void sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const;
  void attributes(std::vector<AttributeId>& out) const;

 private:
  std::string name_;
  std::vector<Factor> factors_;
  double unit_;
  Traits traits_;
};

// sum(a + b + ...): the terms of an index with equal weights, as one effect.  Dawes (1979) on why such an index forecasts
// well where there is little to learn weights from.
class SumOfTerms final : public Effect {
 public:
  explicit SumOfTerms(std::vector<Term> terms) : terms_(std::move(terms)) {}
  [[nodiscard]] std::unique_ptr<Effect> clone() const override { return std::make_unique<SumOfTerms>(*this); }
  using Effect::value;
  void values(const Memory& memory, std::span<const Link> links, double* values) const override;
  [[nodiscard]] double value(const Memory& memory, const Link& link) const override;
  [[nodiscard]] double value_of_tie(const Memory& memory, TieId tie, const Link& link) const override;
  [[nodiscard]] Traits traits() const override;
  void sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const override;
  void attributes(std::vector<AttributeId>& out) const override;

 private:
  std::vector<Term> terms_;
};

}  // namespace detente
