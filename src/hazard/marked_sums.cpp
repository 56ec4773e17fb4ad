#include "hazard/marked_sums.hpp"

#include <algorithm>
#include <cmath>

namespace detente {

MarkedSums::MarkedSums(const Hazard& hazard, const MarkPlaces& places, const Memory& memory, Evaluation evaluation,
                       const Eigen::VectorXd& coefficients)
    : places_(places) {
  for (std::size_t mark = 0; mark < places.marks(); ++mark) {
    const std::vector<double> theta = places.effects(mark, coefficients);
    sums_.emplace_back(hazard, memory, evaluation, theta);
    offset_.push_back(places.baseline(mark, coefficients) - places.baseline(0, coefficients));
    effects_.emplace_back(Eigen::Map<const Eigen::VectorXd>(theta.data(), static_cast<Eigen::Index>(theta.size())));
  }
}

void MarkedSums::follow(Memory& memory) {
  for (FollowingSums& sums : sums_) sums.look_at(memory);
  memory.clear_touched();
}

const Eigen::MatrixXd& MarkedSums::moments() {
  if (sums_.size() == 1) return sums_.front()->moments();
  together_.setZero(places_.rows(), places_.rows());
  for (std::size_t mark = 0; mark < sums_.size(); ++mark)
    places_.add(mark, sums_[mark]->moments(), std::exp(offset_[mark]), together_);
  return together_;
}

const Eigen::MatrixXd& MarkedSums::moments_for(Dyad dyad) {
  return sums_.size() == 1 ? sums_.front().moments_for(dyad) : moments();
}

double MarkedSums::drift() {
  double drift = 0;
  for (FollowingSums& sums : sums_) drift = std::max(drift, sums->drift());
  return drift;
}

double MarkedSums::score(std::size_t mark, const Eigen::VectorXd& z) const {
  return offset_[mark] + effects_[mark].dot(z.tail(effects_[mark].size()));
}

}  // namespace detente
