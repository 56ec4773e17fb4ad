// How well a fitted tie hazard explains each event: one walk over the record, an EventFit for each modelled event.
//
//   lambda = exp(theta x),  S = sum of lambda over the dyads at risk,  mean = sum of lambda x / S
//
//   log-probability    theta x - log S             that this dyad acts, given that one does
//   log-intensity      beta + theta x              exact timing
//   compensator        integral of e^beta S        exact timing: what was expected since the event before; Exp(1) if the
//                                                  model is right (Cox & Snell 1968)
//   Schoenfeld residual   x - mean                 (Schoenfeld 1982)
//   score              the event's part of the gradient: x - mean (ordinal); (1, x) - integral of e^beta S (1, mean)
//
// With marks (marks.hpp) S and the means are over dyads and marks, and x has a place for each coefficient but the baselines
// of exact timing.
//
// Of a choice without direction x is s of coordination_sums.hpp and mean the sum of P s; ranks are among pairs.
//
// Events at one time see the same history.  After Efron each is read against the mean of the log S that its time has; in
// exact timing they share the compensator equally.  So log-probabilities, compensators and scores add up to the
// likelihood and its gradient (tie_likelihood.hpp), with what is left after the last event.
#pragma once

#include <functional>
#include <limits>

#include "hazard/risk_sums.hpp"

namespace detente {

struct EventFit {
  std::size_t event;     // in record.events
  Eigen::VectorXd x;     // P, a value for each term
  Eigen::VectorXd mean;  // P, over what was at risk, weighted by their hazards
  double log_probability;
  double log_intensity = std::numeric_limits<double>::quiet_NaN();  // NaN in ordinal timing
  double compensator = std::numeric_limits<double>::quiet_NaN();    // likewise
  Eigen::VectorXd score;                                            // a value for each coefficient
  double rank = 0;          // of the dyad among those at risk, 1 = the highest hazard, ties averaged; 0 = not asked for
  std::size_t at_risk = 0;  // dyads, as often as there are marks

  // Ordinal: sqrt(-2 log-probability).  Exact: of the waiting time, sign(1 - c) sqrt(2 (c - 1 - log c)) with c the
  // compensator; above 0 = sooner than expected.  NaN where no time passed.
  [[nodiscard]] double deviance_residual() const;
};

struct EventFitOptions {
  Evaluation evaluation = Evaluation::automatic;
  std::size_t first = 1;  // as for the likelihood
  Time until = never;
  bool ranks = false;  // visits every dyad at risk at every event
};

// What exact timing expected after the last event.
struct EventFitRest {
  double compensator = 0;
  Eigen::VectorXd score;
};

EventFitRest for_each_event_fit(const Record& record, const Model& model, const Hazard& hazard,
                                const EventFitOptions& options, const Eigen::VectorXd& coefficients,
                                const std::function<void(const EventFit&)>& take);

}  // namespace detente
