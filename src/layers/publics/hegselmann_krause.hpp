// Everybody takes the mean of all who are near in opinion.
//
//   x_i(t+1) = mean of x_j over ties with |x_j - x_i| <= ε, oneself among them
//
// Hegselmann & Krause (2002), eq. 3.2, on [0, 1].  On a complete network people are exchangeable and the rule keeps their
// order, so they are kept sorted: two bounds that only move up and prefix sums give a sweep exactly in O(N).
#pragma once

#include "layers/publics/opinions.hpp"

namespace detente {

class HegselmannKrause {
 public:
  static const LayerDoc doc;

  HegselmannKrause(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  HegselmannKrause(Network network, double epsilon, std::vector<double> start);

  bool sweep(unsigned threads = 1);  // whether anybody moved more than rounding
  [[nodiscard]] std::span<const double> opinions() const { return opinions_; }
  [[nodiscard]] bool consensus(double gap = 1e-4) const;  // no gap above this between neighbours in opinion

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  void sweep_sorted();
  void sweep_network(unsigned threads);

  Network network_;
  double epsilon_;
  std::vector<double> opinions_;
  std::vector<double> next_;
  std::vector<double> sums_;
  SweepClock clock_{1};
};

}  // namespace detente
