// What a fit explains and what it does not: residuals of every event or tie, the least expected ones, how high the model
// ranked what happened, and what each effect brings.
//
// The gain of an effect is its part of the rise of the log-likelihood above a constant hazard, along the straight path from
// no effect to the estimate, with the baseline at its best all the way (integrated gradients; Aumann & Shapley 1974):
//
//   gain_p = theta_p integral over s in 0..1 of dl/dtheta_p at s theta
//
// so that the gains add up to l(theta) - l(0), to within the quadrature (five nodes of Gauss-Legendre).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "hazard/event_fit.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/tie_fit.hpp"

namespace detente {

inline constexpr std::size_t outliers_listed = 5;
inline constexpr std::array<double, 4> recall_shares{0.01, 0.05, 0.10, 0.20};

struct Against {  // an effect that spoke against what happened
  std::size_t coefficient;
  double contribution;  // theta_p (x_p - mean_p) < 0
};

struct Outlier {
  std::size_t place;             // in events or ties of the explanation
  std::vector<Against> against;  // at most two, the strongest first; events only
};

struct Explanation {
  std::vector<EventFit> events;    // tie hazards
  std::vector<TieFit> ties;        // end and start hazards
  std::vector<Dyad> pairs;         // start hazards: what TieFit::tie points into
  std::vector<Outlier> outliers;   // events of the lowest log-probability; ties of the largest deviance residual
  std::array<double, 4> recall{};  // share of events whose dyad ranked within recall_shares of those at risk
  double mean_rank = 0;            // as a share of the dyads at risk: 0.5 = by chance
  std::vector<double> gain;        // by coefficient; a baseline has none
};

// Gains at `estimate`, 0 for baselines, which stand first; five evaluations.
[[nodiscard]] std::vector<double> gains(const LikelihoodFunction& likelihood, const Eigen::VectorXd& estimate,
                                        std::size_t baselines);

// Fills outliers, recall and mean_rank from events or ties.
void summarize(Explanation& explanation, const Eigen::VectorXd& estimate, std::size_t baselines);

}  // namespace detente
