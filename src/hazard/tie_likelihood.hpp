// The likelihood of who acts towards whom (relational event model, Butts 2008).
//
//   ordinal   sum_k [ theta x_k - log S(t_k) ]                       S(t) = sum over the risk set of exp(theta x)
//   exact     sum_k [ beta + theta x_k ] - integral of e^beta S(t) dt   from the start to the last moment observed
//
//   choice    sum_k [ theta x_k - log S_i(t_k) ]                     S_i: over the dyads at risk of the event's sender i
//   rate      exact or ordinal, S over the senders present: x is of the sender alone (Stadtfeld & Block 2017, eq. 1-3)
//   marks     exact or ordinal, S over dyads and marks, x with a place for each coefficient (marks.hpp)
//
// Statistics of an event are those just before it.  Simultaneous events see the same history; in the ordinal likelihood
// they are treated after Breslow (S for each) or Efron (S less the part of the events already taken; a dyad that acts more
// than once in a mark is taken once, so that something is always left); an effect that hardly varies over the risk set of
// an event (constant_below) adds nothing to the information there.  On a clock that ticks hazards are constant between two
// moments of the replay, so the integral is exact; without ticks what fades by a half-life is integrated with a bound of its
// error, and more finely until that is below a millionth of the log-likelihood (tie_walk.hpp).
//
// The record is cut into blocks of events, each with a snapshot of the memory at its beginning, so that blocks are walked
// side by side.  Blocks depend on the record and the model alone, and their results are added in order: the same bits for
// any number of threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hazard/likelihood.hpp"
#include "hazard/marked_sums.hpp"
#include "hazard/start_sample.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {

struct TieLikelihoodOptions {
  Evaluation evaluation = Evaluation::automatic;
  std::size_t first = 1;   // the first event that enters the likelihood; earlier ones only make history
  Time until = never;      // end of observation; `never` = the last event
  unsigned threads = 0;    // 0 = all
  std::size_t blocks = 0;  // 0 = as many as snapshots of 16 MB in all allow, at most 8
  std::function<void(std::size_t events_done)> progress{};  // of one pass; one call at a time; may throw to cancel
};

class TieLikelihood {
 public:
  TieLikelihood(const Record& record, const Model& model, const Hazard& hazard, TieLikelihoodOptions options);

  // Coefficients: the terms in order; for exact timing the baseline stands first.  With marks: marks.hpp.
  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

  [[nodiscard]] const std::vector<std::string>& names() const { return places_.names(); }
  [[nodiscard]] std::size_t events() const;  // that enter the likelihood
  [[nodiscard]] std::span<const std::size_t> events_of_mark() const { return events_of_mark_; }
  [[nodiscard]] std::size_t outside_lifetime() const { return outside_lifetime_; }  // whose actors were not present
  [[nodiscard]] std::size_t outside_risk_set() const { return outside_risk_set_; }  // whose dyad was not at risk
  [[nodiscard]] Eigen::VectorXd start() const;                                      // where Newton may begin
  // For a better place to begin; empty on a short record, and with marks.  Gives it away.
  [[nodiscard]] StartSample take_sample() { return std::move(sample_); }
  [[nodiscard]] bool factorised() const { return factorised_; }
  [[nodiscard]] std::size_t blocks() const { return starts_.size(); }
  // How far the log-likelihood may be off at the last coefficients because hazards fade between moments; 0 where they are
  // constant there.
  [[nodiscard]] double integral_bound() const { return integral_bound_; }
  [[nodiscard]] double drift() const { return drift_; }  // of the sums, in the passes so far: RiskSums::drift()
  [[nodiscard]] double mean_at_risk() const;             // dyads at a modelled event, on average

 private:
  struct Pass;
  struct Start {  // of a block
    TieWalk walk;
    std::size_t end;  // in events of the record
  };
  void prepare();
  [[nodiscard]] double all_at_risk(RiskList& list, const Memory& memory) const;
  [[nodiscard]] Likelihood walk(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] bool exact() const { return hazard_->text.timing == Timing::exact; }
  [[nodiscard]] bool samples() const { return hazard_->text.kind != HazardKind::rate && hazard_->marks.empty(); }

  const Record* record_;
  const Model* model_;
  const Hazard* hazard_;
  TieLikelihoodOptions options_;
  MarkPlaces places_;
  bool factorised_;
  std::vector<Start> starts_;
  StartSample sample_;
  std::vector<std::size_t> events_of_mark_;
  std::size_t outside_lifetime_ = 0;
  std::size_t outside_risk_set_ = 0;
  double exposure_ = 0;  // dyad-time at risk, for the start
  double at_risk_ = 0;   // summed over events
  mutable double drift_ = 0;
  mutable double integral_bound_ = 0;
  mutable unsigned parts_ = 1;  // of each panel of the integral: as many as its error has asked for
};

}  // namespace detente
