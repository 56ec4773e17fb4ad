// Alliances of a record that has only events: episodes of cooperation between two actors, found by one rule.
//
//   n(t) = sum over events e between the two, both ways, up to t, of sign_e x |intensity_e| x 2^(-(t - t_e)/h)
//   sign_e = +1 for cooperation, -1 for conflict, 0 for types without a quad class
//
// An alliance starts at the event that lifts n to c_start.  It ends when n falls below c_end < c_start: at an act of
// conflict (ending "rupture"), or by fading alone at the time t + h log2(n(t)/c_end) (ending "faded").  Two thresholds
// instead of one, so that an alliance near the line does not begin and end with every act (hysteresis; Schmitt 1938).
// Events at one time count together.  On the calendar starts and ends are days, as those of recorded ties are.
//
// What is known of an episode at a date depends on events up to it alone: inferring from a masked record, and masking the
// episodes inferred from the whole one, give the same.  docs/guide/alliances.md has the defaults and what they rest on.
#pragma once

#include <string_view>
#include <vector>

#include "log/record.hpp"

namespace detente {

inline constexpr std::string_view inferred_kind = "inferred";

struct InferOptions {
  double half_life = 180;  // h, in the record's unit of time
  double start = 8;        // c_start, in units of intensity: one act as strong as a signed agreement or a founding
  double end = 2;          // c_end: two half-lives of silence after such an act; 0 = only conflict ends an alliance
};

// Throws Error unless half_life > 0 and 0 <= end < start.
void check_infer_options(const InferOptions& options);

// Ties of kind "inferred" named "anna~ben#1" (by id, then by number), ordered by start and then by id.  Events and endings
// at `until` or later are not known.
[[nodiscard]] std::vector<Tie> infer_ties(const Record& record, const InferOptions& options, Time until = never);

}  // namespace detente
