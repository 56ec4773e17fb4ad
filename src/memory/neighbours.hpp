// Every actor's partners in either direction, in one list sorted by id, so that the third actors two actors share are the
// intersection of two sorted lists: with d partners each, O(d) steps; one much longer list is searched, not walked.  For
// records too large for two-paths to be kept up to date (two_paths.hpp).
#pragma once

#include <algorithm>
#include <vector>

#include "memory/pair_table.hpp"

namespace detente {

// A third actor h of i and j, and where the four directed pairs are kept; `no_id` = they have not met that way.
struct CommonNeighbour {
  ActorId actor;
  PairId out_first;   // i to h
  PairId in_first;    // h to i
  PairId out_second;  // j to h
  PairId in_second;   // h to j
};

class Neighbours {
 public:
  Neighbours() = default;
  explicit Neighbours(std::size_t actors) : lists_(actors) {}

  [[nodiscard]] bool kept() const { return !lists_.empty(); }
  [[nodiscard]] std::size_t bytes() const;

  // `pair` is the new pair from the sender to the receiver of `dyad`.
  void insert(Dyad dyad, PairId pair);

  // Asks for what for_each_common() will read: first the lists, then what they hold.
  void prefetch_list(ActorId actor) const { __builtin_prefetch(&lists_[actor]); }
  void prefetch_partners(ActorId actor) const {
    constexpr std::size_t per_line = 64 / sizeof(ActorId);
    constexpr std::size_t most_lines = 8;
    const std::vector<ActorId>& actors = lists_[actor].actors;
    for (std::size_t k = 0; k < std::min(actors.size(), most_lines * per_line); k += per_line)
      __builtin_prefetch(actors.data() + k);
  }

  // Calls body(CommonNeighbour) for each actor that both have met, in order of its id.
  template <class Body>
  void for_each_common(ActorId i, ActorId j, Body body) const {
    const List& first = lists_[i];
    const List& second = lists_[j];
    const auto found = [&](std::size_t a, std::size_t b) {
      body(CommonNeighbour{first.actors[a], first.pairs[a].out, first.pairs[a].in, second.pairs[b].out,
                           second.pairs[b].in});
    };
    constexpr std::size_t much_longer = 16;
    if (first.actors.size() > much_longer * second.actors.size())
      search(second.actors, first.actors, [&](std::size_t b, std::size_t a) { found(a, b); });
    else if (second.actors.size() > much_longer * first.actors.size())
      search(first.actors, second.actors, found);
    else
      merge(first.actors, second.actors, found);
  }

 private:
  struct BothWays {
    PairId out = no_id;
    PairId in = no_id;
  };
  struct List {
    std::vector<ActorId> actors;  // sorted
    std::vector<BothWays> pairs;  // of each
  };

  BothWays& at(ActorId actor, ActorId partner);

  template <class Found>
  static void merge(const std::vector<ActorId>& first, const std::vector<ActorId>& second, Found found) {
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < first.size() && b < second.size()) {
      const ActorId x = first[a];
      const ActorId y = second[b];
      if (x == y) found(a, b);
      a += x <= y ? 1 : 0;
      b += y <= x ? 1 : 0;
    }
  }

  template <class Found>
  static void search(const std::vector<ActorId>& few, const std::vector<ActorId>& many, Found found) {
    auto from = many.begin();
    for (std::size_t k = 0; k < few.size(); ++k) {
      from = std::lower_bound(from, many.end(), few[k]);
      if (from == many.end()) return;
      if (*from == few[k]) found(k, static_cast<std::size_t>(from - many.begin()));
    }
  }

  std::vector<List> lists_;
};

}  // namespace detente
