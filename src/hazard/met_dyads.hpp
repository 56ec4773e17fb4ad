// The dyads at risk that have met: an act of either towards the other is remembered.  Kept up with a memory in constant
// time for each dyad that changes, so that they can be counted and drawn from.
#pragma once

#include <vector>

#include "hazard/risk_set.hpp"

namespace detente {

class MetDyads {
 public:
  explicit MetDyads(const RiskSet& risk_set) : risk_set_(&risk_set) {}  // which must outlive it

  void add_new_pairs(const Memory& memory);               // since the last call
  void check_actor(const Memory& memory, ActorId actor);  // it came or went
  void check(const Memory& memory, Dyad dyad);            // it may have come to be at risk, or not to be

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  // Ask for what at() will read: first the one, then the other.
  void prefetch(std::size_t k) const { __builtin_prefetch(&entries_[k]); }
  void prefetch_pair(const Memory& memory, std::size_t k) const { memory.pairs().prefetch_dyad(entries_[k] / 2); }
  [[nodiscard]] Dyad at(const Memory& memory, std::size_t k) const;

 private:
  const RiskSet* risk_set_;
  std::size_t pairs_seen_ = 0;
  // An entry is the first pair of the two that met, times 2, plus 1 for its reverse.
  std::vector<std::uint32_t> entries_;
  std::vector<std::uint32_t> place_;  // by entry: in entries_, or no_id
};

}  // namespace detente
