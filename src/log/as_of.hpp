// The record as it could have been known at the end of a day: the mask that keeps a forecast honest.
#pragma once

#include <string>

#include "base/error.hpp"
#include "log/record.hpp"

namespace detente {

// The first moment that is no longer known as of `date`, which is known in full.
[[nodiscard]] Time unknown_from(Clock clock, Time date);

// The origin of a forecast is the first day ahead of it: as of D, the day after D (docs/adr/0008).  This is the date D of an
// origin: on the calendar the day before, on plain numbers all that comes before it.
[[nodiscard]] Time known_to(Clock clock, Time origin);

// The last moment that is: of a day of the calendar, just before the next one.
[[nodiscard]] Time last_known(Clock clock, Time date);

// Throws Error at `where`, `what` being all that is wrong, when no event had happened by `date`.
void require_event_by(const Record& record, Time date, const Place& where, const std::string& what);

// The record with everything after `date` (inclusive on the calendar clock: all of that day is known) removed: later
// events, later ties, endings (those by loss too) and departures that come later, later values of attributes, pairs and
// series, and actors that were unknown by then.  Ids of actors and ties are compacted, so nothing depends on what was
// removed.
[[nodiscard]] Record as_of(const Record& record, Time date);

}  // namespace detente
