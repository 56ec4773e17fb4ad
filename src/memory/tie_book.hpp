// The ties in force at one time, by actor, and those that have ended by then.
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
  void end(TieId tie, Time now, bool ruptured);

  [[nodiscard]] bool in_force(TieId tie) const;
  [[nodiscard]] const std::vector<TieId>& of(ActorId actor) const { return of_[actor]; }
  [[nodiscard]] const Tie& tie(TieId id) const { return (*ties_)[id]; }
  [[nodiscard]] const std::vector<EndedTie>& ended() const { return ended_; }  // in the order of time
  [[nodiscard]] const std::vector<TieId>& list() const { return in_force_; }   // in force, in no order
  // The newest tie between the two that is in force; no_id without one.
  [[nodiscard]] TieId newest(Dyad dyad) const;
  [[nodiscard]] const std::vector<Tie>& all() const { return *ties_; }

 private:
  const std::vector<Tie>* ties_;
  std::vector<std::vector<TieId>> of_;
  std::vector<TieId> in_force_;
  std::vector<EndedTie> ended_;
};

}  // namespace detente
