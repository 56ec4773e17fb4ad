// A sample of the risk set at a few times, spread over the record, for starting values: from it Newton finds, at next to no
// cost, where the full likelihood is so close to its maximum that few passes over the record remain.
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
  static constexpr std::size_t times = 24;

  // A longer record is worth a larger sample: `events` of it decide the size.
  StartSample(const Hazard& hazard, std::size_t events);

  // Adds the risk set of now.
  void add(const Memory& memory, const RiskList& list);
  // The newest risk set stands for `events` more events and `time` more time.
  void stand_for(double events, double time);
  void add_event(const Memory& memory, Dyad dyad);

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
  void add_dyad(const Memory& memory, Dyad dyad, double weight, Moment& moment) const;
  void draw_met(const Memory& memory, const std::vector<Dyad>& met, Moment& moment) const;

  const Hazard* hazard_;
  std::size_t most_met_, most_others_;  // dyads drawn at one time
  std::vector<Moment> moments_;
  std::vector<double> statistics_;  // sum over events of x
  double events_ = 0;
};

}  // namespace detente
