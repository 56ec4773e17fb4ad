// What the network remembers at one moment: faded traces of events, two-paths over them, ties in force, attributes,
// numbers of pairs and of the times, and who is present.  Changed only by advance(), apply() and the start or end of a tie;
// effects are pure reads.
//
// A memory is a value: a copy is a snapshot, and a snapshot run over the same events gives the same bits.
//
// Fading follows a clock that moves in whole ticks (a day on the calendar, unless the model says otherwise), so that
// hazards are constant between one tick or event and the next, and fitting and simulating are exact for the same model.
// A tick of 0 means that traces fade continuously.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/ticks.hpp"
#include "log/record.hpp"
#include "memory/attributes.hpp"
#include "memory/neighbours.hpp"
#include "memory/own_values.hpp"
#include "memory/pair_table.hpp"
#include "memory/pair_values.hpp"
#include "memory/scale_cache.hpp"
#include "memory/series_values.hpp"
#include "memory/tie_book.hpp"
#include "memory/trace.hpp"
#include "memory/two_paths.hpp"

namespace detente {

struct MemorySpec {
  std::vector<TraceSpec> traces;
  std::vector<TwoPathSpec> two_paths;
  Ticks tick{};
  bool directed = true;          // false: every event counts both ways, so that w_ij = w_ji
  bool dense_two_paths = false;  // see TwoPaths
  // false: two-paths are summed when they are read, and two_path_changes() stays empty: for those who read few dyads.
  bool maintain_two_paths = true;
};

// How many pairs may meet in a memory of the whole record, at most.
[[nodiscard]] double most_pairs(const Record& record, const MemorySpec& spec);

// A dyad and where the memory keeps what happened in it, so that reading it needs no search; `no_id` = nothing yet.
struct Link : Dyad {
  Link() = default;
  Link(Dyad dyad, PairId to, PairId fro) : Dyad(dyad), there(to), back(fro) {}

  PairId there = no_id;  // sender to receiver
  PairId back = no_id;   // receiver to sender
};

// From here on the actor is gone: the day after it leaves, or just after the moment on a clock of numbers.
[[nodiscard]] Time gone_after(Time leaves, Clock clock);
[[nodiscard]] Time gone_from(const Actor& actor, Clock clock);

class Memory {
 public:
  // `record` must outlive the memory and its copies; its events are not read here, all else is.
  Memory(const Record& record, MemorySpec spec);

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] std::size_t actors() const { return present_.size(); }
  [[nodiscard]] const MemorySpec& spec() const { return spec_; }

  // Moves time forward: traces fade, attributes and numbers of pairs and times change, actors enter and leave.
  void advance(Time now);
  void apply(const Event& event);
  // Ask for what apply() will read and write, long before and then shortly before it; events change nothing in between.
  void prefetch_pair(const Event& event) const { pairs_.prefetch(event.sender, event.receiver); }
  void prefetch_traces(const Event& event) const;
  void start_tie(TieId tie);
  // A tie that the record does not have starts now between the two, of the kind of `like` and with its numbers.
  TieId start_tie_like(TieId like, Dyad pair);
  void end_tie(TieId tie) { end_tie(tie, ties_.tie(tie).ending == "rupture"); }  // as the record has it
  void end_tie(TieId tie, bool ruptured);
  // An attribute that is simulated: from here on its values are these, and not the record's.
  void set_attribute(AttributeId attribute, ActorId actor, double value) {
    if (attributes_.set(attribute, actor, value)) ++epoch_;
    scales_.expire();
  }

