// A line of the risk set in a sum over all of it.  The line's moments leave out its own actor's values, which are the same in
// all its cells; in the sum they multiply:
//
//   sum += weight z z',    z_p z_q = o_p o_q m[p', q']
//
// with o the actor's own value where z has one and else 1, and p' the line's position of p (0 for an own value).
#pragma once

#include <cstddef>

#include "hazard/own_parts.hpp"

namespace detente {

struct WeightedLine {
  const OwnParts& own;    // of the side of the line's actor
  ActorId actor;          // whose weight counts, times `sign`
  const double* moments;  // upper triangle, row by row
  bool is_row;
  double sign;
};

// Adds to the upper triangle of `sum`, size x size, where `size` takes `shape` up to its plain values or to its end.
void add_weighted(const WeightedLine& line, const Shape& shape, std::size_t size, double* sum);

}  // namespace detente
