// The alliances in force at the end of a day and how each stands: its strength, who owes whom, what is unanswered, and what
// last happened between the two.  Everything later is masked first (log/as_of.hpp).
//
//   strength = w+_ab + w+_ba - w-_ab - w-_ba, of traces of cooperation (+) and conflict (-) weighed by |intensity| that
//              fade with the half-life of the rule of inferred alliances (memory/infer_ties.hpp): an inferred alliance is
//              in force while its strength is at least c_end
//   ledger   = the effect `ledger` of a trace of material cooperation, slower to fade
//   slights  = the effect `unanswered_slights` of the trace of conflict, for each side
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "log/record.hpp"
#include "memory/infer_ties.hpp"

namespace detente {

struct AllianceOptions {
  Time as_of = 0;                    // inclusive
  std::string ties = "cooperative";  // kind of tie
  bool inferred = false;             // also infer alliances where the record has ties
  InferOptions rule{};
  double ledger_half_life = 365.25;
  double recent = 90;  // length of the window of counts, in the record's unit of time
};

struct AllianceState {
  TieId tie;  // in `known`; a and b below are its two actors
  double age = 0;
  double strength = 0;
  std::size_t recent_cooperation = 0;
  std::size_t recent_conflict = 0;
  double ledger = 0;     // above 0: a has given more than it received
  double slights_a = 0;  // conflict that a received and has not returned
  double slights_b = 0;
  std::optional<EventId> last;  // in `known`
  std::size_t events_behind = 0;
};

struct Alliances {
  Record known;  // the record as of the date, with the inferred ties
  AllianceOptions options;
  bool inferred = false;            // asked for, or because no tie was recorded by then
  std::vector<AllianceState> list;  // the strongest first, then by id
};

// Throws Error: a date before the record, an unknown kind of tie, a rule that makes no sense.
[[nodiscard]] Alliances alliances_in_force(const Record& record, const AllianceOptions& options);

}  // namespace detente
