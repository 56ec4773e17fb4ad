#include "memory/tie_book.hpp"

#include <algorithm>
#include <utility>

namespace detente {

void TieBook::start(TieId tie) {
  of_[this->tie(tie).a].push_back(tie);
  of_[this->tie(tie).b].push_back(tie);
  in_force_.push_back(tie);
}

TieId TieBook::add(TieId like, Dyad pair, Time start) {
  const auto id = static_cast<TieId>(size());
  like_.push_back(this->like(like));
  added_.push_back((*ties_)[like_.back()]);
  Tie& one = added_.back();
  one.id = "new";
  one.a = pair.sender;
  one.b = pair.receiver;
  one.start = start;
  one.end = never;
  one.ending.clear();
  one.lost = false;
  this->start(id);
  return id;
}

void TieBook::end(TieId tie, Time now, bool ruptured) {
  std::erase(of_[this->tie(tie).a], tie);
  std::erase(of_[this->tie(tie).b], tie);
  std::erase(in_force_, tie);
  ended_.push_back({tie, now, ruptured});
}

TieId TieBook::newest(Dyad dyad) const {
  TieId newest = no_id;
  for (const TieId id : of_[dyad.sender]) {
    const Tie& one = tie(id);
    if (one.a != dyad.receiver && one.b != dyad.receiver) continue;
    const bool newer = newest == no_id || std::pair(one.start, id) > std::pair(tie(newest).start, newest);
    if (newer) newest = id;
  }
  return newest;
}

std::vector<TieId> TieBook::between(Dyad dyad) const {
  std::vector<TieId> all;
  for (const TieId id : of_[dyad.sender])
    if (tie(id).a == dyad.receiver || tie(id).b == dyad.receiver) all.push_back(id);
  return all;
}

bool TieBook::in_force(TieId tie) const {
  const std::vector<TieId>& list = of_[this->tie(tie).a];
  return std::find(list.begin(), list.end(), tie) != list.end();
}

}  // namespace detente
