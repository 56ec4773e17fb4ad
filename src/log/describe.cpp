#include "log/describe.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente {

std::string describe_event(const Record& record, std::size_t event, const std::string& file) {
  const Event& e = record.events[event];
  const std::string place = e.line == 0    ? ""
                            : file.empty() ? fmt::format("line {}; ", e.line)
                                           : fmt::format("{}:{}; ", file, e.line);
  return fmt::format("event {} ({}{}, {} -> {})", event + 1, place, format_time(e.time, record.clock),
                     printable(record.actors[e.sender].id, 30), printable(record.actors[e.receiver].id, 30));
}

std::string describe_pair(const Record& record, Dyad pair) {
  return fmt::format("{} and {}", printable(record.actors[pair.sender].id, 30),
                     printable(record.actors[pair.receiver].id, 30));
}

std::string describe_tie(const Record& record, TieId tie) {
  const Tie& t = record.ties[tie];
  const std::string until =
      t.end == never ? "in force" : fmt::format("to {}, {}", format_time(t.end, record.clock), printable(t.ending, 30));
  return fmt::format("tie '{}' ({} - {}, {} {})", printable(t.id, 30), printable(record.actors[t.a].id, 30),
                     printable(record.actors[t.b].id, 30), format_time(t.start, record.clock), until);
}

}  // namespace detente
