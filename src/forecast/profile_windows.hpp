// Cuts the time of a record into windows, to see whether an actor changed from one to the next.
#pragma once

#include <vector>

#include "log/record.hpp"

namespace detente {

struct ProfileWindow {
  Time from;  // inclusive
  Time to;    // exclusive, but for the last, which ends with the as-of date
};

// Of those of `known`, events that `counted` names (by EventId) are spread over the windows: about as many in each, cut
// between days on the calendar; fewer windows where events at one time fill several.
[[nodiscard]] std::vector<ProfileWindow> windows_of_events(const Record& known, const std::vector<EventId>& counted,
                                                           std::size_t windows, Time as_of);

// Windows of one length, the last one ending with the as-of date and the first one where the record begins.  Throws Error
// where they are too many.
[[nodiscard]] std::vector<ProfileWindow> windows_of_length(const Record& known, double length, Time as_of);

[[nodiscard]] bool within(const ProfileWindow& window, bool last, Time time);

}  // namespace detente
