// A small record for tests: actors a0, a1, ..., two types, some events, ties that start on day 0.
#pragma once

#include <string>
#include <vector>

#include "base/random.hpp"
#include "hazard/model.hpp"
#include "log/record.hpp"

namespace detente::test {

inline Record small_record(std::size_t actors, std::size_t events, double days, std::uint64_t seed) {
  Record record;
  record.types = {{"help", "Help", QuadClass::material_cooperation, 2},
                  {"blame", "Blame", QuadClass::verbal_conflict, -2}};
  for (std::size_t i = 0; i < actors; ++i) {
    Actor actor{.id = "a" + std::to_string(i), .name = "Actor " + std::to_string(i), .kind = "leader", .note = ""};
    actor.enters = 0;
    actor.enters_declared = true;
    record.actors.push_back(std::move(actor));
  }
  const auto n = static_cast<double>(actors);
  for (std::size_t k = 0; k < events; ++k) {
    const auto step = static_cast<std::uint32_t>(k);
    const auto sender = static_cast<ActorId>(uniform({seed, 0, Purpose::generate, 0, step}) * n);
    const auto other = static_cast<ActorId>(uniform({seed, 0, Purpose::generate, 1, step}) * (n - 1));
    const auto type = static_cast<TypeId>(uniform({seed, 0, Purpose::generate, 2, step}) < 0.5 ? 0 : 1);
    const Time time = days * (static_cast<double>(k) + 0.5) / static_cast<double>(events);
    record.events.push_back({time, sender, other < sender ? other : other + 1, type == 0 ? 2.F : -2.F, type,
                             Precision::instant, 0, step + 2});
  }
  return record;
}

inline void add_tie(Record& record, ActorId a, ActorId b, Time start, Time end = never,
                    const std::string& ending = "") {
  Tie tie{.id = "t" + std::to_string(record.ties.size()),
          .a = a,
          .b = b,
          .kind = "alliance",
          .start = start,
          .end = end,
          .ending = ending,
          .how_it_ended = "",
          .reference = ""};
  record.ties.push_back(std::move(tie));
}

inline HazardText tie_hazard(const std::string& name, const std::string& events, const std::string& formula) {
  HazardText hazard{.name = name};
  hazard.events = {events};
  hazard.formula = {formula, {.file = "test"}};
  hazard.prior_scale = 1;
  return hazard;
}

inline HazardText end_hazard(const std::string& name, const std::string& ending, const std::string& formula) {
  HazardText hazard{.name = name, .kind = HazardKind::end};
  hazard.endings = {ending};
  hazard.formula = {formula, {.file = "test"}};
  hazard.prior_scale = 1;
  return hazard;
}

inline HazardText start_hazard(const std::string& name, PairsAtRisk pairs, const std::string& formula) {
  HazardText hazard{.name = name, .kind = HazardKind::start, .pairs = pairs};
  hazard.formula = {formula, {.file = "test"}};
  hazard.prior_scale = 1;
  return hazard;
}

}  // namespace detente::test
