// What the rule of inferred alliances hangs on: the same record under other half-lives and thresholds, beside the ties that
// were recorded where there are any.
#pragma once

#include <span>
#include <vector>

#include "memory/infer_ties.hpp"

namespace detente {

struct InferOutcome {
  InferOptions rule;
  std::size_t episodes = 0;
  std::size_t ruptures = 0;
  std::size_t in_force = 0;  // at the end
  // Kaplan & Meier's (1958): the age by which half have ended, those in force being censored; `never` where fewer end.
  double median_duration = never;
  // Of the time in which two actors have a recorded cooperative tie, the part in which they have an inferred one; and the
  // reverse.  NaN where there is no such time.  A pair's time counts once, however many ties it has.
  double recorded_covered = 0;
  double inferred_recorded = 0;
};

// Half-lives h x {1/2, 1, 2}, starts x {3/4, 1, 3/2} and ends x {1/2, 1, 2} around `centre`, without those that end where
// they start.
[[nodiscard]] std::vector<InferOptions> infer_grid(const InferOptions& centre);

// `until`: the first moment that is not known.
[[nodiscard]] std::vector<InferOutcome> infer_sensitivity(const Record& record, std::span<const InferOptions> rules,
                                                          Time until);

}  // namespace detente
