#include "memory/pair_table.hpp"

#include <algorithm>

namespace detente {
namespace {

constexpr std::size_t dense_limit = 1024;  // 4 MB of ids
constexpr std::size_t bit_limit = 8192;    // 8 MB of bits

constexpr std::size_t quadruple_below = std::size_t{1} << 20;  // slots; larger tables double

struct Hash {
  std::size_t slot;
  std::uint32_t tag;
};

Hash hash(ActorId sender, ActorId receiver) {
  const ActorId low = std::min(sender, receiver);
  const ActorId high = std::max(sender, receiver);
  std::uint64_t key = (std::uint64_t{low} << 32) | high;
  key ^= key >> 31;
  key *= 0x9E3779B97F4A7C15ULL;
  key ^= key >> 29;
  const auto tag = static_cast<std::uint32_t>(key >> 32);
  return {static_cast<std::size_t>(key), sender < receiver ? tag | 1U : tag & ~1U};
}

}  // namespace

PairTable::PairTable(std::size_t actors) : actors_(actors), out_(actors), in_(actors) {
  if (actors <= dense_limit)
    dense_.assign(actors * actors, no_id);
  else
    slots_.resize(std::size_t{1} << 12);
  if (actors > dense_limit && actors <= bit_limit) met_.assign((actors * actors + 63) / 64, 0);
}

PairId PairTable::find_sparse(ActorId sender, ActorId receiver) const {
  if (slots_.empty()) return no_id;  // no actors at all
  const std::size_t mask = slots_.size() - 1;
  const Hash key = hash(sender, receiver);
  for (std::size_t at = key.slot & mask;; at = (at + 1) & mask) {
    const Slot slot = slots_[at];
    if (slot.pair == no_id || (slot.tag == key.tag && dyads_[slot.pair] == Dyad{sender, receiver})) return slot.pair;
  }
}

PairTable::BothWays PairTable::find_both_sparse(ActorId sender, ActorId receiver) const {
  BothWays found{no_id, no_id};
  if (slots_.empty()) return found;
  const std::size_t mask = slots_.size() - 1;
  const Hash key = hash(sender, receiver);
  for (std::size_t at = key.slot & mask;; at = (at + 1) & mask) {
    const Slot slot = slots_[at];
    if (slot.pair == no_id) return found;
    if ((slot.tag | 1U) != (key.tag | 1U)) continue;
    const Dyad dyad = dyads_[slot.pair];
    if (dyad == Dyad{sender, receiver}) found.there = slot.pair;
    if (dyad == Dyad{receiver, sender}) found.back = slot.pair;
  }
}

void PairTable::prefetch(ActorId sender, ActorId receiver) const {
  if (dense_.empty() && !slots_.empty()) __builtin_prefetch(&slots_[hash(sender, receiver).slot & (slots_.size() - 1)]);
}

void PairTable::prefetch_found(ActorId sender, ActorId receiver) const {
  if (!dense_.empty() || slots_.empty()) return;
  const std::size_t mask = slots_.size() - 1;
  const Hash key = hash(sender, receiver);
  for (std::size_t at = key.slot & mask; slots_[at].pair != no_id; at = (at + 1) & mask)
    if ((slots_[at].tag | 1U) == (key.tag | 1U)) prefetch_dyad(slots_[at].pair);
}

PairId PairTable::insert(ActorId sender, ActorId receiver) {
  if (const PairId found = find(sender, receiver); found != no_id) return found;
  const auto pair = static_cast<PairId>(dyads_.size());
  dyads_.push_back({sender, receiver});
  out_[sender].push_back({receiver, pair});
  in_[receiver].push_back({sender, pair});
  const std::size_t cell = sender * actors_ + receiver;
  if (!met_.empty()) met_[cell / 64] |= std::uint64_t{1} << cell % 64;
  if (!dense_.empty())
    dense_[cell] = pair;
  else if (dyads_.size() * 2 > slots_.size())
    grow();
  else
    place(pair);
  return pair;
}

std::size_t PairTable::bytes() const {
  std::size_t partners = 0;
  for (const auto* lists : {&out_, &in_})
    for (const std::vector<Partner>& list : *lists) partners += sizeof list + list.capacity() * sizeof(Partner);
  return partners + dense_.size() * sizeof(PairId) + slots_.size() * sizeof(Slot) + met_.size() * sizeof met_[0] +
         dyads_.capacity() * sizeof(Dyad);
}

void PairTable::place(PairId pair) {
  const std::size_t mask = slots_.size() - 1;
  const Hash key = hash(dyads_[pair].sender, dyads_[pair].receiver);
  std::size_t at = key.slot & mask;
  while (slots_[at].pair != no_id) at = (at + 1) & mask;
  slots_[at] = {pair, key.tag};
}

void PairTable::grow() {
  const std::size_t size = slots_.size() * (slots_.size() < quadruple_below ? 4 : 2);
  slots_ = {};  // not both at once
  slots_.resize(size);
  for (PairId pair = 0; pair < dyads_.size(); ++pair) place(pair);
}

}  // namespace detente
