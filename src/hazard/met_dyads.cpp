#include "hazard/met_dyads.hpp"

#include <algorithm>

namespace detente {

void MetDyads::add_new_pairs(const Memory& memory) {
  const std::size_t pairs = memory.pairs().size();
  place_.resize(2 * pairs, no_id);
  for (; pairs_seen_ < pairs; ++pairs_seen_) {
    const Dyad dyad = memory.pairs().dyad(static_cast<PairId>(pairs_seen_));
    check(memory, dyad);
    check(memory, reversed(dyad));
  }
}

void MetDyads::check_actor(const Memory& memory, ActorId actor) {
  for (const Partner& partner : memory.pairs().out(actor)) {
    check(memory, {actor, partner.actor});
    check(memory, {partner.actor, actor});
  }
  for (const Partner& partner : memory.pairs().in(actor)) {
    check(memory, {actor, partner.actor});
    check(memory, {partner.actor, actor});
  }
}

void MetDyads::check(const Memory& memory, Dyad dyad) {
  if (risk_set_->canonical(dyad) != dyad) return;
  const Link link = memory.link(dyad);
  const PairId first = std::min(link.there, link.back);
  if (first == no_id || 2 * std::size_t{first} >= place_.size()) return;
  const std::uint32_t entry = 2 * first + (first == link.there ? 0 : 1);
  const bool wanted = risk_set_->contains(memory, dyad);
  if (wanted == (place_[entry] != no_id)) return;
  if (wanted) {
    place_[entry] = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back(entry);
    return;
  }
  entries_[place_[entry]] = entries_.back();
  place_[entries_.back()] = place_[entry];
  place_[entry] = no_id;
  entries_.pop_back();
}

Dyad MetDyads::at(const Memory& memory, std::size_t k) const {
  const Dyad dyad = memory.pairs().dyad(entries_[k] / 2);
  return entries_[k] % 2 == 0 ? dyad : reversed(dyad);
}

}  // namespace detente
