#include "effects/parts.hpp"

#include <algorithm>

namespace detente {
namespace {

void add_leg(const Memory& memory, TraceId trace, Leg leg, Dyad dyad, std::vector<Source>& out) {
  if (leg != Leg::backward && memory.weight(trace, dyad.sender, dyad.receiver) > 0) out.push_back({trace, dyad});
  const Dyad back = reversed(dyad);
  if (leg != Leg::forward && memory.weight(trace, back.sender, back.receiver) > 0) out.push_back({trace, back});
}

}  // namespace

Combine combine_of(const Arguments& given) {
  given.refuse_both("unique", "combine");
  if (given.flag("unique") || given.choice_is("combine", "unique")) return Combine::unique;
  if (given.choice_is("combine", "product")) return Combine::product;
  return given.choice_is("combine", "sum") ? Combine::sum : Combine::min_sum;
}

// Of one row at once, where the dyads are one.
void OfTwoPaths::values(const Memory& memory, std::span<const Link> links, double* values) const {
  constexpr std::size_t few = 32;
  const auto of_row = [&](Dyad d) { return d.sender == links[0].sender; };
  if (links.size() < few || !std::all_of(links.begin(), links.end(), of_row)) {
    for (std::size_t k = 0; k < links.size(); ++k) values[k] = (*this)(memory, links[k]);
    return;
  }
  std::vector<ActorId> receivers;
  for (const Link& link : links) receivers.push_back(link.receiver);
  memory.two_paths_from(paths, links[0].sender, receivers, values);
}

void OfTwoPaths::sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const {
  const TwoPathSpec& spec = memory.two_paths_of(paths).spec();
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

Time OfChange::then(const Memory& memory, TieId tie) const {
  if (!std::isnan(over)) return memory.fade_time() - over;
  const Ticks& ticks = memory.spec().tick;
  const Time start = memory.ties().tie(tie).start;
  return std::min(memory.now(), ticks.any() ? ticks.at(ticks.index(start) + 1) : start);
}

double OfChange::moved(const Memory& memory, ActorId actor, Time since) const {
  if (since == never) return 0;
  const auto scaled = [&](double value) { return std::isnan(log) ? value : std::log(value + log); };
  const double change = scaled(memory.attributes().value(attribute.id, actor)) -
                        scaled(memory.attributes().value_at(attribute.id, actor, since));
  if (std::isnan(change)) return missing;
  return std::isnan(cap) ? change : std::clamp(change, -cap, cap);
}

Time OfTies::newest(const Memory& memory, Dyad d) const {
  Time start = always;
  for (const TieId id : memory.ties().of(d.sender)) {
    const Tie& tie = memory.ties().tie(id);
    if (is_of_kind(memory, id) && (tie.a == d.receiver || tie.b == d.receiver)) start = std::max(start, tie.start);
  }
  return start;
}

}  // namespace detente
