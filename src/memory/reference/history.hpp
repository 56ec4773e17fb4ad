// What a memory must equal, read off the list of events each time it is asked: no state, no sums, plain loops.
//
//   w_ij(now) = sum over past events e from i to j that the trace remembers of weight_e x fade(tick(now) - tick(t_e))
//   tick(t)   = t rounded down to a whole tick of the clock; t itself where the tick is 0
//
// Slow on purpose: the oracle of the tests of memory, effects and hazards.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "log/record.hpp"
#include "memory/trace.hpp"
#include "memory/two_paths.hpp"

namespace detente::reference {

struct History {
  const Record* record;
  std::span<const Event> past;  // the events strictly before what is asked about
  Time now;
  double tick = 0;
  bool ties_changed = true;  // ties that start or end at `now` have done so
  bool directed = true;      // false: an event between two counts both ways
};

// The history that events at `now` see.
[[nodiscard]] History before_events(const Record& record, Time now, double tick, bool directed = true);
// The history just after the events at `now`.
[[nodiscard]] History after_events(const Record& record, Time now, double tick, bool directed = true);

[[nodiscard]] Time tick_of(const History& history, Time time);

[[nodiscard]] double weight(const History& history, const TraceSpec& trace, ActorId from, ActorId to);
[[nodiscard]] double out_sum(const History& history, const TraceSpec& trace, ActorId actor);
[[nodiscard]] double in_sum(const History& history, const TraceSpec& trace, ActorId actor);
// On the clock of fading, of what has come of age; `always` when the trace has remembered nothing.
[[nodiscard]] Time last(const History& history, const TraceSpec& trace, ActorId from, ActorId to);
[[nodiscard]] double two_paths(const History& history, std::span<const TraceSpec> traces, const TwoPathSpec& spec,
                               ActorId i, ActorId j);

[[nodiscard]] bool present(const History& history, ActorId actor);
[[nodiscard]] bool in_force(const History& history, const Tie& tie);
// The number, or for a factor the index of its level; NaN when unknown.
[[nodiscard]] double attribute(const History& history, std::string_view name, ActorId actor);
// Is the attribute (or `kind`) at this level?
[[nodiscard]] bool has_level(const History& history, std::string_view name, std::string_view level, ActorId actor);

// The number of a pair; NaN when unknown.
[[nodiscard]] double pair_value(const History& history, std::string_view name, ActorId from, ActorId to);

// The number of a series; NaN when unknown.
[[nodiscard]] double series_value(const History& history, std::string_view name);

// From here on an actor is gone.
[[nodiscard]] Time gone_from(const Record& record, ActorId actor);

}  // namespace detente::reference
