// Labs that race: what one has is pulled on by money, spreads by openness, and is as safe as the race lets it be.
//
//   capability  d ln C_i/dt = g R_i (1 - d s_i) + k o_L (C_L/C_i - 1)     L: the most capable lab; o: openness
//   resources   d ln R_i/dt = m; an event of a lab or its leader multiplies R_i by e^{gain warmth / 10}
//   safety      ds_i/dt = (max(s*, floor_i) - s_i) / tau, s* the winner's expected safety in the race to the precipice
//               (precipice.hpp) among these labs with enmity e = mean (1 - X_ij)/2 over their leaders
//   misuse      dM/dt = rate (1 - oversight) sum_i o_i max(0, C_i - threshold)
//   access      each group of users: Bass, at a speed of closed + (1 - closed) mean o; read out as a Gini coefficient
//   regulator   acts at a rate of regulation (1 + a M/(1+M)), a: alarm; every floor moves on towards 1 by a share, or the
//               floor of the lab with the most misuse where a regulator is named (institutions.hpp)
//   board       of the most capable lab acts at a rate of board (1 + a (1 - C_second/C_L)); that lab's floor moves on
//   court       acts at a rate of court (1 + a M/(1+M)); the most open lab's openness falls by a share
//
// Institutions act by exact time change: one acts when its integrated rate passes a keyed exponential draw, at the end
// of the tick in which it does.  Enmity, openness and floors hold still in a tick: safety and access move on by closed
// forms, the rest with an error control (dormand_prince.hpp).  With couplings off: C grows as e^{g t}, access is Bass's,
// s tends to s*.
//
// What comes out is a vector, never one score.  `risk_to_start` is 1 - the most capable lab's safety against what it
// was at the start: a comparative static, not a probability of anything.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "layers/arena/bass.hpp"
#include "layers/arena/institutions.hpp"
#include "layers/arena/precipice.hpp"
#include "layers/layer.hpp"

namespace detente {

class LabRace {
 public:
  static const LayerDoc doc;

  LabRace(const Settings& settings, const Cast& cast, const LayerDraws& draws);

  void flow(const LayerStep& step, const Signals& seen);
  void jump(const LayerEvent& event, const Signals& seen);
  void publish(Signals& signals) const;
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

  [[nodiscard]] double enmity(const Signals& seen) const;

 private:
  struct Lab {
    std::string name;
    ActorId actor = no_id;
    ActorId leader = no_id;
    double capability = 1;
    double resources = 1;  // in shares of the start
    double safety = 0;
    double openness = 0;
    double floor = 0;               // of safety, by rule
    std::optional<double> charter;  // openness it was founded to have
  };
  struct Rates {  // per year
    double growth;
    double safety_drag;
    double spread;
    double misuse;
    double threshold;
    double oversight;
    double money_flow;
    double event_gain;
    double tau;  // years
    double regulation;
    double board;
    double court;
    double alarm;
    double share;  // by which an act moves a floor, or openness
  };
  struct Clock {
    double waited = 0;         // integrated rate since it last acted
    double wait = 0;           // the draw it waits for
    std::uint32_t drawn = 0;   // acts
    std::uint32_t worked = 0;  // acts, those that others drew among them
  };

  [[nodiscard]] std::size_t leading() const;
  [[nodiscard]] Eigen::VectorXd rate(const Eigen::VectorXd& state, double equilibrium) const;
  [[nodiscard]] double safety_after(const Lab& lab, double equilibrium, double years) const;
  [[nodiscard]] double lead(std::size_t lab) const;
  void draw_act(InstitutionRole role, const LayerStep& step);
  void act(InstitutionRole role, std::size_t lab);
  [[nodiscard]] std::size_t target(InstitutionRole role) const;

  std::vector<Lab> labs_;
  Rates rates_{};
  PrecipiceRace race_;
  std::optional<double> fixed_enmity_;
  std::vector<BassDiffusion> groups_;
  std::vector<double> group_sizes_;
  double closed_access_;
  Institutions institutions_;
  std::array<Clock, institution_roles> clocks_{};
  double misuse_ = 0;
  double enmity_ = 0;
  double equilibrium_ = 0;
  double start_risk_ = 0;
};

}  // namespace detente
