// An event, a pair or a tie as messages name it.
#pragma once

#include <string>

#include "log/record.hpp"

namespace detente {

// "event 12 (events.csv:13; 2022-11-01, ben -> anna)": its number in time order, from 1, and where it was read from: `file`
// and the line, either of which may be unknown.
[[nodiscard]] std::string describe_event(const Record& record, std::size_t event, const std::string& file);

// "anna and ben"
[[nodiscard]] std::string describe_pair(const Record& record, Dyad pair);

// "tie 't1' (anna - ben, 2022-01-05 to 2022-11-20, rupture)"
[[nodiscard]] std::string describe_tie(const Record& record, TieId tie);

}  // namespace detente
