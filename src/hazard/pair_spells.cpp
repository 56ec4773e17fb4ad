#include "hazard/pair_spells.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace detente {
namespace {

using Pair = std::pair<ActorId, ActorId>;

Pair unordered(ActorId a, ActorId b) { return {std::min(a, b), std::max(a, b)}; }

struct PairHistory {
  Time met = never;
  Time ruptured = never;
  std::vector<std::pair<Time, Time>> ties;  // of the kinds that start, from start to end
};

std::map<Pair, PairHistory> histories(const Record& record, const Hazard& hazard) {
  std::map<Pair, PairHistory> all;
  for (const Event& event : record.events) {
    PairHistory& one = all[unordered(event.sender, event.receiver)];
    one.met = std::min(one.met, event.time);
  }
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    PairHistory& one = all[unordered(tie.a, tie.b)];
    one.met = std::min(one.met, tie.start);
    if (!hazard.at_risk_ties[id]) continue;
    one.ties.emplace_back(tie.start, tie.end);
    if (hazard.makes_endings[id]) one.ruptured = std::min(one.ruptured, tie.end);
  }
  for (ActorId a = 0; hazard.text.pairs == PairsAtRisk::all && a < record.actors.size(); ++a)
    for (ActorId b = a + 1; b < record.actors.size(); ++b) all.try_emplace({a, b});
  for (auto& [pair, one] : all) std::sort(one.ties.begin(), one.ties.end());
  return all;
}

Time first_at_risk(PairsAtRisk pairs, const PairHistory& one) {
  switch (pairs) {
    case PairsAtRisk::met: return one.met;
    case PairsAtRisk::ruptured: return one.ruptured;
    case PairsAtRisk::all: return always;
  }
  return always;
}

}  // namespace

std::string_view to_string(PairsAtRisk pairs) {
  switch (pairs) {
    case PairsAtRisk::met: return "met";
    case PairsAtRisk::ruptured: return "ruptured";
    case PairsAtRisk::all: return "all";
  }
  return "";
}

std::vector<PairSpell> pair_spells(const Record& record, const Hazard& hazard) {
  std::vector<PairSpell> spells;
  const Time beginning = time_span(record).first;
  for (const auto& [pair, one] : histories(record, hazard)) {
    if (pair.first == pair.second) continue;
    const Dyad dyad{pair.first, pair.second};
    const Actor& a = record.actors[dyad.sender];
    const Actor& b = record.actors[dyad.receiver];
    const Time gone = std::min(gone_from(a, record.clock), gone_from(b, record.clock));
    Time since = std::max({beginning, a.enters, b.enters, first_at_risk(hazard.text.pairs, one)});
    const auto add = [&](Time until) {
      const bool started = until < gone;
      const PairSpell spell{dyad, since, std::min(until, gone), started};
      if (spell.since < spell.until) spells.push_back(spell);
    };
    for (const auto& [start, end] : one.ties) {
      add(start);
      since = std::max(since, end);
    }
    add(never);
  }
  std::sort(spells.begin(), spells.end(), [](const PairSpell& a, const PairSpell& b) {
    return std::tie(a.since, a.pair.sender, a.pair.receiver) < std::tie(b.since, b.pair.sender, b.pair.receiver);
  });
  return spells;
}

}  // namespace detente
