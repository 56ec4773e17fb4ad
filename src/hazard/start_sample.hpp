// A sample of the risk set at a few times, spread over the record, for starting values: from it Newton finds, at next to no
// cost, where the full likelihood is so close to its maximum that few passes over the record remain.
//
// A choice has its sample of events, and for each of what its sender could have chosen.
//
// Each time stands for the run of events around it.  Of the dyads that have met, those that did more are the likelier to
// be drawn; of the others any; each weighs as many as it stands for.  A few dyads are all taken.
#pragma once

#include <vector>

#include "hazard/likelihood.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {

class StartSample {
 public:
  // A longer record is worth a larger sample; a short one none.  `events`: of the record.
  StartSample(const Hazard& hazard, std::size_t events);

  // Follows a walk: between next() and arrive(), while the memory is as it was in the time that passes, which is when a
  // risk set of exact timing is taken; at each moment it arrived at, when one of ordinal timing is; and at its end.
  void follow_time(const TieWalk& walk, RiskList& list);
  void follow_events(const TieWalk& walk, RiskList& list);
  void finish(const TieWalk& walk, RiskList& list);

  [[nodiscard]] bool empty() const { return moments_.empty(); }
  // As TieLikelihood's.
  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

 private:
  struct Moment {
    double events = 0;
    double time = 0;
    std::vector<double> weight;          // by dyad
    std::vector<std::vector<double>> x;  // by term, by dyad
  };
  [[nodiscard]] bool due(std::size_t seen) const;
  void take(const Memory& memory, RiskList& list);  // the risk set of now
  void add(const Memory& memory, RiskList& list);
  void stand_for(double share);  // of what waits, the newest risk set
  void add_event(const Memory& memory, Dyad dyad);
  void add_dyad(const Memory& memory, Dyad dyad, double weight, Moment& moment) const;
  void add_choice(const Memory& memory, const RiskList& list, const Event& event);
  void draw(const Memory& memory, const std::vector<Dyad>& dyads, const std::vector<double>& size, std::size_t most,
            Moment& moment) const;

  const Hazard* hazard_;
  std::size_t record_events_;
  bool of_choice_;
  std::size_t times_;                   // moments taken
  std::size_t most_met_, most_others_;  // dyads drawn at one time
  std::vector<Moment> moments_;
  std::vector<double> statistics_;  // sum over events of x
  double events_ = 0;
  double events_waiting_ = 0, time_waiting_ = 0;  // of the run since the newest risk set
};

}  // namespace detente
