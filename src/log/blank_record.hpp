// A record in which nothing has happened yet, to write events into: actors "0", "1", ... who are always there, on a clock of
// numbers, and one type of event.
#pragma once

#include <string>

#include "log/record.hpp"

namespace detente {

[[nodiscard]] inline Record blank_record(std::size_t actors) {
  Record record;
  record.clock = Clock::number;
  record.types = {{"act", "Act", QuadClass::none, 1}};
  for (std::size_t i = 0; i < actors; ++i) {
    Actor actor{.id = std::to_string(i), .name = "", .kind = "", .note = ""};
    actor.enters_declared = true;
    record.actors.push_back(std::move(actor));
  }
  return record;
}

}  // namespace detente
