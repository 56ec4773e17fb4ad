// Small random records with everything that makes histories hard: simultaneous events, several types, actors who come
// and go, ties that start and end (also several between the same two, and on one day), attributes that change.
#pragma once

#include <cstdint>

#include "log/record.hpp"
#include "memory/memory.hpp"

namespace detente::reference {

struct RandomRecord {
  std::uint64_t seed = 1;
  Clock clock = Clock::calendar;
  std::size_t actors = 5;
  std::size_t events = 25;
  std::size_t ties = 5;
  double step = 1.5;      // mean time between events
  bool passages = true;   // actors come and go
  bool absences = false;  // some leave and return
  // Where observation begins, in days or units after the clock's own beginning; always: with the first event or tie.
  Time observed_from = default_start;
  static constexpr double default_start =
      -1e9;  // at 0 on a clock of numbers, with the first event or tie on a calendar
};

// Types: meet, help (cooperation), blame, hit (conflict).  Attributes: size (a number that changes), camp (a factor: red
// or blue), view.1 and view.2 (a vector that changes, zero for some); known for everybody from the start.  Numbers of
// pairs: distance, known of every two from the start, and trade, which is not; of the times: rate and price likewise.
[[nodiscard]] Record make_record(const RandomRecord& options);

// Brings a memory from just after everything at one time to just after everything at `until`.
void relive(Memory& memory, const Record& record, Time until);

}  // namespace detente::reference
