// Why a tie's rupture hazard has changed since an earlier date.  Both dates are read with the same coefficients, those of
// the forecast, so that the change is in what happened and not in the fit; and both from the record as of the forecast.
//
//   ratio_p = exp(theta_p (x_p now - x_p then))
//
// One factor for each effect, for the age where the baseline has a shape, exp(b'(z now - z then)) for each block of
// coefficients by actor or pair.  They multiply to the hazard now over the hazard then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forecast/reasons.hpp"

namespace detente {

struct ChangeFactor {
  std::string effect;  // as in the reasons
  double ratio = 1;
  double value_then = 0;
  double value_now = 0;
  std::vector<EventId> events;   // recorded since then that weigh most in the effect now, latest first
  std::size_t events_since = 0;  // how many there were
};

struct Change {
  Time since = 0;  // a day known in full
  double ratio = 1;
  std::vector<ChangeFactor> factors;  // in the order of the reasons
  std::string sentence{};
};

// The memory of what had happened by the end of a day, at the first tick after it.
[[nodiscard]] Memory memory_after(const Record& record, const Model& model, Time day);

// For each of `ties`; nothing for one that was not in force at the end of `since`.  `now` holds the memory of the forecast.
[[nodiscard]] std::vector<std::optional<Change>> changes(const ReasonsInput& now, Time since,
                                                         const std::vector<TieId>& ties);

}  // namespace detente
