// The inner loop of the factorised sums over pairs that have met: by row or column of the risk set,
//
//   sum over pairs of  w p (f z z' - c y y')     y = (1, own values of the partner, coded values), z = (y, pair values)
//
// with w the partner's own weight, p the pair's coded weight and f = e^d of its pair part.  c = 1 takes back what a sum over
// all dyads already holds; c = 0 where there is none.  Sizes are small, so they are template arguments and the sums stay
// in registers.
#pragma once

#include <cstddef>
#include <span>

#include "memory/pair_table.hpp"

namespace detente {

struct LineInput {
  std::span<const Partner> partners;
  const double* weight;                // by actor
  std::span<const double* const> own;  // by term, by actor
  const double* pair;                  // by pair x stride: p, f, coded values, pair values
  std::size_t stride;
  std::size_t coded;  // values that count, of either sort
  std::size_t met;
  double taken_back;  // c
};

[[nodiscard]] constexpr std::size_t triangle(std::size_t n) { return n * (n + 1) / 2; }

// Position of (p, q), p <= q, in the upper triangle of an n x n matrix.
[[nodiscard]] constexpr std::size_t triangle_at(std::size_t n, std::size_t p, std::size_t q) {
  return p * n - p * (p + 1) / 2 + q;
}

// Writes the upper triangle, row by row, of 1 + own + coded + met.
void line_moments(const LineInput& in, double* out);
void line_moments_any(const LineInput& in, double* out);  // the same for any sizes, which the tests compare with

// One cell: adds `excess` y y' in the first `plain` positions and `full` z z' where a later position takes part.  `sum` is
// an upper triangle stored in rows of `plain + met`.
void pair_moments(std::size_t plain, std::size_t met, const double* z, double excess, double full, double* sum);

}  // namespace detente
