// The words of a model that name things of a record: types of events, kinds of ties, endings.  An unknown word is an
// error with the closest known one, because a word that names nothing would leave a hazard empty, in silence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "log/record.hpp"

namespace detente {

// Throws Error with the closest known word: "unknown kind of tie 'aliance'".
void check_words(const std::vector<std::string>& words, const std::vector<std::string>& known, std::string_view what,
                 const Place& where);

// By TypeId: is it one of `words` (all, cooperation, conflict, a quad class or type codes)?  Throws Error.
[[nodiscard]] std::vector<bool> match_types(const std::vector<std::string>& words, const Record& record,
                                            const Place& where);

// Every kind of tie a model may name: cooperative, those that are common, and those of the record; and every ending.
[[nodiscard]] std::vector<std::string> tie_kinds(const Record& record);
[[nodiscard]] std::vector<std::string> tie_endings(const Record& record);

// `word`: a kind of tie, or cooperative.
[[nodiscard]] bool is_of_kind(const Tie& tie, std::string_view word);

}  // namespace detente
