#include "memory/tie_book.hpp"

#include <algorithm>
#include <utility>

namespace detente {

void TieBook::start(TieId tie) {
  of_[(*ties_)[tie].a].push_back(tie);
  of_[(*ties_)[tie].b].push_back(tie);
  in_force_.push_back(tie);
}

void TieBook::end(TieId tie, Time now, bool ruptured) {
  std::erase(of_[(*ties_)[tie].a], tie);
  std::erase(of_[(*ties_)[tie].b], tie);
  std::erase(in_force_, tie);
  ended_.push_back({tie, now, ruptured});
}

TieId TieBook::newest(Dyad dyad) const {
  TieId newest = no_id;
  for (const TieId id : of_[dyad.sender]) {
    const Tie& tie = (*ties_)[id];
    if (tie.a != dyad.receiver && tie.b != dyad.receiver) continue;
    const bool newer = newest == no_id || std::pair(tie.start, id) > std::pair((*ties_)[newest].start, newest);
    if (newer) newest = id;
  }
  return newest;
}

bool TieBook::in_force(TieId tie) const {
  const std::vector<TieId>& list = of_[(*ties_)[tie].a];
  return std::find(list.begin(), list.end(), tie) != list.end();
}

}  // namespace detente
