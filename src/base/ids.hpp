// Ids cross every interface; pointers and names do not.  An id is an index into the table that owns the thing.
#pragma once

#include <cstdint>
#include <limits>

namespace detente {

using ActorId = std::uint32_t;
using TypeId = std::uint16_t;
using TieId = std::uint32_t;
using EventId = std::uint32_t;
using TraceId = std::uint32_t;
using KindId = std::uint16_t;  // kind of an actor or of a tie

inline constexpr std::uint32_t no_id = std::numeric_limits<std::uint32_t>::max();

// A directed pair of actors: who acts, and towards whom.
struct Dyad {
  ActorId sender;
  ActorId receiver;
  friend bool operator==(const Dyad&, const Dyad&) = default;
};

[[nodiscard]] constexpr Dyad reversed(Dyad d) { return {d.receiver, d.sender}; }

}  // namespace detente
