// When one node of a goldfish record is there: its first state, and the changes of it that goldfish calls composition
// changes.  A record's actor enters once and leaves once, so an absence in between cannot be kept and is counted.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace detente {

struct Presence {
  bool at_first = true;
  std::vector<std::pair<std::string, bool>> changes{};  // in the order of the file: when, and whether from then on

  [[nodiscard]] bool ever() const {
    return at_first || std::any_of(changes.begin(), changes.end(), [](const auto& change) { return change.second; });
  }
  [[nodiscard]] std::string enters() const {
    if (at_first) return {};
    const auto entry = std::find_if(changes.begin(), changes.end(), [](const auto& change) { return change.second; });
    return entry == changes.end() ? std::string{} : entry->first;
  }
  // The first moment of the absence that lasts.
  [[nodiscard]] std::string leaves() const {
    std::string when;
    bool present = at_first;
    for (const auto& [time, now] : changes) {
      if (present && !now) when = time;
      present = now;
    }
    return present ? std::string{} : when;
  }
  [[nodiscard]] std::size_t returns() const {
    std::size_t count = 0;
    bool present = at_first;
    bool before = at_first;
    for (const auto& [time, now] : changes) {
      count += before && !present && now ? 1 : 0;
      present = now;
      before = before || now;
    }
    return count;
  }
};

}  // namespace detente
