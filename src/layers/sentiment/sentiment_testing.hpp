// What the tests of this folder share.
#pragma once

#include "layers/layer.hpp"

namespace detente {

inline Eigen::MatrixXd random_matrix(Eigen::Index n, std::uint32_t seed, double size) {
  Eigen::MatrixXd X(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      X(i, j) = i == j ? 0
                       : size * (2 * uniform({seed, 0, Purpose::test, static_cast<std::uint32_t>(i),
                                              static_cast<std::uint32_t>(j)}) -
                                 1);
  return X;
}

template <class M>
M make(const GivenSettings& given, const Cast& cast = {}, const LayerDraws& draws = {}) {
  return M(Settings(given, M::doc.settings, "sentiment", "s.toml"), cast, draws);
}

template <class M>
std::string refusal(const GivenSettings& given, const Cast& cast = {}) {
  try {
    (void)make<M>(given, cast);
  } catch (const Error& error) { return error.what(); }
  return "";
}

inline LayerStep step_of(double days, const LayerDraws& draws = {}) {
  return {.from = 0, .days = days, .number = 0, .draws = draws};
}

}  // namespace detente
