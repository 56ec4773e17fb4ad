#include "estimate/known_values.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hazard/random_terms.hpp"
#include "hazard/replay.hpp"

namespace detente {
namespace {

bool reads_attributes(const Term& term) {
  std::vector<AttributeId> read;
  term.attributes(read);
  return !read.empty();
}

void require_value(const Record& record, const Hazard& hazard, const Term& term, const Memory& memory, Dyad dyad) {
  if (!std::isnan(term.value(memory, dyad))) return;
  throw Error(
      {.what = fmt::format("'{}' has no value between '{}' and '{}' on {}", term.name(),
                           printable(record.actors[dyad.sender].id), printable(record.actors[dyad.receiver].id),
                           format_time(memory.now(), record.clock)),
       .where = hazard.text.formula.where,
       .expected = "attributes that are known from the day an actor enters",
       .hint = "give the attribute an earlier date, or the actor a later day to enter, or leave the effect out"});
}

// Each actor once as sender and once as receiver: what is unknown of an actor is unknown in all its dyads.
template <class Which>
void require_values(const Record& record, const Hazard& hazard, const Memory& memory, Which which) {
  ActorId before = no_id;
  for (ActorId i = 0; i < memory.actors(); ++i) {
    if (!memory.present(i)) continue;
    for (const Term& term : hazard.terms) {
      if (before == no_id || !which(term)) continue;
      require_value(record, hazard, term, memory, {before, i});
      require_value(record, hazard, term, memory, {i, before});
    }
    before = i;
  }
}

void require_values_of_ties(const Record& record, const Hazard& hazard, const Memory& memory) {
  require_values(record, hazard, memory, [](const Term& term) { return term.traits().of_others; });
  for (TieId id = 0; id < record.ties.size(); ++id) {
    if (!hazard.at_risk_ties[id] || !memory.ties().in_force(id)) continue;
    for (const Term& term : hazard.terms) {
      require_value(record, hazard, term, memory, {record.ties[id].a, record.ties[id].b});
      require_value(record, hazard, term, memory, {record.ties[id].b, record.ties[id].a});
    }
  }
}

}  // namespace

void require_known_values(const Record& record, const Model& model, Time until) {
  std::vector<Hazard> hazards;
  for (const Hazard& hazard : model.hazards) hazards.push_back(with_slopes(hazard));
  const bool any = std::any_of(hazards.begin(), hazards.end(), [](const Hazard& hazard) {
    return std::any_of(hazard.terms.begin(), hazard.terms.end(), reads_attributes);
  });
  if (!any) return;  // events, ties and time are always known
  MemorySpec spec = model.memory;
  spec.maintain_two_paths = false;  // nothing happens in it
  Memory memory(record, spec);
  Replay replay(record, 0, until);
  std::uint64_t epoch = 0;
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    if (memory.epoch() == epoch && moment.starting.empty()) continue;
    epoch = memory.epoch();
    for (const Hazard& hazard : hazards) {
      if (hazard.text.kind == HazardKind::end)
        require_values_of_ties(record, hazard, memory);
      else
        require_values(record, hazard, memory, reads_attributes);
    }
  }
}

}  // namespace detente
