// The likelihoods and the sums over the risk set in plain loops: every dyad is visited at every moment, and every number
// is read off the list of events by the naive functions of effects/reference.
//
//   ordinal   sum_k [ theta x_k - log S(t_k) ]
//   choice    the same with S over the dyads at risk of the event's sender; a rate has S over senders
//   choice without directions   sum_k [ log q_ij - log sum over pairs of q ],  q_ij = p_i(j) p_j(i), p_i(j) = e^{theta x_ij}
//             / sum of it over those whom i may choose
//   exact     sum_k [ beta + theta x_k ] - sum over stretches [a, b) without a change of e^beta S(a) (b - a)
//   marks     the same over dyads and marks: x has a place for each coefficient, 0 where it is another mark's
//   end       sum over ends [ theta x ] - sum over ties and ticks at risk [ e^{theta x} dt ]
//   start     sum over starts [ theta x ] - sum over pairs and ticks at risk [ e^{theta x} dt ]
//
// A stretch ends where anything may change: events, ties, passages of actors, attributes, ticks of the clock.
#pragma once

#include <string>

#include "hazard/likelihood.hpp"
#include "hazard/model.hpp"
#include "hazard/reference/naive_terms.hpp"

namespace detente::reference {

// sum over the dyads at risk, and marks where there are any, of e^{theta x} z z', z = (1, x).  The hazard's risk set is
// read off its text; without a hazard every dyad of two actors present is at risk.
[[nodiscard]] Eigen::MatrixXd dense_moments(const Hazard& hazard, const NaiveTerms& terms, const History& history,
                                            const Eigen::VectorXd& theta);
[[nodiscard]] Eigen::MatrixXd dense_moments(const NaiveTerms& terms, const History& history,
                                            const Eigen::VectorXd& theta);

struct DenseOptions {
  std::size_t first = 1;
  Time until = never;
};

[[nodiscard]] Likelihood dense_tie_likelihood(const Record& record, const Model& model, const Hazard& hazard,
                                              const DenseOptions& options, const Eigen::VectorXd& coefficients);
// Of a choice without directions.
[[nodiscard]] Likelihood dense_coordination_likelihood(const Record& record, const Model& model, const Hazard& hazard,
                                                       const DenseOptions& options, const Eigen::VectorXd& theta);
[[nodiscard]] Likelihood dense_end_likelihood(const Record& record, const Model& model, const Hazard& hazard,
                                              Time until, const Eigen::VectorXd& coefficients);

[[nodiscard]] Likelihood dense_start_likelihood(const Record& record, const Model& model, const Hazard& hazard,
                                                Time until, const Eigen::VectorXd& coefficients);

// Alike up to `tolerance`, each part beside the size of what goes into it; and how far they are apart, in words.
[[nodiscard]] bool close(const Likelihood& a, const Likelihood& b, double tolerance);
// Sums of weighted z z': each entry beside the sizes that go into it, the roots of the diagonals.
[[nodiscard]] bool close(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, double tolerance);
// How closely an integral of a hazard that fades without ticks can be told from the oracle's: `usual` where there is none.
[[nodiscard]] inline double integral_tolerance(const Model& model, const Hazard& hazard, double bound, double usual) {
  const bool integrates = hazard.text.timing == Timing::exact && !model.memory.tick.any() && hazard.drifts();
  if (!integrates) return usual;
  // These jump at moments of their own, within the panels of both integrals.
  for (const char* jumps : {"new_ties", "rupture_rate"})
    if (hazard.text.formula.text.find(jumps) != std::string::npos) return 0.05;
  return 1e-5 + bound;
}
[[nodiscard]] std::string difference(const Likelihood& a, const Likelihood& b);

}  // namespace detente::reference
