// Where the sentiment flow of leaders tips.  On X = x s s' (s = +-1, no self-entries; equal ego and attention) it is
//
//   dx/dt = -x + tanh(a x + b x^2),   a = u alpha,   b = u gamma (L - 2)/L
//
// so neutrality is lost by itself at a = 1; below that a jolt x tips the group if and only if it exceeds the smallest root
// x_c of atanh x = a x + b x^2.  With h(x) = atanh(x)/x - a - b x, which is convex, the root is left of the minimum of h.
// Both thresholds fall as ego rises: a hypothesis of this project (the flow is its own), no finding of a paper.
#pragma once

#include <cstddef>
#include <optional>

namespace detente {

struct TippingCase {
  double gain;     // u alpha >= 0
  double balance;  // u gamma >= 0
  std::size_t leaders;
};

// x_c in (0, 1); 0 where neutrality is lost by itself; nothing where every jolt relaxes.
[[nodiscard]] std::optional<double> tipping_point(const TippingCase& of);

// The attention at which neutrality is lost by itself: u alpha = 1.
[[nodiscard]] inline double neutral_threshold(double ego) { return 1 / ego; }

}  // namespace detente
