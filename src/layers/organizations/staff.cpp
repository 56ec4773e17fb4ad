#include "layers/organizations/staff.hpp"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

constexpr double days_per_year = 365.25;

// Uses of a purpose on one day; the day is multiplied by their number.
enum class Use : std::uint32_t { affect, culture, threshold, attachment, count };

std::uint32_t at(Use use, std::uint32_t day) {
  return day * static_cast<std::uint32_t>(Use::count) + static_cast<std::uint32_t>(use);
}

}  // namespace

DrawKey Staff::key(const LayerDraws& draws, Purpose purpose, std::size_t seat, std::uint32_t step) const {
  return draws.key(purpose, options_.first_seat + static_cast<std::uint32_t>(seat), step);
}

Staff::Person Staff::person(std::size_t seat, double culture, std::uint32_t day, const LayerDraws& draws) const {
  const auto z = [&](Use use) { return normal(key(draws, Purpose::staff_start, seat, at(use, day))); };
  const double affect = std::clamp(attachment_ + options_.attachment_deviation * z(Use::affect), -1.0, 1.0);
  return {.threshold =
              options_.revolt_threshold + options_.revolt_deviation * z(Use::threshold) - options_.loyalty * affect,
          .culture = std::clamp(culture + options_.culture_deviation * z(Use::culture), -1.0, 1.0),
          .present = true,
          .revolts = false};
}

Staff::Staff(const StaffOptions& options, const LayerDraws& draws) : options_(options), present_count_(options.people) {
  const double z = normal(key(draws, Purpose::staff_start, 0, at(Use::attachment, 0)));
  attachment_ = options_.attachment + options_.attachment_doubt * z;
  people_.reserve(options_.people);
  for (std::size_t i = 0; i < options_.people; ++i) people_.push_back(person(i, options_.culture, 0, draws));
}

StaffMoves Staff::turn_over(double asked, std::uint32_t day, const LayerDraws& draws) {
  StaffMoves moves;
  const double kept = std::exp(-options_.socialization / days_per_year);
  const double filled = options_.hiring > 0 ? -std::expm1(-1 / options_.hiring) : 1;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    Person& one = people_[i];
    const double u = uniform(key(draws, Purpose::staff_flow, i, 2 * day));
    if (!one.present) {
      if (u >= filled) continue;
      one = person(i, asked, day, draws);
      moves.hired.push_back(static_cast<std::uint32_t>(i));
      ++present_count_;
      continue;
    }
    one.culture = asked + (one.culture - asked) * kept;
    const double misfit = std::abs(one.culture - asked) / 2;
    const double rate = options_.exit_rate * std::exp(options_.misfit_weight * misfit);
    if (u >= -std::expm1(-rate / days_per_year)) continue;
    if (one.revolts) --revolting_;
    one.present = one.revolts = false;
    moves.left.push_back(static_cast<std::uint32_t>(i));
    --present_count_;
  }
  return moves;
}

double Staff::revolt_share() const {
  return present_count_ == 0 ? 0 : static_cast<double>(revolting_) / static_cast<double>(present_count_);
}

void Staff::contagion(std::uint32_t day, const LayerDraws& draws) {
  const double seen = revolt_share();
  const double joins = options_.contagion > 0 ? -std::expm1(-1 / options_.contagion) : 1;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    Person& one = people_[i];
    if (!one.present || one.revolts || one.threshold > seen) continue;
    if (uniform(key(draws, Purpose::staff_flow, i, 2 * day + 1)) >= joins) continue;
    one.revolts = true;
    ++revolting_;
  }
}

void Staff::calm() {
  for (Person& one : people_) one.revolts = false;
  revolting_ = 0;
}

}  // namespace detente
