#include "effects/two_path_sources.hpp"

namespace detente {
namespace {

void add_leg(const Memory& memory, TraceId trace, Leg leg, Dyad dyad, std::vector<Source>& out) {
  if (leg != Leg::backward && memory.weight(trace, dyad.sender, dyad.receiver) > 0) out.push_back({trace, dyad});
  const Dyad back = reversed(dyad);
  if (leg != Leg::forward && memory.weight(trace, back.sender, back.receiver) > 0) out.push_back({trace, back});
}

}  // namespace

void two_path_sources(const Memory& memory, const TwoPathSpec& spec, Dyad dyad, std::vector<Source>& out) {
  for (ActorId third = 0; third < memory.actors(); ++third) {
    if (third == dyad.sender || third == dyad.receiver) continue;
    std::vector<Source> first;
    std::vector<Source> second;
    add_leg(memory, spec.first, spec.first_leg, {dyad.sender, third}, first);
    add_leg(memory, spec.second, spec.second_leg, {third, dyad.receiver}, second);
    if (first.empty() || second.empty()) continue;
    out.insert(out.end(), first.begin(), first.end());
    out.insert(out.end(), second.begin(), second.end());
  }
}

}  // namespace detente
