// When which pairs were at risk of a tie that starts: the stretches of time in which two actors, both present, had no tie
// of the kinds that a hazard makes, from the moment that put them at risk on.
//
//   met       an event between them, or the start of a tie of any kind
//   ruptured  the rupture of a tie of those kinds: what starts then is a reconciliation
//   all       both are present
//
// A spell ends with the start of a tie, when one of the two leaves, or not within the record.  Read off the record alone,
// so that fits, forecasts and their baselines speak of the same pairs.
#pragma once

#include <vector>

#include "hazard/model.hpp"

namespace detente {

struct PairSpell {
  Dyad pair;     // sender < receiver
  Time since;    // at risk after this moment: when they met, or their last tie ended, or the later of the two entered
  Time until;    // start of the tie, or the moment from which one is gone; `never`
  bool started;  // a tie starts at `until`

  // At risk in the tick that begins at `time`: from the tick after `since` to that of `until`.
  [[nodiscard]] bool at_risk(Time time) const { return since < time && (started ? time <= until : time < until); }
};

// By `since`, then pair.
[[nodiscard]] std::vector<PairSpell> pair_spells(const Record& record, const Hazard& hazard);

[[nodiscard]] std::string_view to_string(PairsAtRisk pairs);  // "met", "ruptured", "all"

}  // namespace detente
