// A whole organization under a leader: a board that learns about the leader and may dismiss, staff who may leave or revolt,
// what the organization knows and does, and how far it is from its charter.  Ouster and return come out; neither is scripted.
//
//   signal       y = ability + performance_weight (performance - performance at the start) + shocks + noise,  every
//                signal_every while the leader is in office; the belief learns y (board.hpp) and the board dismisses when the
//                mean is under dismissal_threshold.  Hermalin & Weisbach (1998), Taylor (2010)
//   shocks       an event between leader and organization or board adds event_gain warmth / 10 to the next signal
//   distraction  a hostile event of the leader with anybody else adds distraction_gain |warmth| / 10, which fades
//   revolt       Granovetter's thresholds day by day after a dismissal (staff.hpp); a share of reversal_share within
//                reversal_window takes the leader back, and the board holds its prior again
//   morale       dM/dt = (M* - M) / morale_time,  M* = tanh(ego_weight ego + eco_weight eco + intuitive_weight intuitive -
//                pressure_weight (pressure + distraction)); without the leader the three styles are 0
//   exits        by misfit with asked = (ego - eco)/2 + pressure + distraction, within [-1, 1] (staff.hpp)
//   knowledge    March (1991) with a seat emptied by an exit and filled by a naive recruit (march.hpp)
//   performance  knowledge (1 + M)/2 present/staff, in [0, 1]
//   mission      dm/dt = drift commercial_share (1 - m) - governance m (board.hpp)
//
// The organization lives in whole days, whatever the step; the mission moves exactly by the step.
#pragma once

#include "layers/layer.hpp"
#include "layers/organizations/board.hpp"
#include "layers/organizations/march.hpp"
#include "layers/organizations/staff.hpp"

namespace detente {

class FirmOrganization {
 public:
  static const LayerDoc doc;

  FirmOrganization(const Settings& settings, const Cast& cast, const LayerDraws& draws);

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent& event, const Signals&);
  void publish(Signals& signals) const;
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

  [[nodiscard]] const BoardBelief& belief() const { return belief_; }
  [[nodiscard]] double ability() const { return ability_; }
  // The noise of signal `number`, from 1: what a test needs to follow the board.
  [[nodiscard]] double noise(std::uint32_t number, const LayerDraws& draws) const;

 private:
  struct Numbers {  // as told; see firm_doc.cpp
    double prior_mean, prior_precision, signal_every, signal_noise, dismissal_threshold, performance_weight;
    double event_gain, distraction_gain, distraction_half_life, reversal_share, reversal_window;
    double ego, eco, intuitive, ego_weight, eco_weight, intuitive_weight, pressure, pressure_weight, morale_time;
    double learning_period, drift, commercial_share, governance;
  };
  enum class Office : std::uint8_t { leader, interim, successor };

  [[nodiscard]] static Numbers numbers_of(const Settings& settings);
  [[nodiscard]] double performance() const;
  [[nodiscard]] double morale_goal() const;
  [[nodiscard]] double asked() const;
  [[nodiscard]] bool inside(ActorId a, ActorId b) const;

  void live_a_day(const LayerStep& step, Time time);
  void move_staff(const LayerDraws& draws);
  void hear_signals(const LayerStep& step, Time time);
  void face_revolt(const LayerStep& step, Time time);
  void tell(const LayerStep& step, Time time, std::string_view what) const;

  Numbers is_;
  ActorId organization_;
  ActorId leader_;
  ActorId board_ = no_id;
  std::size_t seats_;
  Staff staff_;
  MarchLearning knowledge_;
  BoardBelief belief_{};
  double ability_ = 0;
  Office office_ = Office::leader;
  double first_performance_ = 0;
  double morale_ = 0;
  double mission_ = 0;
  double shock_ = 0;
  double distraction_ = 0;
  double elapsed_ = 0;      // days
  std::uint32_t day_ = 0;   // whole days lived
  double next_signal_ = 0;  // days
  double next_learning_ = 0;
  double interim_since_ = 0;
  std::uint32_t signals_ = 0;
  std::size_t exits_ = 0;
  double peak_revolt_ = 0;
  double dismissed_day_ = Signals::unknown;  // of the first
  double returned_day_ = Signals::unknown;
};

}  // namespace detente
