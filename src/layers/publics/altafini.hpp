// Friends draw near, enemies apart.
//
//   dx_i/dt = sum_j |w_ij| (sign(w_ij) x_j - x_i)
//
// Altafini (2013), eq. 5.  On a connected, structurally balanced network with camps σ = ±1 all end at σ_i mean(σ x(0)); on
// any other, at 0.
#pragma once

#include "layers/publics/opinions.hpp"

namespace detente {

class Altafini {
 public:
  static const LayerDoc doc;

  Altafini(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  Altafini(Network network, std::vector<double> start, double tolerance = 1e-8);

  void advance(double time, unsigned threads = 1);
  [[nodiscard]] std::span<const double> opinions(std::size_t issue = 0) const { return opinions_[issue]; }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view, double) { return false; }

 private:
  Network network_;
  std::vector<std::vector<double>> opinions_;  // by issue
  double tolerance_ = 1e-8;
  double unit_ = 1;  // days
  double step_ = 0.01;
};

}  // namespace detente
