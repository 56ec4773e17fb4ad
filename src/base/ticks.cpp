#include "base/ticks.hpp"

#include <algorithm>
#include <cmath>

#include "base/duration.hpp"

namespace detente {
namespace {

Time first_of_month(double months) {  // since 1970-01
  const double year = std::floor(months / 12);
  const auto month = static_cast<unsigned>(months - 12 * year) + 1;
  return static_cast<Time>(days_from_civil(1970 + static_cast<std::int64_t>(year), month, 1));
}

double month_of(Time time) {
  const CivilDate date = civil_from_days(static_cast<std::int64_t>(std::floor(time)));
  return static_cast<double>(date.year - 1970) * 12 + static_cast<double>(date.month) - 1;
}

}  // namespace

Ticks::Ticks(double length, Clock clock) : length_(length) {
  const double months = length / mean_month;
  if (clock == Clock::calendar && months >= 1 && months == std::floor(months)) months_ = months;
}

Time Ticks::at(double k) const { return months_ > 0 ? first_of_month(k * months_) : k * length_; }

// Counted: the k-th tick begins at exactly k x length, whatever the division rounds to.
double Ticks::index(Time time) const {
  if (months_ > 0) return std::floor(month_of(time) / months_);
  double k = std::floor(time / length_);
  if ((k + 1) * length_ <= time) ++k;
  if (k * length_ > time) --k;
  return k;
}

Time Ticks::last(Time time) const { return any() && std::isfinite(time) ? at(index(time)) : time; }

Time Ticks::ends(double k, Clock clock) const {
  constexpr double just_before = 1e-9;
  return clock == Clock::calendar ? std::floor(at(k + 1) - just_before) : std::max(at(k), at(k + 1) - 1);
}

}  // namespace detente
