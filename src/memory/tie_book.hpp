// The ties in force at one time, by actor.
#pragma once

#include <vector>

#include "log/record.hpp"

namespace detente {

class TieBook {
 public:
  explicit TieBook(const Record& record) : ties_(&record.ties), of_(record.actors.size()) {}

  void start(TieId tie);
  void end(TieId tie);

  [[nodiscard]] bool in_force(TieId tie) const;
  [[nodiscard]] const std::vector<TieId>& of(ActorId actor) const { return of_[actor]; }
  [[nodiscard]] const Tie& tie(TieId id) const { return (*ties_)[id]; }
  [[nodiscard]] const std::vector<Tie>& all() const { return *ties_; }

 private:
  const std::vector<Tie>* ties_;
  std::vector<std::vector<TieId>> of_;
};

}  // namespace detente
