// Logs to measure on: senders and receivers drawn by unequal activity, half of the acts repeated or answered, waiting
// times exponential.  The same seed gives the same log everywhere.
#pragma once

#include <cmath>

#include "base/random.hpp"
#include "log/blank_record.hpp"

namespace detente::bench {

inline Record make_log(std::size_t actors, std::size_t events, std::uint64_t seed) {
  Record record = blank_record(actors);
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

struct CircleLog {
  std::size_t actors = 1000;
  std::size_t events = 10'000;
  std::uint64_t seed = 1;
  std::size_t degree = 50;  // partners of an actor in the long run: it chooses half of them, and is chosen by half
  double conflict = 0.3;    // share of events of the type "blame"; the others are "help"
};

// The k-th partner that an actor chose: near it on a ring for every other k, so that circles close, else anywhere.
inline ActorId chosen_partner(const CircleLog& log, ActorId actor, std::uint32_t k) {
  const auto n = static_cast<ActorId>(log.actors);
  if (k % 2 == 0) return (actor + 1 + k / 2) % n;
  const double share = uniform({log.seed, 1, Purpose::generate, actor, k});
  return (actor + 1 + static_cast<ActorId>(share * static_cast<double>(n - 1))) % n;
}

// Actors of unequal activity who act within a circle of partners; of all acts a quarter each is repeated and answered.
inline Record make_circle_log(const CircleLog& log) {
  Record record = blank_record(log.actors);
  record.types = {{"help", "Help", QuadClass::verbal_cooperation, 1},
                  {"blame", "Blame", QuadClass::verbal_conflict, -1}};
  record.events.reserve(log.events);
  const auto n = static_cast<double>(log.actors);
  double time = 0;
  for (std::uint32_t step = 0; record.events.size() < log.events; ++step) {
    const auto [who, whom] = uniform_pair({log.seed, 0, Purpose::generate, 0, step});
    const auto [how, which] = uniform_pair({log.seed, 0, Purpose::generate, 1, step});
    const auto actor = static_cast<ActorId>(std::pow(who, 1.25) * n);
    const ActorId partner =
        chosen_partner(log, actor, static_cast<std::uint32_t>(whom * 0.5 * static_cast<double>(log.degree)));
    const bool chooser_acts = which < 0.5;
    Dyad dyad = chooser_acts ? Dyad{actor, partner} : Dyad{partner, actor};
    if (how < 0.5 && !record.events.empty()) {
      const Event& earlier = record.events[static_cast<std::size_t>(which * static_cast<double>(record.events.size()))];
      dyad = {earlier.sender, earlier.receiver};
      if (how < 0.25) dyad = reversed(dyad);
    }
    if (dyad.sender == dyad.receiver) continue;
    time += exponential({log.seed, 0, Purpose::generate, 2, step}) / n;
    const bool blames = uniform({log.seed, 0, Purpose::generate, 3, step}) < log.conflict;
    const auto type = static_cast<TypeId>(blames ? 1 : 0);
    record.events.push_back(
        {time, dyad.sender, dyad.receiver, blames ? -1.0F : 1.0F, type, Precision::number, 0, step});
  }
  return record;
}

}  // namespace detente::bench
