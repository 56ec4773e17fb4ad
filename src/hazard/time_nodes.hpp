// Where to look at a hazard that fades all the time, to integrate it from one moment to the next.
//
//   integral of S(t) dt from a to b  ~  sum over nodes of weight x S(node)
//
// Each panel has the 7 nodes of Kronrod's rule, of which 3 are Gauss's: the two sums differ by more than the better one is
// off, which bounds the error (Piessens et al. 1983, QUADPACK; nodes to 16 digits after Kronrod 1965).  A panel much shorter
// than what fades gets 3 nodes, whose middle is the coarser rule.  What fades by a half-life h soon fades no more: panels
// begin with h/2 and double, so that a long silence costs little.
#pragma once

#include <vector>

#include "base/time.hpp"

namespace detente {

struct TimeNode {
  Time time;
  double weight;
  double coarse;  // weight in the coarser rule
  bool ends_panel = false;
};

// Appends the nodes of [from, to], in the order of time.  `scale`: the shortest half-life; `parts`: into how many each panel is
// cut, where one was not enough.
void append_time_nodes(Time from, Time to, double scale, unsigned parts, std::vector<TimeNode>& nodes);

}  // namespace detente
