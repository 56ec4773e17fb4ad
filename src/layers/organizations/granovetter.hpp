// Staff join a revolt when the share who already did has reached their own threshold.
//
//   r(t+1) = F(r(t)),   F(r) = share of people with threshold <= r,   r(0) = 0
//
// Granovetter (1978), pages 1424-1428: with thresholds N(25, s) per 100 people the end jumps from 5.48 at s = 12.20 to 100
// at s = 12.25.  In the continuum F is the normal distribution function; with a finite staff the thresholds are drawn.
#pragma once

#include <vector>

#include "layers/layer.hpp"

namespace detente {

// F(r) of thresholds N(mean, deviation); all in shares.  A deviation of 0 is a step at the mean.
[[nodiscard]] double share_below(double r, double mean, double deviation);
// Where r -> F(r) ends from `start`: the first r of the sequence that moves by less than 1e-13.
[[nodiscard]] double revolt_end(double mean, double deviation, double start = 0);

class GranovetterRevolt {
 public:
  static const LayerDoc doc;

  GranovetterRevolt(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  // people = 0: the continuum.  Mean and deviation in shares.
  GranovetterRevolt(std::size_t people, double mean, double deviation, const LayerDraws& draws);

  void round();  // one application of the map
  [[nodiscard]] double share() const { return share_; }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view, double) { return false; }

 private:
  double mean_;
  double deviation_;
  std::vector<double> thresholds_{};  // sorted; empty: the continuum
  double share_ = 0;
  double rounds_ = 0;
  double every_ = 1;  // days
  double time_ = 0;   // days since the last round
};

}  // namespace detente
