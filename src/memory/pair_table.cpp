#include "memory/pair_table.hpp"

namespace detente {
namespace {

constexpr std::size_t dense_limit = 1024;  // 4 MB of ids
constexpr std::size_t bit_limit = 8192;    // 8 MB of bits

std::size_t hash(ActorId sender, ActorId receiver) {
  std::uint64_t key = (std::uint64_t{sender} << 32) | receiver;
  key ^= key >> 31;
  key *= 0x9E3779B97F4A7C15ULL;
  return static_cast<std::size_t>(key ^ (key >> 29));
}

}  // namespace

PairTable::PairTable(std::size_t actors) : actors_(actors), out_(actors), in_(actors) {
  if (actors <= dense_limit)
    dense_.assign(actors * actors, no_id);
  else
    slots_.assign(std::size_t{1} << 12, no_id);
  if (actors > dense_limit && actors <= bit_limit) met_.assign((actors * actors + 63) / 64, 0);
}

PairId PairTable::find_sparse(ActorId sender, ActorId receiver) const {
  if (slots_.empty()) return no_id;  // no actors at all
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash(sender, receiver) & mask;; slot = (slot + 1) & mask) {
    const PairId pair = slots_[slot];
    if (pair == no_id || dyads_[pair] == Dyad{sender, receiver}) return pair;
  }
}

PairId PairTable::insert(ActorId sender, ActorId receiver) {
  if (const PairId found = find(sender, receiver); found != no_id) return found;
  const auto pair = static_cast<PairId>(dyads_.size());
  dyads_.push_back({sender, receiver});
  out_[sender].push_back({receiver, pair});
  in_[receiver].push_back({sender, pair});
  const std::size_t cell = sender * actors_ + receiver;
  if (!dense_.empty()) {
    dense_[cell] = pair;
    return pair;
  }
  if (!met_.empty()) met_[cell / 64] |= std::uint64_t{1} << cell % 64;
  if (dyads_.size() * 2 > slots_.size()) {
    grow();
    return pair;
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash(sender, receiver) & mask;
  while (slots_[slot] != no_id) slot = (slot + 1) & mask;
  slots_[slot] = pair;
  return pair;
}

std::size_t PairTable::bytes() const {
  std::size_t partners = 0;
  for (const auto* lists : {&out_, &in_})
    for (const std::vector<Partner>& list : *lists) partners += sizeof list + list.capacity() * sizeof(Partner);
  return partners + (dense_.size() + slots_.size()) * sizeof(PairId) + met_.size() * sizeof met_[0] +
         dyads_.capacity() * sizeof(Dyad);
}

void PairTable::grow() {
  slots_.assign(slots_.size() * 4, no_id);
  const std::size_t mask = slots_.size() - 1;
  for (PairId pair = 0; pair < dyads_.size(); ++pair) {
    std::size_t slot = hash(dyads_[pair].sender, dyads_[pair].receiver) & mask;
    while (slots_[slot] != no_id) slot = (slot + 1) & mask;
    slots_[slot] = pair;
  }
}

}  // namespace detente
