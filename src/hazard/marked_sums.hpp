// Sums over the risk set and the marks of a hazard, kept at a walk's memory: one RiskSums for each mark, put together as
// marks.hpp says.  Up to e^baseline of the first mark: without marks they are those of the terms alone.
#pragma once

#include <vector>

#include "hazard/marks.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {

class MarkedSums {
 public:
  // `places` must outlive it.
  MarkedSums(const Hazard& hazard, const MarkPlaces& places, const Memory& memory, Evaluation evaluation,
             const Eigen::VectorXd& coefficients);

  void follow(Memory& memory);  // clears what the memory touched
  // MarkPlaces::rows() of them; without marks those of z = (1, x).
  [[nodiscard]] const Eigen::MatrixXd& moments();
  // Over what an event of this dyad competed with.
  [[nodiscard]] const Eigen::MatrixXd& moments_for(Dyad dyad);
  [[nodiscard]] double drift();  // RiskSums::drift()
  // theta x of an act, with the mark's baseline less that of the first.
  [[nodiscard]] double score(std::size_t mark, const Eigen::VectorXd& z) const;

 private:
  const MarkPlaces& places_;
  std::vector<FollowingSums> sums_;  // by mark
  std::vector<double> offset_;       // by mark: baseline less that of the first
  std::vector<Eigen::VectorXd> effects_;
  Eigen::MatrixXd together_;
};

}  // namespace detente
