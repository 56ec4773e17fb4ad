#include "hazard/vocabulary.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace detente {
namespace {

void add(std::vector<std::string>& list, const std::string& word) {
  if (!word.empty() && std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
}

}  // namespace

void check_words(const std::vector<std::string>& words, const std::vector<std::string>& known, std::string_view what,
                 const Place& where) {
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    throw Error({.what = fmt::format("unknown {} '{}'", what, printable(word)),
                 .where = where,
                 .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                 .hint = hint_for(word, known)});
  }
}

std::vector<bool> match_types(const std::vector<std::string>& words, const Record& record, const Place& where) {
  std::vector<bool> matches(record.types.size(), false);
  std::vector<std::string> known{"all",
                                 "cooperation",
                                 "conflict",
                                 "verbal-cooperation",
                                 "material-cooperation",
                                 "verbal-conflict",
                                 "material-conflict",
                                 "none"};
  for (const EventType& type : record.types) known.push_back(type.code);
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) == known.end()) {
      throw Error({.what = fmt::format("unknown events '{}'", word),
                   .where = where,
                   .expected = "all, cooperation, conflict, a quad class or a type of the record",
                   .hint = hint_for(word, known)});
    }
    for (std::size_t id = 0; id < record.types.size(); ++id) {
      const EventType& type = record.types[id];
      const bool match = word == "all" || word == type.code || word == to_string(type.quad) ||
                         (word == "cooperation" && is_cooperation(type.quad)) ||
                         (word == "conflict" && is_conflict(type.quad));
      matches[id] = matches[id] || match;
    }
  }
  return matches;
}

std::vector<std::string> tie_kinds(const Record& record) {
  std::vector<std::string> kinds{"cooperative", "alliance", "office",   "employment", "investment",
                                 "founding",    "board",    "inferred", "litigation"};
  for (const Tie& tie : record.ties) add(kinds, tie.kind);
  return kinds;
}

std::vector<std::string> tie_endings(const Record& record) {
  std::vector<std::string> endings{"rupture", "exit", "fulfilled", "renegotiated", "closed", "loss", "faded", "other"};
  for (const Tie& tie : record.ties) add(endings, tie.ending);
  return endings;
}

bool is_of_kind(const Tie& tie, std::string_view word) {
  return word == "cooperative" ? is_cooperative(tie.kind) || tie.kind == word : tie.kind == word;
}

}  // namespace detente
