// detente forecast --why: all that is behind the forecast of one tie, or of every tie and pair of an actor.
#pragma once

#include <iosfwd>
#include <string>

#include "forecast/forecast.hpp"

namespace detente::cli {

// Throws Error where `who` is no tie, actor or pair of actors of the record, by id or name.
void check_why(const std::string& who, const Record& record);

// Sentence, factors with their events, and the change, of each alliance and pair at risk that `who` names.
void print_why(const Forecast& forecast, const std::string& who, std::size_t most_pairs, std::ostream& out);

// --since: a date before the as-of date, or how long before it.
[[nodiscard]] Time read_since(const std::string& text, Time as_of, const Record& record);

}  // namespace detente::cli
