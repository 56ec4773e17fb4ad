// Followers: what a public feels about each leader, and where it stands on issues.
//
// Between events affect flows as follower_flow.hpp says.  An event between leaders a and b of warmth w in [-10, 10] is a cue
// (Zaller 1992; Lenz 2012): of the share `reach` who hear of it, each who likes a takes it over,
//
//   A_ib += cue_gain (w/10) s_i max(A_ia, 0),    x_ik += issue_gain (w/10) s_i max(A_ia, 0) p_bk
//
// s_i their susceptibility, p_bk where b stands on issue k; both stay within [-1, 1].  With cues = false nobody takes any.
#pragma once

#include "layers/publics/follower_flow.hpp"
#include "layers/publics/opinions.hpp"

namespace detente {

struct FollowerCues {
  bool taken = true;
  double cue_gain = 0.2;
  double issue_gain = 0.05;
  double reach = 0.5;
};

class FollowerSentiment {
 public:
  static const LayerDoc doc;

  FollowerSentiment(const Settings& settings, const Cast& cast, const LayerDraws& draws);

  [[nodiscard]] const FollowerState& state() const { return state_; }
  [[nodiscard]] const std::vector<std::vector<double>>& issues() const { return issues_; }
  [[nodiscard]] std::vector<double> approval(unsigned threads = 1) const;  // mean affect by leader

  void flow(const LayerStep& step, const Signals& seen);
  void jump(const LayerEvent& event, const Signals&);
  void publish(Signals& signals) const;
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  struct Camps;
  [[nodiscard]] Camps camps(unsigned threads) const;
  void draw_people(const Settings& settings);
  [[nodiscard]] std::size_t leader(ActorId actor) const;  // leaders_.size() when it is none

  std::vector<ActorId> leaders_;
  std::vector<std::string> names_;
  LayerDraws draws_;
  Network network_;
  FollowerState state_;
  std::vector<std::vector<double>> issues_;     // by issue and person
  std::vector<std::vector<double>> positions_;  // by issue and leader
  std::vector<double> susceptibility_;
  FollowerForces forces_;
  FollowerCues cues_;
  double dt_;
  double tolerance_;
  double steepest_ = 0;  // max (1 - κ_i) u_i
  double unit_;
  double attention_;
  std::uint32_t events_ = 0;
};

// sqrt of the share of the variance of x that lies between camps: 0 when camps tell nothing, 1 when they tell all.
[[nodiscard]] double camp_sorting(std::span<const double> x, std::span<const std::uint32_t> camp, std::size_t camps,
                                  unsigned threads = 1);

}  // namespace detente
