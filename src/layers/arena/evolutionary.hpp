// Whether safety spreads among developers who imitate success.  Z developers meet in races of two: who first makes W
// steps takes the prize B; a round pays b to share, in the ratio of speeds; being safe costs c a round at speed 1,
// being unsafe goes at speed s and loses everything with probability p_r (q = 1 - p_r).  Mean payoff a round of the
// row against the column (AS always safe, AU always unsafe, CS safe first and then what the other did):
//
//   AS  B/2W + S      T                        B/2W + S          S = b/2 - c       T = b/(s+1) - c
//   AU  q(sB/W + U)   q(sB/2W + V)             q(sB/W + rU + (1-r)V)
//   CS  B/2W + S      rT + (1-r)V              B/2W + S          U = sb/(s+1)      V = b/2,   r = s/W
//
// Imitation is pairwise: one developer takes the strategy of another with probability 1/(1 + e^{-beta (f_other -
// f_own)}) (Traulsen, Nowak & Pacheco 2006).  Where mutations are rare, the population is nearly always of one
// strategy and moves between those as a Markov chain of fixation probabilities (Fudenberg & Imhof 2006).  In the
// early regime, B/W >> b, c:
//
//   safety is selected against AU  <=>  q < (Z-2) / (s(3Z-2))  ->  p_r > 1 - 1/(3s)   for large Z
//   everybody is better off safe   <=>  p_r > 1 - 1/s
//
// and in between lies the dilemma.  Han, Pereira, Santos & Lenaerts (2020), without discovery of the unsafe (p_fo = 0).
#pragma once

#include <array>

#include <Eigen/Core>

#include "layers/layer.hpp"

namespace detente {

struct SafetyGame {
  std::size_t population = 100;  // Z >= 2
  double b = 4;
  double c = 1;
  double prize = 1e4;       // B
  double steps = 100;       // W >= s
  double speed = 1.5;       // s >= 1
  double disaster = 0.6;    // p_r
  double selection = 0.01;  // beta, per unit of payoff
};

using SafetyPayoffs = Eigen::Matrix3d;  // in the order AS, AU, CS
[[nodiscard]] SafetyPayoffs safety_payoffs(const SafetyGame& game);

// That one mutant takes over Z - 1 residents.
[[nodiscard]] double fixation(const SafetyPayoffs& payoffs, int mutant, int resident, std::size_t population,
                              double selection);
// Shares of time as AS, AU, CS where mutations are rare.
[[nodiscard]] Eigen::Vector3d rare_mutation_shares(const SafetyGame& game);

// Counts of the strategies, moved by single updates: with probability `mutation` one developer takes a strategy at
// random, otherwise one imitates another.  `update` numbers it for its keyed draws.
using StrategyCounts = std::array<std::size_t, 3>;
void imitate(StrategyCounts& counts, const SafetyPayoffs& payoffs, double selection, double mutation,
             const LayerDraws& draws, std::uint64_t update);

class EvolutionaryRace {
 public:
  static const LayerDoc doc;

  EvolutionaryRace(const Settings& settings, const Cast& cast, const LayerDraws& draws);

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  SafetyGame game_;
  double mutation_;
  double generation_;  // days
  SafetyPayoffs payoffs_;
  StrategyCounts counts_{};
  std::uint64_t updates_ = 0;
  double owed_ = 0;       // a part of an update, left over from the last step
  double safe_time_ = 0;  // sum over updates of the share of safe developers
};

}  // namespace detente
