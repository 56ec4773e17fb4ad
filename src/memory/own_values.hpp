// Numbers that actors, or pairs of them, have of their own beside what happened: drawn or estimated coefficients that differ
// from one to the next.  0 for who has none.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"

namespace detente {

class OwnValues {
 public:
  void set(ActorId actor, double value) {
    if (actor >= actors_.size()) actors_.resize(std::size_t{actor} + 1, 0.0);
    actors_[actor] = value;
  }
  void set_pair(Dyad pair, double value) { pairs_[key(pair)] = value; }

  [[nodiscard]] double of(ActorId actor) const { return actor < actors_.size() ? actors_[actor] : 0; }
  [[nodiscard]] double of_pair(Dyad pair) const {  // either way round
    const auto found = pairs_.find(key(pair));
    return found == pairs_.end() ? 0 : found->second;
  }

 private:
  static std::uint64_t key(Dyad pair) {
    return (std::uint64_t{std::min(pair.sender, pair.receiver)} << 32) | std::max(pair.sender, pair.receiver);
  }

  std::vector<double> actors_;
  std::unordered_map<std::uint64_t, double> pairs_;
};

}  // namespace detente
