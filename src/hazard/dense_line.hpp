// One row or column of the risk set visited whole, for what does not factor: counts of two-paths and pairs of groups.
//
//   moments = sum over actors k of  w_k y_k y_k'      y_k = (1, own values of k, coded values of the cell)
//
// with w_k the partner's weight times the weight that each code of the cell stands for.  Codes are looked up in tables, so
// a cell costs a few bytes of memory traffic and no exponential.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "memory/count_matrix.hpp"

namespace detente {

// The codes of a line's cells and what they stand for.
struct CodedCells {
  CountLine codes;
  const double* weight;                   // by code: e^{theta x}
  std::span<const double* const> values;  // by term, by code; nullptr = the code itself
};

struct DenseLine {
  const double* weight;                // by actor
  std::span<const double* const> own;  // by term, by actor
  std::span<const CodedCells> coded;
};

// Adds the moments of actors from `begin` to `end` (without it) to the upper triangle `sum`, row by row.
void add_dense_line(const DenseLine& line, std::size_t begin, std::size_t end, double* sum);

// out[k] = e^{in[k]}, within 1e-15 of it relatively; infinite above 708, and below -708 as there.
void exponentials(const double* in, double* out, std::size_t count);

// sum[p, q] += sum over k of weight[k] column_p[k] column_q[k] with column_0 = 1, upper triangle row by row.
void add_products(const double* weight, std::span<const double* const> columns, std::size_t count, double* sum);

}  // namespace detente
