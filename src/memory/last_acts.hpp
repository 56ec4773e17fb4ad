// Who acted last by the types of event that a trace remembers, from when they happen and however long ago; each part is kept
// only where an effect asks for it (TraceSpec::keeps):
//
//   latest   the acts of the latest moment, all of them where several happened at once
//   actors   when each actor last acted and was last acted upon, on the clock of fading
//   ranks    1 + the number of an actor's partners with a strictly later last act, on the clock of events
//
// For ranks every actor has the times of its partners' last acts in order: an act moves one time to the end, and a rank is
// a search, where counting would go over all partners for each of them.
#pragma once

#include <span>
#include <vector>

#include "base/ids.hpp"
#include "log/record.hpp"
#include "memory/pair_table.hpp"

namespace detente {

struct Keeps {
  bool latest = false;
  bool actors = false;
  bool ranks = false;
  bool partners = false;  // of a trace: how many others each actor acted towards, and was acted upon by
};

class LastActs {
 public:
  struct Clocks {
    Time of_events;
    Time of_fading;
  };

  LastActs(Keeps keeps, std::size_t actors);

  void apply(Dyad dyad, PairId pair, Clocks now);

  [[nodiscard]] std::span<const Dyad> latest() const { return latest_; }
  // Whether an act now is later than the latest, and takes their place.
  [[nodiscard]] bool replaces_latest(Time now) const { return !latest_.empty() && now > latest_time_; }
  [[nodiscard]] Time last_sent(ActorId actor) const { return last_sent_[actor]; }  // `always` = never
  [[nodiscard]] Time last_received(ActorId actor) const { return last_received_[actor]; }
  // Of the dyad among those of its sender, or of its receiver; 0 where there was no act.
  [[nodiscard]] std::size_t out_rank(Dyad dyad, PairId pair) const { return rank(out_times_[dyad.sender], pair); }
  [[nodiscard]] std::size_t in_rank(Dyad dyad, PairId pair) const { return rank(in_times_[dyad.receiver], pair); }

  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::vector<double> state() const;  // everything that can be read, in one line

 private:
  [[nodiscard]] std::size_t rank(const std::vector<Time>& times, PairId pair) const;

  Keeps keeps_;
  Time latest_time_ = always;
  std::vector<Dyad> latest_;
  std::vector<Time> last_sent_;               // by actor
  std::vector<Time> last_received_;           // by actor
  std::vector<Time> times_;                   // by pair: of its last act
  std::vector<std::vector<Time>> out_times_;  // by sender: of its pairs, in order
  std::vector<std::vector<Time>> in_times_;   // by receiver
};

}  // namespace detente
