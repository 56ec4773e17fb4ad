// The directed pairs that have met, each with a dense id, and every actor's partners.  All traces of a memory share one
// table, so a trace is a plain array indexed by pair.  Few actors: the id is looked up in an N x N array; more: in
// an open-addressing hash table, in which both directions of a pair stand side by side and a slot tells by itself whose it
// is, so that one read of memory says that two actors have not met; behind a bit for each of the N x N while they are not
// too many.
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
    if (!dense_.empty()) return dense_[sender * actors_ + receiver];
    if (!may_have_met(sender, receiver)) return no_id;
    return find_sparse(sender, receiver);
  }
  struct BothWays {
    PairId there;  // sender to receiver
    PairId back;   // receiver to sender
  };
  [[nodiscard]] BothWays find_both(ActorId sender, ActorId receiver) const {
    if (!dense_.empty()) return {dense_[sender * actors_ + receiver], dense_[receiver * actors_ + sender]};
    if (!may_have_met(sender, receiver) && !may_have_met(receiver, sender)) return {no_id, no_id};
    return find_both_sparse(sender, receiver);
  }
  // Asks for the memory that find() or find_both() will read: first where they look, then, once that is there, what shows
  // whose pair it is.
  void prefetch(ActorId sender, ActorId receiver) const;
  void prefetch_found(ActorId sender, ActorId receiver) const;
  void prefetch_dyad(PairId pair) const { __builtin_prefetch(&dyads_[pair]); }
  PairId insert(ActorId sender, ActorId receiver);  // the id it has, or a new one

  [[nodiscard]] std::span<const Partner> out(ActorId sender) const { return out_[sender]; }
  [[nodiscard]] std::span<const Partner> in(ActorId receiver) const { return in_[receiver]; }
  [[nodiscard]] Dyad dyad(PairId pair) const { return dyads_[pair]; }
  [[nodiscard]] std::size_t size() const { return dyads_.size(); }
  [[nodiscard]] std::size_t actors() const { return actors_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Slot {
    PairId pair = no_id;
    std::uint32_t tag = 0;  // of the dyad: all but its last bit is the same both ways
  };

  [[nodiscard]] bool may_have_met(ActorId sender, ActorId receiver) const {
    const std::size_t cell = sender * actors_ + receiver;
    return met_.empty() || (met_[cell / 64] >> cell % 64 & 1) == 1;
  }
  [[nodiscard]] PairId find_sparse(ActorId sender, ActorId receiver) const;
  [[nodiscard]] BothWays find_both_sparse(ActorId sender, ActorId receiver) const;
  void place(PairId pair);
  void grow();

  std::size_t actors_;
  std::vector<PairId> dense_;       // actors x actors, or empty
  LargeVector<std::uint64_t> met_;  // a bit for each actors x actors, or empty: most searches are for what is not there
  LargeVector<Slot> slots_;         // hash table, a power of two, or empty
  LargeVector<Dyad> dyads_;
  std::vector<std::vector<Partner>> out_;
  std::vector<std::vector<Partner>> in_;
};

}  // namespace detente
