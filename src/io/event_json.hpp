// A recorded event as results show it.
#pragma once

#include "io/result.hpp"

namespace detente {

[[nodiscard]] Json event_json(const Record& record, EventId id);

// Null for no text.
[[nodiscard]] Json text_or_null(const std::string& text);
// Null for what is no finite time.
[[nodiscard]] Json date_or_null(Time time, Clock clock);

}  // namespace detente
