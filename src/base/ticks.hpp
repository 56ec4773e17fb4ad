// The ticks of a clock: stretches of time in which hazards stay as they are, counted by whole numbers.
//
//   plain      the k-th tick begins at k x length
//   calendar   a length of whole months (30.4375 days each) on the calendar: the k-th tick begins k x months after
//              1970-01-01, so that a tick of "1y" is the year from 1 January, whether it has 365 days or 366
//
// Rates per tick are taken over its nominal length: two years with the same rate have the same risk.
#pragma once

#include "base/time.hpp"

namespace detente {

// How many ticks there may be: of a record that is walked tick by tick; of a world that is simulated; and of a forecast,
// which keeps curves by tick.  What would take more is refused before work starts: it would not end.
inline constexpr double most_ticks_of_record = 1e7;
inline constexpr double most_ticks_of_world = 1e7;
inline constexpr double most_ticks_of_forecast = 5e4;

class Ticks {
 public:
  Ticks(double length = 0) : length_(length) {}  // NOLINT(google-explicit-constructor): a plain tick is its length
  // A length of whole months or years on the calendar is counted in months; any other is plain.
  Ticks(double length, Clock clock);

  [[nodiscard]] double length() const { return length_; }  // nominal; 0 = time does not tick
  [[nodiscard]] bool any() const { return length_ > 0; }

  [[nodiscard]] Time at(double k) const;        // where the k-th tick begins
  [[nodiscard]] double index(Time time) const;  // of the tick that holds `time`
  [[nodiscard]] Time last(Time time) const;     // the beginning of that tick; `time` itself where nothing ticks
  [[nodiscard]] Time ends(double k, Clock clock) const;  // last day of the k-th tick; on numbers, its last unit

  friend bool operator==(const Ticks&, const Ticks&) = default;

 private:
  double length_;
  double months_ = 0;  // 0 = plain
};

}  // namespace detente
