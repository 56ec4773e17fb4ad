// When one node of a goldfish record is there: its first state, and the changes of it that goldfish calls composition
// changes.
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
  // The times at which it is there: from when, empty = from the start, and until when, empty = to the end.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> spells() const {
    std::vector<std::pair<std::string, std::string>> all;
    bool present = at_first;
    if (present) all.emplace_back();
    for (const auto& [time, now] : changes) {
      if (!present && now) all.emplace_back(time, "");
      if (present && !now) all.back().second = time;
      present = now;
    }
    return all;
  }
};

}  // namespace detente