  // Dyads whose dyadic values may have changed since clear_touched(), other than by fading; may repeat.  Those that acted
  // or whose tie changed, and the latest that acted before where a trace keeps them, both ways; and the two-paths through
  // third actors.
  [[nodiscard]] std::span<const Dyad> touched() const { return touched_; }
  [[nodiscard]] std::span<const TwoPathChange> two_path_changes() const { return two_path_changes_; }
  void clear_touched() {
    touched_.clear();
    two_path_changes_.clear();
  }
  // Counts the changes of presence, attributes or numbers of pairs and times, after which sums over the risk set must be
  // made anew.
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }

  [[nodiscard]] bool present(ActorId actor) const { return present_[actor]; }
  [[nodiscard]] bool both_present(Dyad dyad) const { return present_[dyad.sender] && present_[dyad.receiver]; }
  [[nodiscard]] std::size_t present_count() const { return present_count_; }

  [[nodiscard]] const PairTable& pairs() const { return pairs_; }
  [[nodiscard]] const Trace& trace(TraceId id) const { return traces_[id]; }
  [[nodiscard]] Link link(Dyad dyad) const {
    const PairTable::BothWays both = pairs_.find_both(dyad.sender, dyad.receiver);
    return {dyad, both.there, both.back};
  }
  [[nodiscard]] double weight(TraceId trace, ActorId sender, ActorId receiver) const {
    const PairId pair = pairs_.find(sender, receiver);
    return pair == no_id ? 0 : traces_[trace].weight(pair);
  }
  [[nodiscard]] Time last(TraceId trace, ActorId sender, ActorId receiver) const {
    const PairId pair = pairs_.find(sender, receiver);
    return pair == no_id ? always : traces_[trace].last(pair);
  }
  [[nodiscard]] double two_paths(TwoPathId id, Dyad dyad) const {
    return neighbours_.kept() ? sum_two_paths(id, dyad) : two_paths_[id].value(pairs_, traces_, dyad);
  }
  // Those of one sender's dyads: values[k] of receivers[k].
  void two_paths_from(TwoPathId id, ActorId sender, std::span<const ActorId> receivers, double* values) const;
  // Every actor's partners in one list; kept where two-paths are not maintained.
  [[nodiscard]] const Neighbours& neighbours() const { return neighbours_; }
  [[nodiscard]] const TwoPaths& two_paths_of(TwoPathId id) const { return two_paths_[id]; }
  [[nodiscard]] std::span<const Trace> traces() const { return traces_; }
  [[nodiscard]] const TieBook& ties() const { return ties_; }
  [[nodiscard]] const AttributeBook& attributes() const { return attributes_; }
  [[nodiscard]] const PairBook& pair_values() const { return pair_values_; }
  [[nodiscard]] const SeriesBook& series() const { return series_; }
  // What actors and pairs have of their own, a slot for each such coefficient of a model (RandomTerms::first_slot).  No
  // event changes them, and sums over the risk set are to be made anew after them.
  void set_own_values(std::vector<OwnValues> slots) { own_values_ = std::move(slots); }
  [[nodiscard]] double own_value(std::size_t slot, ActorId actor) const {
    return slot < own_values_.size() ? own_values_[slot].of(actor) : 0;
  }
  [[nodiscard]] double own_value_of_pair(std::size_t slot, Dyad pair) const {
    return slot < own_values_.size() ? own_values_[slot].of_pair(pair) : 0;
  }
  [[nodiscard]] Time fade_time() const { return fade_time_; }  // `now` on the clock of fading

  // Of standardized terms; nothing else asks.
  [[nodiscard]] const ScaleCache& scales() const { return scales_; }

  [[nodiscard]] std::size_t bytes() const;        // about what a copy takes
  [[nodiscard]] std::string fingerprint() const;  // of everything an effect can read

 private:
  void apply(const Event& event, Dyad dyad);
  void touch(Dyad dyad);  // both ways
  void touch_latest(const LastActs& acts, Dyad next);
  [[nodiscard]] double sum_two_paths(TwoPathId id, Dyad dyad) const;
  struct Passage {  // an actor enters or leaves
    Time time;
    ActorId actor;
    bool enters;
  };

  MemorySpec spec_;
  Time now_ = always;
  Time fade_time_ = always;
  PairTable pairs_;
  Neighbours neighbours_;
  std::vector<Trace> traces_;
  std::vector<TwoPaths> two_paths_;
  TieBook ties_;
  AttributeBook attributes_;
  PairBook pair_values_;
  SeriesBook series_;
  std::vector<OwnValues> own_values_;
  std::vector<Passage> passages_;  // in time order
  std::size_t next_passage_ = 0;
  std::vector<bool> present_;
  std::size_t present_count_ = 0;
  std::vector<double> shrink_;  // of each trace, at the last tick
  std::vector<Dyad> touched_;
  std::vector<TwoPathChange> two_path_changes_;
  std::uint64_t epoch_ = 0;
  ScaleCache scales_;
};

}  // namespace detente
