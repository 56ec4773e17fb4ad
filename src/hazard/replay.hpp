// A record as a sequence of moments at which something changes: events (those at one time together), ties that start or
// end, actors who enter or leave, attributes, the list of a risk set, and, where hazards drift, ticks of the clock.  Ties
// change at the start of their day, before its events.
#pragma once

#include <span>
#include <vector>

#include "base/ticks.hpp"
#include "log/record.hpp"
#include "memory/memory.hpp"

namespace detente {

struct Moment {
  Time time = 0;
  bool tick = false;       // time is a tick of the clock
  Time next_tick = never;  // the first tick after it
  std::span<const Event> events;
  std::vector<TieId> ending;
  std::vector<TieId> starting;
};

class Replay {
 public:
  // A clock that ticks adds a moment at every tick from the first event or tie on, up to `until`.  Passages and
  // attributes that come before it are no moments, except where observation begins earlier; so are `turns`, further times
  // at which something changes (RiskSet::turns()).
  Replay(const Record& record, const Ticks& tick, Time until, std::span<const Time> turns = {});

  // The next moment not after `until`; false when there is none.
  bool next(Moment& moment);

  // The first event or change of a tie, or the tick it falls in.
  [[nodiscard]] Time first() const { return first_; }

 private:
  struct TieChange {
    Time time;
    TieId tie;
    bool starts;
  };

  [[nodiscard]] Time tick_time() const { return tick_.any() && first_ != never ? tick_.at(next_tick_) : never; }

  const Record* record_;
  Ticks tick_;
  Time until_;
  Time first_;
  double next_tick_ = 0;  // by its number
  std::size_t next_event_ = 0;
  std::size_t next_change_ = 0;
  std::size_t next_turn_ = 0;
  std::vector<TieChange> changes_;
  std::vector<Time> turns_;  // of passages, attributes and what was asked for, in order, each once
};

// Brings the memory to a moment: time passes, then ties end and start.  Its events are not applied.
void enter(Memory& memory, const Moment& moment);

}  // namespace detente
