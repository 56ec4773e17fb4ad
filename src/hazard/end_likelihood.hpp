// The likelihood of how ties end: a hazard over the ties in force, lambda = e^{theta x} h0(age) (end_baseline.hpp), in
// episodes (episode_likelihood.hpp).
//
// On a clock that ticks, covariates are those at the start of a tick, before its events; a tie is at risk from the tick
// after its start until the tick of its end, which counts half.  Without ticks a stretch lasts from one change to the next
// and durations are exact.  Other endings and the end of the record censor.  An effect of two actors is read both ways and
// averaged, as a tie has no direction.  x begins with 1 (baseline), except for Cox, and a step for each age cut; the
// coefficients of the baseline's shape stand last.
#pragma once

#include <string>
#include <vector>

#include "hazard/episode_likelihood.hpp"

namespace detente {

// Whether an age has come to a cut, whatever rounding left of it.
[[nodiscard]] inline bool reaches(double age, double cut, const Memory& memory) {
  return age >= cut - time_tolerance(memory.fade_time());
}

// Values of an end hazard's covariates for one tie: end_columns() of them.
void fill_end_terms(const Hazard& hazard, const Memory& memory, TieId tie, std::span<double> x);
[[nodiscard]] std::size_t end_columns(const Hazard& hazard);
// Names of all coefficients: of the covariates, then of the baseline's shape.
[[nodiscard]] std::vector<std::string> end_names(const Hazard& hazard, Clock clock);
// The hazard of one tie over the next tick, on average, with what the memory knows of its actors' own.  `x` is room for its
// covariates.
[[nodiscard]] double end_rate(const Hazard& hazard, const Memory& memory, TieId tie,
                              const Eigen::VectorXd& coefficients, std::vector<double>& x);

class EndLikelihood : public EpisodeLikelihood {
 public:
  EndLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until);

  [[nodiscard]] std::size_t ties() const { return units(); }  // ever at risk
  // Ties of the kinds at risk that never were: on a clock that ticks those that begin and end within one tick, without ticks
  // at one moment; and those that begin when observation ends, or end before it begins.
  struct NeverAtRisk {
    std::size_t too_short = 0;
    std::size_t at_the_end = 0;
    std::size_t endings = 0;  // of those too short, how many end the way the hazard makes
  };
  [[nodiscard]] const NeverAtRisk& never_at_risk() const { return never_at_risk_; }
  // The likelihood of some of the ties alone.
  [[nodiscard]] EndLikelihood of_ties(const std::vector<bool>& kept) const;

 private:
  void tick_by_tick(const Record& record, const Model& model, const Hazard& hazard, Time until);
  void change_by_change(const Record& record, const Model& model, const Hazard& hazard, Time until);
  void count_never_at_risk(const Record& record, const Hazard& hazard, Time until);

  NeverAtRisk never_at_risk_;
};

}  // namespace detente
