// The likelihood of which ties start, between whom and when: a hazard over unordered pairs of actors without a tie of some
// kinds, whose event is the start of such a tie; in episodes (episode_likelihood.hpp).
//
//   lambda_ab = e^{theta x},   x = 1, a step for each age cut, the terms read both ways and averaged
//
// The clock is that of ties that end: covariates are those at the start of a tick, before its events; a pair is at risk
// from the tick after it came to be so (pair_spells.hpp) until the tick of the start, which counts half.  Several ties of a
// pair that start in one tick are one event; a pair whose tie starts in the very tick in which it came to be at risk never
// was.  The age of a spell is the time since it began.
#pragma once

#include "hazard/episode_likelihood.hpp"
#include "hazard/pair_spells.hpp"

namespace detente {

[[nodiscard]] std::size_t start_columns(const Hazard& hazard);
[[nodiscard]] std::vector<std::string> start_names(const Hazard& hazard, Clock clock);
// Values of a start hazard's covariates for one pair, at risk since then: start_columns() of them.
void fill_start_terms(const Hazard& hazard, const Memory& memory, Dyad pair, Time since, std::span<double> x);
// The hazard of one pair in the tick that the memory stands at; 0 while one of the two is not present.  `x` is room for its
// covariates.
[[nodiscard]] double start_rate(const Hazard& hazard, const Memory& memory, const PairSpell& spell,
                                const Eigen::VectorXd& coefficients, std::vector<double>& x);

class StartLikelihood : public EpisodeLikelihood {
 public:
  StartLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until);

  [[nodiscard]] const std::vector<Dyad>& pairs() const { return pairs_; }  // ever at risk

 private:
  std::vector<Dyad> pairs_;
};

}  // namespace detente
