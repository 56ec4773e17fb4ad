// How likely a tie has ended in a given way by a given age, when ways of ending compete.
//
//   S(t-) = product over s < t of (1 - d(s) / Y(s)),   F_k(t) = sum over s <= t of S(s-) d_k(s) / Y(s)
//
// Y(s) are the ties at risk at age s, d(s) those that end there and d_k(s) those that end in way k (Aalen & Johansen 1978).
// All F_k and S add up to 1.  One minus a Kaplan-Meier curve of one way alone would say too much: it takes the ties that
// ended otherwise as if they could still end so.  Variances are of Greenwood's type,
//
//   var F_k(t) = sum over s <= t of  (F_k(t) - F_k(s))^2 d / (Y (Y - d)) + S(s-)^2 d_k (Y - d_k) / Y^3
//                                    - 2 (F_k(t) - F_k(s)) S(s-) d_k / Y^2
//
// (Marubini & Valsecchi 1995, 10.12), and intervals are made for log(-log F), so that they stay between 0 and 1.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "estimate/fit.hpp"

namespace detente {

inline constexpr std::size_t not_ended = std::numeric_limits<std::size_t>::max();

// A tie at risk after age `from` (0, or when it came under observation) and until age `to`, with the way it ended.
struct Spell {
  double from;
  double to;
  std::size_t cause;  // or not_ended
};

struct IncidencePoint {
  double age;
  std::size_t at_risk;
  double estimate;
  double standard_error;
  double low;
  double high;
};

// F_cause at the ages at which ties end so.
[[nodiscard]] std::vector<IncidencePoint> cumulative_incidence(std::span<const Spell> spells, std::size_t cause,
                                                               double level);

// Of one end hazard of a model, over the ties at risk of it; ends that no hazard of the model makes censor.
struct HazardIncidence {
  std::string hazard;
  std::vector<IncidencePoint> points;
  // At the points, what the fitted hazards that compete say of a tie that has the mean covariates all along.  Empty where
  // one of them is Cox's, has no estimate or is not for the same ties.
  std::vector<double> model{};
};

[[nodiscard]] std::vector<HazardIncidence> incidence_of_ties(const Record& record, const Model& model, const Fit& fit,
                                                             Time until, double level);

}  // namespace detente
