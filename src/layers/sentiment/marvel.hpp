// Structural balance in continuous time: each feeling is fed by every third party, and in a finite time the group is one
// camp, or two that are at odds.
//
//   dX/dt = X^2,   X(t) = X0 (I - X0 t)^-1 = sum_k l_k/(1 - l_k t) q_k q_k'   before t = 1/l_1
//
// Marvel, Kleinberg, Kleinberg & Strogatz (2011), PNAS 108:1771, equations 1 and 2; X symmetric, with its diagonal.  The
// camps are the signs of the leading eigenvector q_1.  The layer stops just short of the blow-up.
#pragma once

#include "layers/layer.hpp"

namespace detente {

class StructuralBalance {
 public:
  static const LayerDoc doc;

  StructuralBalance(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  explicit StructuralBalance(const Eigen::MatrixXd& start, double stop = 0.999);  // start symmetric

  void advance(double time);  // exactly, but no further than the share `stop` of the way to the blow-up
  [[nodiscard]] Eigen::MatrixXd sentiment() const;
  [[nodiscard]] double blow_up() const;  // time from the start, or from the last event; infinite when l_1 <= 0
  [[nodiscard]] double time() const { return time_; }
  [[nodiscard]] std::vector<int> camps() const;

  void flow(const LayerStep& step, const Signals&) { advance(step.days / time_scale_); }
  void jump(const LayerEvent& event, const Signals&);
  void publish(Signals& signals) const;
  void observe(ReadOuts& out) const;
  bool set(std::string_view, double) { return false; }

 private:
  void begin(const Eigen::MatrixXd& X);
  [[nodiscard]] bool stopped() const { return time_ >= stop_ * blow_up(); }

  std::vector<ActorId> leaders_;  // empty: unnamed nodes
  std::vector<std::string> names_;
  Eigen::VectorXd values_;   // of X0, ascending
  Eigen::MatrixXd vectors_;  // of X0 and of every X(t)
  double time_ = 0;          // since X0, in units of time_scale
  double elapsed_ = 0;       // before X0
  double kick_ = 0;
  double time_scale_ = 1;  // days
  double stop_ = 0.999;
};

}  // namespace detente
