// tanh of floats without a branch or a call, so that a loop over it becomes vector code: the rational minimax approximation
// x P(x²) / Q(x²) of degrees 13 and 6 that Eigen uses, |error| < 1e-6 everywhere (tested against std::tanh).
#pragma once

namespace detente {

inline float fast_tanh(float value) {
  constexpr float most = 7.9053111F;  // beyond it tanh is 1 in float
  const float x = value < -most ? -most : (value > most ? most : value);
  const float s = x * x;
  float p = -2.76076847742355e-16F;
  p = p * s + 2.00018790482477e-13F;
  p = p * s - 8.60467152213735e-11F;
  p = p * s + 5.12229709037114e-08F;
  p = p * s + 1.48572235717979e-05F;
  p = p * s + 6.37261928875436e-04F;
  p = p * s + 4.89352455891786e-03F;
  float q = 1.19825839466702e-06F;
  q = q * s + 1.18534705686654e-04F;
  q = q * s + 2.26843463243900e-03F;
  q = q * s + 4.89352518554385e-03F;
  return x * p / q;
}

}  // namespace detente
