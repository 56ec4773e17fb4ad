// The ties in force at one time, by actor, and those that have ended by then: ties of the record, and ties that a simulation
// adds, each like one of the record's: of its kind, with its numbers.
#pragma once

#include <vector>

#include "log/record.hpp"

namespace detente {

// A tie that has ended: when, and whether by a rupture.
struct EndedTie {
  TieId tie;
  Time time;
  bool ruptured;
};

class TieBook {
 public:
  explicit TieBook(const Record& record) : ties_(&record.ties), of_(record.actors.size()) {}

  void start(TieId tie);
  // A tie that the record does not have, from `start` on.  Returns its number, after those of all others.
  TieId add(TieId like, Dyad pair, Time start);
  void end(TieId tie, Time now, bool ruptured);

  [[nodiscard]] bool in_force(TieId tie) const;
  [[nodiscard]] const std::vector<TieId>& of(ActorId actor) const { return of_[actor]; }
  [[nodiscard]] const Tie& tie(TieId id) const {
    return id < ties_->size() ? (*ties_)[id] : added_[id - ties_->size()];
  }
  // The tie of the record whose kind and numbers it has: itself, unless it was added.
  [[nodiscard]] TieId like(TieId id) const { return id < ties_->size() ? id : like_[id - ties_->size()]; }
  [[nodiscard]] const std::vector<EndedTie>& ended() const { return ended_; }  // in the order of time
  [[nodiscard]] const std::vector<TieId>& list() const { return in_force_; }   // in force, in no order
  // The newest tie between the two that is in force; no_id without one.
  [[nodiscard]] TieId newest(Dyad dyad) const;
  [[nodiscard]] std::vector<TieId> between(Dyad dyad) const;  // in force
  [[nodiscard]] std::size_t size() const { return ties_->size() + added_.size(); }

 private:
  const std::vector<Tie>* ties_;
  std::vector<Tie> added_;
  std::vector<TieId> like_;  // of those added
  std::vector<std::vector<TieId>> of_;
  std::vector<TieId> in_force_;
  std::vector<EndedTie> ended_;
};

}  // namespace detente
