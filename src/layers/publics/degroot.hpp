// People average what they hear and what they held.
//
//   x(t+1) = s x(t) + (1 - s) W x(t)
//
// DeGroot (1974).  All end at π'x(0), π the left eigenvector of W of sum 1: on an undirected network, the mean weighted by
// the number of ties.  A self-weight s above 0 keeps a network of two sides from swinging for ever.
#pragma once

#include "layers/publics/opinions.hpp"

namespace detente {

class DeGroot {
 public:
  static const LayerDoc doc;

  DeGroot(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  DeGroot(Network network, double self_weight, std::vector<double> start);

  void sweep(unsigned threads = 1);
  [[nodiscard]] std::span<const double> opinions(std::size_t issue = 0) const { return opinions_[issue]; }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  Network network_;
  double self_weight_;
  std::vector<std::vector<double>> opinions_;  // by issue
  std::vector<double> next_;
  SweepClock clock_{1};
};

}  // namespace detente
