// How leaders feel about each other: a pull back to neutral, a push by one's own feeling and by those of common friends and
// enemies, which saturates.
//
//   dX/dt = -X + tanh(u o (alpha X + gamma X^2 / L))        X_ij of i towards j, in [-1, 1]; no self-entries
//
// alpha_i is self-gain (ego), u_i attention, both of the row; gamma is the weight of balance.  The X^2 term is that of
// Marvel, Kleinberg, Kleinberg & Strogatz (2011); the saturation, the pull to neutral and ego are this project's own.  With
// gamma = 0 every pair is alone: dx/dt = -x + tanh(u alpha x).  Thresholds: thresholds.hpp.  An event kicks X by its
// warmth.
#pragma once

#include "layers/layer.hpp"
#include "layers/sentiment/thresholds.hpp"

namespace detente {

struct SentimentGains {
  Eigen::VectorXd ego;        // alpha_i
  Eigen::VectorXd attention;  // u_i
  double balance;             // gamma
};

// change = -X + tanh(u o (alpha X + gamma X^2 / L)), its diagonal 0.  change has the shape of X.
void sentiment_rate(const SentimentGains& gains, const Eigen::MatrixXd& X, Eigen::MatrixXd& change);

// x s s' without self-entries: a line between two camps.
[[nodiscard]] Eigen::MatrixXd two_camps(double x, const std::vector<double>& sides);

class LeaderSentiment {
 public:
  static const LayerDoc doc;

  LeaderSentiment(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  // `start` square with nothing on its diagonal; time in units of the pull to neutral.
  LeaderSentiment(Eigen::MatrixXd start, SentimentGains gains);

  void advance(double time);  // in units of time_scale
  [[nodiscard]] const Eigen::MatrixXd& sentiment() const { return X_; }

  void flow(const LayerStep& step, const Signals&) { advance(step.days / time_scale_); }
  void jump(const LayerEvent& event, const Signals&);
  void publish(Signals& signals) const;
  void observe(ReadOuts& out) const;
  // ego, attention: of all, or of one ("ego:musk").
  bool set(std::string_view name, double value);

 private:
  void kick(ActorId from, ActorId to, double by);
  [[nodiscard]] bool set_of(std::string_view key, std::string_view whose, double value);

  std::vector<ActorId> leaders_;
  std::vector<std::string> names_;
  Eigen::MatrixXd X_;
  SentimentGains gains_;
  double kick_ = 0.3;
  double echo_ = 0.5;
  double time_scale_ = 1;  // days
  double tolerance_ = 1e-9;
  double next_step_ = 0;  // the integrator's, in units of time_scale
};

}  // namespace detente
