// One possible future, drawn from the hazards: the same memory, effects and hazards that were fitted write the events.
//
// Time moves tick by tick, as in the fit.  At the start of a tick traces fade and every tie in force may end, competing
// among the end hazards; within the tick events are drawn one by one, exactly: hazards are constant until the next event,
// so the waiting time is exponential with the total rate, and the event falls on a hazard and a dyad by its share.  An
// event's type and intensity are those of a recorded event of the same hazard and mark, drawn at random.  Of a hazard of
// kind rate it falls on a sender, who chooses among receivers by the hazard of kind choice of the same events; a sender who
// has nobody to choose does not act.
//
// Ties start where the start hazards are asked to draw them (start_risks.hpp), as worlds do: a tie that starts is in force
// from the start of the tick on and at risk of its end hazards from the next one.  Where they are not, as in forecasts, a
// tie that starts changes nothing, and the rates at which ties start are told to the observer, from which its probability
// follows without noise of its own.  What is not simulated: actors who have not been seen.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "hazard/pair_spells.hpp"
#include "hazard/risk_sums.hpp"
#include "simulate/coefficients.hpp"
#include "simulate/start_risks.hpp"

namespace detente {

// A pair between whom a tie may start, by one hazard.  A pair may be at risk of several: each is a model of its own.
struct PairAtRisk {
  std::size_t hazard;  // in Model::hazards
  PairSpell spell;
};

// Whether a path draws events at the hazard's rate: kind tie, and kind rate.
[[nodiscard]] constexpr bool has_event_rate(HazardKind kind) {
  return kind == HazardKind::tie || kind == HazardKind::rate;
}

// For each hazard of kind rate, by hazard, the one of kind choice that makes the same events; no_id for other kinds.  Throws
// Error: one without the other, or more than one.
[[nodiscard]] std::vector<std::size_t> choices_of_rates(const Model& model);

// The world at the end of a record: what every path starts from.  Const and shared; a path copies what it changes.
class PathStart {
 public:
  // `end`: the last moment known; the first tick simulated is the next one.  Throws Error when the model cannot be
  // simulated: ordinal timing knows no clock, a rate no receiver without its choice.  `starts`: by hazard, the start
  // hazards that start ties; empty: none does.
  PathStart(const Record& record, const Model& model, Time end, const std::vector<bool>& starts = {});

  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] const Record& record() const { return *record_; }
  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] const Ticks& tick() const { return tick_; }
  // Where the n-th simulated tick begins.
  [[nodiscard]] Time at(std::size_t tick) const { return tick_.at(first_index_ + static_cast<double>(tick)); }
  [[nodiscard]] Time ends(std::size_t tick) const {  // the last day of that tick
    return tick_.ends(first_index_ + static_cast<double>(tick), record_->clock);
  }
  [[nodiscard]] Time first_tick() const { return at(0); }
  [[nodiscard]] const std::vector<TieId>& ties() const { return ties_; }  // in force and at risk of some end hazard
  [[nodiscard]] const std::vector<PairAtRisk>& pairs() const { return pairs_; }  // at risk of start hazards, by hazard
  [[nodiscard]] const StartRisks& starts() const { return starts_; }

 private:
  friend class Path;
  const Record* record_;
  const Model* model_;
  Memory memory_;
  Ticks tick_;
  double first_index_ = 0;
  std::vector<TieId> ties_;
  std::vector<PairAtRisk> pairs_;
  StartRisks starts_;
  // What makes events of one kind: a hazard, or one mark of it (hazard/marks.hpp).
  struct Source {
    std::size_t hazard;
    std::size_t mark;
    std::unique_ptr<RiskSums> sums;
    std::vector<EventId> recorded;  // events to draw types and intensities from; none for a choice, which has no rate
    std::size_t choice;             // of a rate: the source that chooses the receiver; else no_id
  };
  void add_sources(std::size_t hazard);

  std::vector<std::unique_ptr<Hazard>> with_own_;  // by hazard; null where its own terms are all it has
  std::vector<Source> sources_;
};

struct PathKey {
  std::uint64_t seed;
  std::uint32_t replicate;
  // Draws are counted anew in every tick, so that two branches that part and meet again share them again.
  bool by_tick = false;
};

