// Logs to measure on: senders and receivers drawn by unequal activity, half of the acts repeated or answered, waiting
// times exponential.  The same seed gives the same log everywhere.
#pragma once

#include <cmath>
#include <string>

#include "base/random.hpp"
#include "log/record.hpp"

namespace detente::bench {

inline Record make_log(std::size_t actors, std::size_t events, std::uint64_t seed) {
  Record record;
  record.clock = Clock::number;
  record.types = {{"act", "Act", QuadClass::none, 1}};
  for (std::size_t i = 0; i < actors; ++i) {
    Actor actor{.id = std::to_string(i), .name = "", .kind = "", .note = ""};
    actor.enters_declared = true;
    record.actors.push_back(std::move(actor));
  }
  const auto pick = [&](std::uint32_t step, std::uint32_t entity) {  // small numbers act more
    const double u = uniform({seed, 0, Purpose::generate, entity, step});
    return static_cast<ActorId>(std::pow(u, 1.5) * static_cast<double>(actors));
  };
  double time = 0;
  for (std::uint32_t step = 0; record.events.size() < events; ++step) {
    ActorId sender = pick(step, 0);
    ActorId receiver = pick(step, 1);
    const double how = uniform({seed, 0, Purpose::generate, 2, step});
    if (how < 0.5 && !record.events.empty()) {
      const double share = uniform({seed, 0, Purpose::generate, 3, step});
      const Event& earlier = record.events[static_cast<std::size_t>(share * static_cast<double>(record.events.size()))];
      sender = how < 0.25 ? earlier.sender : earlier.receiver;
      receiver = how < 0.25 ? earlier.receiver : earlier.sender;
    }
    if (sender == receiver) continue;
    time += exponential({seed, 0, Purpose::generate, 4, step});
    record.events.push_back({time, sender, receiver, 1, 0, Precision::number, 0, step});
  }
  return record;
}

}  // namespace detente::bench
