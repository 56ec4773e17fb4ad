// People take over what they hear and hold on to where they began.
//
//   x(t+1) = Λ W x(t) + (I - Λ) x(0),   x* = (I - Λ W)^-1 (I - Λ) x(0)
//
// W averages over ties, Λ is each person's susceptibility.  Friedkin & Johnsen (1990), eq. 1.
#pragma once

#include "layers/publics/opinions.hpp"

namespace detente {

class FriedkinJohnsen {
 public:
  static const LayerDoc doc;

  FriedkinJohnsen(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  FriedkinJohnsen(Network network, std::vector<double> susceptibility, std::vector<double> start);

  void sweep(unsigned threads = 1);
  [[nodiscard]] std::span<const double> opinions(std::size_t issue = 0) const { return opinions_[issue]; }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view, double) { return false; }

 private:
  Network network_;
  std::vector<double> susceptibility_;
  std::vector<std::vector<double>> start_;  // by issue
  std::vector<std::vector<double>> opinions_;
  std::vector<double> next_;
  SweepClock clock_{1};
  double index_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace detente
