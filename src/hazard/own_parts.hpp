// The own parts (layout.hpp) of all actors on one side of the dyads, senders or receivers: e^u, and the values of the terms,
// which stand term by term so that a line reads them in order.  8 bytes for each actor and term.
#pragma once

#include <span>
#include <vector>

#include "hazard/layout.hpp"

namespace detente {

class OwnParts {
 public:
  enum class Side : std::uint8_t { sender, receiver };
  // Both must outlive it.
  OwnParts(const RiskSet& risk_set, const Layout& layout, Side side, std::size_t actors);

  void refresh(const Memory& memory, std::span<const double> theta);
  void set_all(const Memory& memory);
  void set(const Memory& memory, ActorId i);
  // Whether set() would change a value of someone at risk.
  [[nodiscard]] bool changed(const Memory& memory, ActorId i);

  [[nodiscard]] std::span<const double> weights() const { return weight_; }  // e^u; 0 for those not at risk
  [[nodiscard]] double weight(ActorId i) const { return weight_[i]; }
  [[nodiscard]] double value(std::size_t term, ActorId i) const { return x_[term * weight_.size() + i]; }
  // Of the first `count` terms.
  void copy_values(ActorId i, std::size_t count, double* to) const {
    for (std::size_t k = 0; k < count; ++k) to[k] = value(k, i);
  }
  // The values of all actors, for each of the first `count` terms; until the next call.
  [[nodiscard]] std::span<const double* const> columns(std::size_t count);

 private:
  // Whether it is present, and of the risk set's kind on this side.
  [[nodiscard]] bool is_at_risk(const Memory& memory, ActorId i) const;
  double read(const Memory& memory, ActorId i);  // the values, into read_, and u

  const RiskSet* risk_set_;
  const Layout* layout_;
  Side side_;
  const std::vector<std::size_t>* terms_;
  std::vector<double> theta_;
  std::vector<double> weight_;
  std::vector<double> x_;  // term x actor
  std::vector<double> read_;
  std::vector<Link> links_;  // of everyone to itself
  std::vector<double> exponent_;
  std::vector<const double*> columns_;
};

}  // namespace detente
