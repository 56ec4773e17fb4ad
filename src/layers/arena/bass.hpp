// Diffusion of a capability among those who could have it: some take it up by themselves, others because others did.
//
//   dF/dt = (p + q F)(1 - F),   F(t) = (1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t})  from F(0) = 0
//
// Bass (1969), equations 2 and 9.  The rate of adoption peaks at ln(q/p)/(p+q).
#pragma once

#include "layers/layer.hpp"

namespace detente {

class BassDiffusion {
 public:
  static const LayerDoc doc;

  BassDiffusion(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  // p, q > 0 per unit of time; `adopted` in [0, 1).
  BassDiffusion(double innovation, double imitation, double adopted = 0)
      : p_(innovation), q_(imitation), adopted_(adopted) {}

  void advance(double time);  // exactly, whatever the step
  [[nodiscard]] double adopted() const { return adopted_; }
  [[nodiscard]] double rate() const { return (p_ + q_ * adopted_) * (1 - adopted_); }

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  double p_;
  double q_;
  double adopted_ = 0;
  double unit_ = 1;  // days
  double time_ = 0;  // in units
  double peak_time_ = 0;
  double peak_rate_ = 0;
};

}  // namespace detente
