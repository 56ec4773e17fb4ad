// The inner loop of the factorised sums: second moments over the active pairs of one row or column,
//
//   full  = sum over pairs of w e^d z z',  z = (1, own values of the partner, dyad values of the pair)
//   plain = sum over pairs of w y y',      y = (1, own values of the partner)
//
// with w = e^u or e^v of the partner.  Upper triangles, row by row.  Sizes are small, so they are template arguments and
// the sums stay in registers.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "memory/pair_table.hpp"

namespace detente {

struct LineInput {
  std::span<const Partner> partners;
  const double* weight;  // by actor
  const double* own;     // by actor x own_size
  std::size_t own_size;
  const double* pair;  // by pair x (1 + pair_size): e^d, then the dyad values
  std::size_t pair_size;
};

[[nodiscard]] constexpr std::size_t triangle(std::size_t n) { return n * (n + 1) / 2; }

// Position of (p, q), p <= q, in the upper triangle of an n x n matrix.
[[nodiscard]] constexpr std::size_t triangle_at(std::size_t n, std::size_t p, std::size_t q) {
  return p * n - p * (p + 1) / 2 + q;
}

// Own + Pair sizes known at compile time.
template <std::size_t Own, std::size_t Pair>
void line_moments_fixed(const LineInput& in, double* full_out, double* plain_out) {
  constexpr std::size_t n = 1 + Own + Pair;
  std::array<double, triangle(n)> full{};
  std::array<double, triangle(1 + Own)> plain{};
  std::array<double, n> z;
  z[0] = 1;
  for (const Partner& partner : in.partners) {
    const double w = in.weight[partner.actor];
    const double* pair = in.pair + partner.pair * (1 + Pair);
    const double* own = in.own + partner.actor * Own;
    for (std::size_t k = 0; k < Own; ++k) z[1 + k] = own[k];
    for (std::size_t k = 0; k < Pair; ++k) z[1 + Own + k] = pair[1 + k];
    const double we = w * pair[0];
    std::size_t at = 0;
    for (std::size_t p = 0; p < n; ++p) {
      const double wz = we * z[p];
      for (std::size_t q = p; q < n; ++q) full[at++] += wz * z[q];
    }
    at = 0;
    for (std::size_t p = 0; p <= Own; ++p) {
      const double wz = w * z[p];
      for (std::size_t q = p; q <= Own; ++q) plain[at++] += wz * z[q];
    }
  }
  std::copy(full.begin(), full.end(), full_out);
  std::copy(plain.begin(), plain.end(), plain_out);
}

// One pair: adds  excess y y' to the first `plain` positions and  full z z'  where a later position takes part.  `sum` is
// an n x n upper triangle, row by row, of stride n.
template <std::size_t Plain, std::size_t Pair>
void pair_moments_fixed(const double* z, double excess, double full, double* sum) {
  constexpr std::size_t n = Plain + Pair;
  for (std::size_t p = 0; p < n; ++p) {
    const double ez = excess * z[p];
    const double fz = full * z[p];
    for (std::size_t q = p; q < Plain; ++q) sum[p * n + q] += ez * z[q];
    for (std::size_t q = p < Plain ? Plain : p; q < n; ++q) sum[p * n + q] += fz * z[q];
  }
}

// As above for any sizes; the fixed ones where there are.
void pair_moments(std::size_t plain, std::size_t pair, const double* z, double excess, double full, double* sum);

// Any sizes.
void line_moments_any(const LineInput& in, double* full, double* plain);

// Dispatches to a fixed size where there is one.
void line_moments(const LineInput& in, double* full, double* plain);

}  // namespace detente
