// Reads a hazard's terms in a few scattered dyads of a large memory.  What the reads will need is asked for ahead, so that
// they wait for main memory once and not one after the other; and effects that are sums over third actors share one search
// for the third actors of a dyad, where the memory does not maintain two-paths.
#pragma once

#include <span>
#include <vector>

#include "hazard/model.hpp"

namespace detente {

class DyadReader {
 public:
  explicit DyadReader(const Hazard& hazard);  // which must outlive it

  // x: terms x dyads, one term's values side by side.  In an undirected model the mean of both directions.
  void read(const Memory& memory, std::span<const Dyad> dyads, std::vector<double>& x);

 private:
  void read_links(const Memory& memory, std::span<const Dyad> dyads, double* x);
  void read_two_paths(const Memory& memory, std::span<const Dyad> dyads, double* x);

  const Hazard* hazard_;
  bool reads_sums_ = false;                               // of what actors did, over all their partners
  std::vector<TwoPathId> sums_;                           // that terms are
  std::vector<std::pair<std::size_t, std::size_t>> are_;  // a term and which of sums_ it is
  std::vector<Link> links_;
  std::vector<Dyad> reversed_;
  std::vector<double> back_;
  std::vector<double> totals_;
};

}  // namespace detente
