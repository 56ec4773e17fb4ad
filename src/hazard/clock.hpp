// What a model says of time, on a record: how long a tick is, what a unit of plain numbers is, where observation begins and
// who is present before it acts.
//
// Traces fade by whole ticks, so that hazards are constant in between (docs/adr/0002).  A half-life or window below the tick
// would be rounded up to it.  Then
//
//   a fit of events           has no ticks: what fades is exact at every moment (tie_walk.hpp)
//   what needs ticks          has finer ones, an eighth of the shortest time that a trace remembers: ends and starts of
//                             ties, layers, and whatever is simulated
//
// and clock_note() says so.  Without a word of it the tick is a day, for what needs ticks and for records that are dated to
// days; a record that knows the time of day, and a clock of plain numbers whose unit nobody named, have none.
#pragma once

#include <optional>
#include <string>

#include "base/ticks.hpp"
#include "hazard/model.hpp"

namespace detente {

// How many days one unit of the record's clock lasts, by what the model says where the record does not.
[[nodiscard]] double unit_of(const ModelSpec& spec, const Record& record);

// The length of a duration of the model on the record's clock.  Throws Error at `where`: one of the calendar on a clock of
// plain numbers whose unit nobody named.
[[nodiscard]] double length_on(const Duration& duration, const ModelSpec& spec, const Record& record,
                               const std::string& what, const Place& where);

// Writes into the record what the model's [clock] says of it, where the user did not say otherwise.  Throws Error: a unit
// for a calendar, an unreadable start of observation.
void set_clock(Record& record, const ModelSpec& spec);

// Throws Error: durations that have no length on the clock.
[[nodiscard]] Ticks ticks_of(const ModelSpec& spec, const Record& record);

// Why the ticks are not those that the model or the calendar names, and what that costs; empty where they are.
[[nodiscard]] std::string clock_note(const ModelSpec& spec, const Record& record);

// Throws Error: more ticks between two times than can be walked (most_ticks_of_record).  `walks`: the hazard that does.
void check_record_ticks(const ModelSpec& spec, const Record& record, const Ticks& ticks, Time until);

// The same model for a job that simulates: its clock ticks.
[[nodiscard]] ModelSpec simulated(ModelSpec spec);

// What to write for a clock that must tick: "tick = 30" for a model whose shortest memory is 240, else "tick = 1".
[[nodiscard]] std::string tick_hint(const ModelSpec& spec, const Record& record);

}  // namespace detente
