// A record as a sequence of moments at which something changes: events (those at one time together), ties that start or
// end, and, where hazards drift, ticks of the clock.  Ties change at the start of their day, before its events.
#pragma once

#include <span>
#include <vector>

#include "log/record.hpp"
#include "memory/memory.hpp"

namespace detente {

struct Moment {
  Time time = 0;
  bool tick = false;  // time is a tick of the clock
  std::span<const Event> events;
  std::vector<TieId> ending;
  std::vector<TieId> starting;
};

class Replay {
 public:
  // `tick` > 0 adds a moment at every multiple of it from the first moment on, up to `until`.
  Replay(const Record& record, double tick, Time until);

  // The next moment not after `until`; false when there is none.
  bool next(Moment& moment);

  [[nodiscard]] Time first() const { return first_; }

 private:
  struct TieChange {
    Time time;
    TieId tie;
    bool starts;
  };

  const Record* record_;
  double tick_;
  Time until_;
  Time first_;
  Time next_tick_;
  std::size_t next_event_ = 0;
  std::size_t next_change_ = 0;
  std::vector<TieChange> changes_;
};

// Brings the memory to a moment: time passes, then ties end and start.  Its events are not applied.
void enter(Memory& memory, const Moment& moment);

}  // namespace detente