// What happens along a path is told to an observer.
struct PathObserver {
  // At the start of each tick, for each tie still in force: the probability that it ends in this tick through each end
  // hazard, given the path so far (by hazard; 0 for others).
  std::function<void(std::size_t tick, std::size_t tie_index, std::span<const double> probability)> on_risk{};
  std::function<void(std::size_t tick, std::size_t tie_index, std::size_t hazard)> on_end{};
  // Of ties that have started on the path: by their number in the memory's book.
  std::function<void(std::size_t tick, TieId tie, std::size_t hazard)> on_start{};
  std::function<void(std::size_t tick, TieId tie, std::span<const double> probability)> on_new_risk{};
  std::function<void(std::size_t tick, TieId tie, std::size_t hazard)> on_new_end{};
  std::function<void(const Event& event, std::size_t hazard)> on_event{};
  // At the start of each of the ticks `start_ticks` (in order), for each of PathStart::pairs(): the rate at which a tie of
  // its hazard starts.  Not where ties are started: pairs come and go.
  std::function<void(std::size_t tick, std::size_t pair_index, double rate)> on_start_rate{};
  std::span<const std::size_t> start_ticks{};
  // False: the event does not happen (thinning: what is forbidden has rate 0, and the rest is as it was).
  std::function<bool(std::size_t hazard, Dyad dyad, Time time)> allows{};
};

// A path on its way.  A value: a copy is a snapshot, and goes on to the same bits.
class Path {
 public:
  Path(const PathStart& start, Coefficients theta, PathKey key);  // `start` must outlive it
  Path(const Path& other);
  Path& operator=(const Path&) = delete;
  ~Path();

  // The ticks in their order, from 0.  False when the rates exploded.
  bool tick(std::size_t number, const PathObserver& observer);

  // From outside, between ticks.
  void act(const Event& event);            // at `memory().now()` or later
  bool end_tie(TieId tie, bool ruptured);  // false: it is not in force
  // Of the kind of a tie of the record, at `time` or now, whichever is later.
  TieId start_tie(TieId like, Dyad pair, Time time);
  void start_recorded_tie(TieId tie) { memory_.start_tie(tie); }  // its end is not simulated
  void set_attribute(AttributeId attribute, ActorId actor, double value);
  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] const PathStart& start() const { return start_; }
  [[nodiscard]] const StartRisks& starts() const { return starts_; }

 private:
  [[nodiscard]] DrawKey draw(Purpose purpose, std::uint32_t entity) const;
  void follow(bool new_tick);
  [[nodiscard]] double total_rate() const;
  [[nodiscard]] std::vector<TieStart> draw_starts(std::size_t number, const PathObserver& observer);
  void end_ties(std::size_t number, const PathObserver& observer);
  void end_new_ties(std::size_t number, const PathObserver& observer);
  void finish(TieId tie, bool ruptured);
  // False: rates beyond all numbers.
  bool make_event(Time time, double total, const PathObserver& observer);
  [[nodiscard]] Dyad draw_dyad(std::size_t source);

  const PathStart& start_;
  const Model& model_;
  Coefficients theta_;
  PathKey key_;
  Memory memory_;
  std::vector<double> baselines_;             // by source of events: the rate of a dyad whose terms are 0
  std::vector<std::vector<double>> effects_;  // by source: coefficients of its terms
  std::vector<std::unique_ptr<RiskSums>> sums_;
  std::vector<double> rates_;
  std::vector<bool> in_force_;
  StartRisks starts_;
  std::vector<TieId> new_ties_;  // started on the path and in force
  std::vector<double> probability_;
  std::vector<double> x_;
  std::size_t next_start_ = 0;  // of the observer's start ticks
  std::uint32_t step_ = 0;
  std::uint64_t epoch_;
};

// The probability that a tie ends in the coming tick through each end hazard, competing; by hazard, 0 for tie hazards.
// Returns that it ends at all.  `room` is for its covariates.
double end_probabilities(const Model& model, const Memory& memory, TieId tie, const Coefficients& theta,
                         std::span<double> probability, std::vector<double>& room);

// Runs one path over `ticks` ticks.  False when its rates exploded: a tick held more events than any record could, and was
// cut short.
bool run_path(const PathStart& start, const Coefficients& theta, PathKey key, std::size_t ticks,
              const PathObserver& observer);

}  // namespace detente
