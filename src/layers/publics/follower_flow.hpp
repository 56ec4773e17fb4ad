// The flow of followers' affect over one small step, for everybody at once.
//
//   dA/dt = -A + (1 - κ_i) tanh(u_i (α A + γ m_i A X / L + ω W A)) + κ_i A(0)
//
// A step of h is exponential (Cox & Matthews 2002, ETD1 and ETD2RK), T the last two terms:
//
//   first order    a  = e^-h A + (1 - e^-h) T(A)
//   second order   A' = a + (e^-h - 1 + h)/h (T(a) - T(A))
//
// Points of rest are exact for any h.  On the way T changes by no more than Λ times what A does, with
// Λ = max_i (1 - κ_i) u_i (α + γ max_l sum_a |X_al| / L + ω), so that the step errs, to leading order, by no more than
// Λh/2 or (Λh)²/6 of what it moves anybody.  follower_steps() takes steps so short that this is within a tolerance.
#pragma once

#include <span>
#include <vector>

#include "base/large_pages.hpp"
#include "layers/publics/network.hpp"

namespace detente {

// People by leaders; rows are padded with zeros to a multiple of 8 leaders.
struct FollowerState {
  std::size_t people = 0;
  std::size_t leaders = 0;
  std::size_t stride = 0;
  LargeVector<float> affect;
  LargeVector<float> next;
  LargeVector<float> start;      // A(0)
  LargeVector<float> attention;  // u_i
  LargeVector<float> anchor;     // κ_i
  LargeVector<float> media;      // m_i: 1 who hears of what leaders feel, 0 who does not

  FollowerState() = default;
  FollowerState(std::size_t people_of, std::size_t leaders_of);
  [[nodiscard]] float& at(std::size_t person, std::size_t leader) { return affect[person * stride + leader]; }
  [[nodiscard]] float at(std::size_t person, std::size_t leader) const { return affect[person * stride + leader]; }
  [[nodiscard]] static double bytes(double people, std::size_t leaders);
};

struct FollowerForces {
  double ego = 0;                // α
  double leaders = 0;            // γ
  double ties = 0;               // ω
  std::vector<float> sentiment;  // X, stride by stride, row towards column
};

// How a time is split: `count` equal steps of `order` 1 or 2, whichever asks for fewer evaluations of T.
struct FollowerSteps {
  std::size_t count = 0;
  int order = 1;
};
[[nodiscard]] FollowerSteps follower_steps(double time, double longest, double lipschitz, double tolerance);

// Λ, where (1 - κ_i) u_i is at most `steepest`.
[[nodiscard]] double follower_lipschitz(const FollowerForces& forces, std::size_t leaders, double steepest);

void step_followers(FollowerState& state, const Network& network, const FollowerForces& forces, double h,
                    unsigned threads, int order = 1);

}  // namespace detente
