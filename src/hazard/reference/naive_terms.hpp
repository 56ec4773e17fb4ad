// The terms of a formula and the risk set of a hazard, in plain loops: every number is read off the list of events by the
// naive functions of effects/reference.  std(x) is x less its mean over those at risk (for a choice those of its sender, for
// a rate the actors present that may send), over their standard deviation, each time anew.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "hazard/model.hpp"
#include "memory/reference/history.hpp"

namespace detente::reference {

// Who may send, by rules of kinds of actor.
[[nodiscard]] bool may_send(const History& history, const std::string& rule, ActorId i);
// May the hazard strike the dyad?
[[nodiscard]] bool at_risk(const History& history, const Hazard& hazard, ActorId i, ActorId j);

// The terms of a hazard's formula, for one dyad.
class NaiveTerms {
 public:
  // `traces` must outlive the terms.  `hazard`: over whose risk set std() standardizes; without one it is every dyad.
  NaiveTerms(std::string_view formula, std::span<const TraceSpec> traces, Hazard hazard = {});
  [[nodiscard]] Eigen::VectorXd operator()(const History& history, ActorId i, ActorId j) const;

 private:
  std::vector<std::function<double(const History&, ActorId, ActorId)>> terms_;
};

}  // namespace detente::reference
