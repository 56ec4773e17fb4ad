#include "memory/neighbours.hpp"

namespace detente {

std::size_t Neighbours::bytes() const {
  std::size_t sum = 0;
  for (const List& list : lists_)
    sum += sizeof list + list.actors.capacity() * sizeof(ActorId) + list.pairs.capacity() * sizeof(BothWays);
  return sum;
}

void Neighbours::insert(Dyad dyad, PairId pair) {
  at(dyad.sender, dyad.receiver).out = pair;
  at(dyad.receiver, dyad.sender).in = pair;
}

Neighbours::BothWays& Neighbours::at(ActorId actor, ActorId partner) {
  List& list = lists_[actor];
  const auto place = std::lower_bound(list.actors.begin(), list.actors.end(), partner);
  const auto k = place - list.actors.begin();
  if (place == list.actors.end() || *place != partner) {
    list.actors.insert(place, partner);
    list.pairs.insert(list.pairs.begin() + k, BothWays{});
  }
  return list.pairs[static_cast<std::size_t>(k)];
}

}  // namespace detente
