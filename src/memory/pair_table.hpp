// The directed pairs that have met, each with a dense id, and every actor's partners.  All traces of a memory share one
// table, so a trace is a plain array indexed by pair.  Few actors: the id is looked up in an N x N array; more: in
// an open-addressing hash table, behind a bit for each of the N x N while they are not too many.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "base/large_pages.hpp"

namespace detente {

using PairId = std::uint32_t;

struct Partner {
  ActorId actor;
  PairId pair;
};

class PairTable {
 public:
  explicit PairTable(std::size_t actors);

  [[nodiscard]] PairId find(ActorId sender, ActorId receiver) const {
    const std::size_t cell = sender * actors_ + receiver;
    if (!dense_.empty()) return dense_[cell];
    if (!met_.empty() && (met_[cell / 64] >> cell % 64 & 1) == 0) return no_id;
    return find_sparse(sender, receiver);
  }
  PairId insert(ActorId sender, ActorId receiver);  // the id it has, or a new one

  [[nodiscard]] std::span<const Partner> out(ActorId sender) const { return out_[sender]; }
  [[nodiscard]] std::span<const Partner> in(ActorId receiver) const { return in_[receiver]; }
  [[nodiscard]] Dyad dyad(PairId pair) const { return dyads_[pair]; }
  [[nodiscard]] std::size_t size() const { return dyads_.size(); }
  [[nodiscard]] std::size_t actors() const { return actors_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  [[nodiscard]] PairId find_sparse(ActorId sender, ActorId receiver) const;
  void grow();

  std::size_t actors_;
  std::vector<PairId> dense_;       // actors x actors, or empty
  LargeVector<std::uint64_t> met_;  // a bit for each actors x actors, or empty: most searches are for what is not there
  LargeVector<PairId> slots_;       // hash table of pair ids, a power of two, or empty
  LargeVector<Dyad> dyads_;
  std::vector<std::vector<Partner>> out_;
  std::vector<std::vector<Partner>> in_;
};

}  // namespace detente
