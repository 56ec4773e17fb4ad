// The flow of followers' affect over one small step, for everybody at once.
//
//   dA/dt = -A + (1 - κ_i) tanh(u_i (α A + γ m_i A X / L + ω W A)) + κ_i A(0)
//
// A step of h is exponential: A <- e^-h A + (1 - e^-h) T with T the last two terms at its start.  Points of rest are exact
// for any h; on the way the error is of first order, below h/4 (tested against Runge–Kutta).
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

void step_followers(FollowerState& state, const Network& network, const FollowerForces& forces, double h,
                    unsigned threads);

}  // namespace detente
