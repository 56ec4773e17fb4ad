// std(term): a term in standard deviations from its mean over those who are at risk at that moment,
//
//   z_ij(t) = (x_ij(t) - mean(t)) / sd(t)     sd over n - 1; 0 where all are alike
//
// as the R package remstats scales with scaling = "std" (Meijerink-Matejka, Arena, Karimova & Leenders).  The mean is that
//
//   tie      over all dyads at risk; in an undirected model of their means of both directions
//   choice   over those whom the sender may choose
//   rate     over the actors present
//
// Whatever changes the term anywhere changes it everywhere, so that such a term does not factor: every change of the memory
// costs one pass over the risk set for each of them.
#pragma once

#include <memory>

#include "hazard/model.hpp"

namespace detente {

class Standardized final : public Effect {
 public:
  // Of a hazard of events.  `slot`: of a memory's scales, this term's own.
  Standardized(Term term, HazardKind kind, const RiskSet& risk_set, std::size_t slot)
      : term_(std::move(term)), kind_(kind), risk_set_(std::make_shared<const RiskSet>(risk_set)), slot_(slot) {}

  [[nodiscard]] std::unique_ptr<Effect> clone() const override { return std::make_unique<Standardized>(*this); }
  using Effect::value;
  void values(const Memory& memory, std::span<const Link> links, double* values) const override;
  [[nodiscard]] double value(const Memory& memory, const Link& link) const override;
  [[nodiscard]] double value_of_tie(const Memory& memory, TieId tie, const Link& link) const override;
  [[nodiscard]] Traits traits() const override;
  void sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const override;
  void attributes(std::vector<AttributeId>& out) const override;

 private:
  [[nodiscard]] Scale scale_of(const Memory& memory, ActorId sender) const;
  [[nodiscard]] Scale measure(const Memory& memory, ActorId sender) const;
  template <class Body>
  void for_each(const Memory& memory, ActorId sender, Body body) const;

  Term term_;
  HazardKind kind_;
  std::shared_ptr<const RiskSet> risk_set_;  // by copies
  std::size_t slot_;
};

}  // namespace detente
