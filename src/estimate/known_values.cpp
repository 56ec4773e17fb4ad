#include "estimate/known_values.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "effects/catalogue.hpp"
#include "hazard/formula.hpp"
#include "hazard/pair_spells.hpp"
#include "hazard/random_terms.hpp"
#include "hazard/replay.hpp"

namespace detente {
namespace {

bool reads_attributes(const Term& term) {
  std::vector<AttributeId> read;
  term.attributes(read);
  return !read.empty();
}

// Whether some effect of the term has an argument `missing` that the user did not know of.
bool takes_missing(const std::vector<TermSyntax>& terms) {
  const auto takes = [](const FactorSyntax& factor) {
    if (!factor.summands.empty()) return takes_missing(factor.summands);
    const CatalogueEntry* const effect = find_effect(factor.call.name);
    return effect != nullptr &&
           std::ranges::find(effect->doc->arguments, "missing", &ArgumentDoc::name) != effect->doc->arguments.end();
  };
  return std::ranges::any_of(terms, [&](const TermSyntax& term) { return std::ranges::any_of(term.factors, takes); });
}

bool takes_missing(const Term& term) {
  try {
    return takes_missing(parse_formula(term.name()).terms);
  } catch (const FormulaProblem&) {  // a level's term, which is no formula
    return false;
  }
}

// ": 'size' of 'ann' is not known", of the first that is not.
std::string whose_is_missing(const Record& record, const Term& term, const Memory& memory, Dyad dyad) {
  std::vector<AttributeId> read;
  term.attributes(read);
  for (const AttributeId id : read)
    for (const ActorId actor : {dyad.sender, dyad.receiver})
      if (std::isnan(memory.attributes().value(id, actor)))
        return fmt::format(": '{}' of '{}' is not known", memory.attributes().names()[id],
                           printable(record.actors[actor].id));
  return "";
}

void require_value(const Record& record, const Hazard& hazard, const Term& term, const Memory& memory, Dyad dyad) {
  if (!std::isnan(term.value(memory, dyad))) return;
  if (term.traits().gaps)
    throw Error({.what = fmt::format("'{}' has no value{} on {}", term.name(),
                                     term.traits().scope == Scope::dyad
                                         ? fmt::format(" from '{}' to '{}'", printable(record.actors[dyad.sender].id),
                                                       printable(record.actors[dyad.receiver].id))
                                         : "",
                                     format_time(memory.now(), record.clock)),
                 .where = hazard.text.formula.where,
                 .expected = "a number that is known wherever something may happen",
                 .hint = "say in the effect what stands for one that is not, such as missing=0, or give the record an "
                         "earlier number"});
  throw Error(
      {.what = fmt::format("'{}' has no value between '{}' and '{}' on {}{}", term.name(),
                           printable(record.actors[dyad.sender].id), printable(record.actors[dyad.receiver].id),
                           format_time(memory.now(), record.clock), whose_is_missing(record, term, memory, dyad)),
       .where = hazard.text.formula.where,
       .expected = "attributes that are known from the day an actor enters",
       .hint = fmt::format("say what stands for an unknown one, {}in [missing] of a model; or give the attribute an "
                           "earlier date, or the actor a later day to enter",
                           takes_missing(term) ? "with missing=0 in the effect or " : "")});
}

// Each actor once as sender and once as receiver: what is unknown of an actor is unknown in all its dyads.
template <class Which>
void require_values(const Record& record, const Hazard& hazard, const Memory& memory, Which which) {
  ActorId before = no_id;
  for (ActorId i = 0; i < memory.actors(); ++i) {
    if (!memory.present(i)) continue;
    for (const Term& term : hazard.terms) {
      if (before == no_id || !which(term) || term.traits().gaps) continue;
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

// Calls check(memory, dyad) for each dyad at risk of events, when it first is.
template <class Check>
void when_first_at_risk(const Record& record, const MemorySpec& spec, const Hazard& hazard, Time until, Check check) {
  Memory memory(record, spec);
  RiskList list(hazard.risk_set);
  std::vector<bool> seen(memory.actors(), false);
  const auto check_if_at_risk = [&](Dyad dyad) {
    if (hazard.risk_set.contains(memory, dyad)) check(memory, dyad);
  };
  Replay replay(record, 0, until, hazard.risk_set.turns());
  std::uint64_t epoch = 0;
  bool first = true;
  for (Moment moment; replay.next(moment); first = false) {
    enter(memory, moment);
    first ? list.refresh(memory) : list.advance(memory);
    memory.clear_touched();
    for (const Dyad dyad : list.changed()) check_if_at_risk(dyad);
    if (!first && memory.epoch() == epoch) continue;  // nobody entered
    epoch = memory.epoch();
    for (ActorId i = 0; i < memory.actors(); ++i) {
      if (seen[i] || !memory.present(i)) continue;
      seen[i] = true;
      for (ActorId j = 0; j < memory.actors(); ++j) {
        if (i == j || !seen[j]) continue;
        check_if_at_risk({i, j});
        check_if_at_risk({j, i});
      }
    }
  }
}

// The same for each pair at risk of a tie: at the first tick.
template <class Check>
void when_first_at_risk_of_tie(const Record& record, const MemorySpec& spec, const Hazard& hazard, Time until,
                               Check check) {
  Memory memory(record, spec);
  for (const PairSpell& spell : pair_spells(record, hazard)) {  // by time
    const Time tick = spec.tick.at(spec.tick.index(std::max(spell.since, time_span(record).first)) + 1);
    if (tick > until || !spell.at_risk(tick)) continue;
    memory.advance(std::max(memory.now(), tick));
    check(memory, spell.pair);
    check(memory, reversed(spell.pair));
  }
}

// What is known of a dyad stays known, so that it is asked once.
void require_values_of_dyads(const Record& record, const MemorySpec& spec, const Hazard& hazard, Time until) {
  std::vector<const Term*> terms;
  for (const Term& term : hazard.terms)
    if (term.traits().gaps) terms.push_back(&term);
  if (terms.empty() || hazard.text.kind == HazardKind::end) return;
  const auto check = [&](const Memory& memory, Dyad dyad) {
    for (const Term* term : terms) require_value(record, hazard, *term, memory, dyad);
  };
  if (hazard.text.kind == HazardKind::start)
    when_first_at_risk_of_tie(record, spec, hazard, until, check);
  else
    when_first_at_risk(record, spec, hazard, until, check);
}

}  // namespace

void require_known_values(const Record& record, const Model& model, Time until) {
  std::vector<Hazard> hazards;
  for (const Hazard& hazard : model.hazards) hazards.push_back(with_slopes(hazard));
  const bool any = std::any_of(hazards.begin(), hazards.end(), [](const Hazard& hazard) {
    return std::any_of(hazard.terms.begin(), hazard.terms.end(),
                       [](const Term& term) { return reads_attributes(term) || term.traits().gaps; });
  });
  if (!any) return;  // events, ties and time are always known
  MemorySpec spec = model.memory;
  spec.maintain_two_paths = false;  // nothing happens in it
  for (const Hazard& hazard : hazards) require_values_of_dyads(record, spec, hazard, until);
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
