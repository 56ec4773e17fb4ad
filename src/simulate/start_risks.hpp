// Ties that start on a path: which pairs are at risk of which start hazards (pair_spells.hpp, carried on along the events,
// ties and endings that are drawn), and which of them start a tie in a tick.
//
//   P(a tie of hazard k starts between a and b in a tick) = 1 - exp(-lambda_ab,k tick)
//
// as ties end (path.hpp): covariates are those at the start of the tick, before anything in it ends, starts or happens.
// Hazards of different kinds of ties strike independently.  Two that make the same kind tell of the same starts, so that for
// a pair at risk of both the one of fewer pairs speaks: ruptured before met before all, then the order of the model.
//
// A tie that starts is like a recorded one: like the pair's own last tie of the hazard's kinds; else like a tie of these
// kinds between actors of the same kinds (leader and organization), drawn at random; else like any tie of these kinds.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "hazard/pair_spells.hpp"
#include "simulate/coefficients.hpp"

namespace detente {

struct TieStart {
  std::size_t hazard;
  Dyad pair;
  TieId like;
};

class StartRisks {
 public:
  StartRisks() = default;  // nothing starts
  // `draws`: which start hazards of the model start ties; a hazard of whose kinds the record has no tie never does.
  // `record` and `model` must outlive it.
  StartRisks(const Record& record, const Model& model, const std::vector<bool>& draws, Time first_tick);

  [[nodiscard]] bool any() const { return !hazards_.empty(); }
  [[nodiscard]] const std::vector<std::size_t>& hazards() const { return hazards_; }  // those that speak first, first
  // By pair, in the order of hazards(): those at risk from some time on, until a tie starts.
  [[nodiscard]] const std::vector<PairSpell>& spells(std::size_t place) const { return spells_[place]; }

  // Those that start in tick number `tick`, at which the memory stands; `key` says seed and replicate.
  [[nodiscard]] std::vector<TieStart> draw(const Memory& memory, const Coefficients& theta, DrawKey key,
                                           std::size_t tick);

  // To be told of every event before it is applied, of every tie after it has started or ended.
  void meet(const Memory& memory, Dyad dyad, Time time);
  void started(const Memory& memory, TieId tie);
  void ended(const Memory& memory, TieId tie);

 private:
  using Spells = std::vector<PairSpell>;
  [[nodiscard]] const Hazard& hazard(std::size_t place) const { return model_->hazards[hazards_[place]]; }
  [[nodiscard]] bool is_silent(std::size_t place, Dyad pair, Time now) const;
  [[nodiscard]] TieId like(const Memory& memory, std::size_t place, Dyad pair, double u) const;
  [[nodiscard]] bool has_tie(const Memory& memory, std::size_t place, Dyad pair) const;
  [[nodiscard]] bool has_ruptured(const Memory& memory, std::size_t place, Dyad pair) const;
  void open(std::size_t place, Dyad pair, Time since);

  const Record* record_ = nullptr;
  const Model* model_ = nullptr;
  std::vector<std::size_t> hazards_;              // in Model::hazards
  std::vector<std::vector<std::size_t>> before_;  // by place: the places before it that make some of the same ties
  std::vector<std::vector<TieId>> recorded_;      // by place: ties of its kinds
  std::vector<Spells> spells_;                    // by place
  std::vector<double> x_;                         // room for covariates
};

// A number for each pair of at most 65,535 actors, to key draws by.
[[nodiscard]] std::uint32_t pair_number(Dyad pair, std::size_t actors);

}  // namespace detente
