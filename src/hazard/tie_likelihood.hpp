// The likelihood of who acts towards whom (relational event model, Butts 2008).
//
//   ordinal   sum_k [ theta x_k - log S(t_k) ]                       S(t) = sum over the risk set of exp(theta x)
//   exact     sum_k [ beta + theta x_k ] - integral of e^beta S(t) dt   from the start to the last moment observed
//
// Statistics of an event are those just before it.  Simultaneous events see the same history; in the ordinal likelihood
// they are treated after Breslow (S for each) or Efron (S less the part of the events already taken; a dyad that acts more
// than once is taken once, so that something is always left).  Hazards are constant between
// two moments of the replay, so the integral is exact.
#pragma once

#include <string>
#include <vector>

#include "hazard/likelihood.hpp"
#include "hazard/risk_sums.hpp"

namespace detente {

struct TieLikelihoodOptions {
  Evaluation evaluation = Evaluation::automatic;
  std::size_t first = 1;  // the first event that enters the likelihood; earlier ones only make history
  Time until = never;     // end of observation; `never` = the last event
  // > 1: an approximation for starting values.  The sums are made once in every run of so many events and stand for the
  // whole run, instead of following every event.
  std::size_t sample_every = 1;
  std::function<void(std::size_t events_done)> progress{};  // may throw to cancel
};

class TieLikelihood {
 public:
  TieLikelihood(const Record& record, const Model& model, const Hazard& hazard, TieLikelihoodOptions options);

  // Coefficients: the terms in order; for exact timing the baseline stands first.
  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::size_t events() const { return events_; }  // that enter the likelihood
  [[nodiscard]] std::size_t outside_lifetime() const {
    return outside_lifetime_;
  }  // events whose actors were not present
  [[nodiscard]] std::size_t outside_risk_set() const { return outside_risk_set_; }  // whose dyad was not at risk
  [[nodiscard]] Eigen::VectorXd start() const;                                      // where Newton may begin
  [[nodiscard]] bool factorised() const { return factorised_; }

 private:
  struct Walk;
  [[nodiscard]] bool exact() const { return hazard_->text.timing == Timing::exact; }

  const Record* record_;
  const Model* model_;
  const Hazard* hazard_;
  TieLikelihoodOptions options_;
  bool factorised_;
  std::size_t events_ = 0;
  std::size_t outside_lifetime_ = 0;
  std::size_t outside_risk_set_ = 0;
  double exposure_ = 0;  // dyad-time at risk, for the start
};

}  // namespace detente
