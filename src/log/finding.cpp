#include "log/finding.hpp"

#include <algorithm>
#include <array>

namespace detente {

std::string_view to_string(Level level) {
  constexpr std::array<std::string_view, 3> names{"note", "warning", "error"};
  return names[static_cast<std::size_t>(level)];
}

std::size_t Findings::count(Level level) const {
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [&](const Finding& finding) { return finding.level == level; }));
}

void Findings::add(Level level, std::string code, Problem problem) {
  list.push_back({level, std::move(code), std::move(problem)});
}

}  // namespace detente
