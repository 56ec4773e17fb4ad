// The directed pairs that have met, each with a dense id, and every actor's partners.  All traces of a memory share one
// table, so a trace is a plain array indexed by pair.  Few actors: the id is looked up in an N x N array; many: in an
// open-addressing hash table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"

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
    return dense_.empty() ? find_sparse(sender, receiver) : dense_[sender * actors_ + receiver];
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
  std::vector<PairId> dense_;  // actors x actors, or empty
  std::vector<PairId> slots_;  // hash table of pair ids, a power of two, or empty
  std::vector<Dyad> dyads_;
  std::vector<std::vector<Partner>> out_;
  std::vector<std::vector<Partner>> in_;
};

}  // namespace detente
