#include <algorithm>
#include <cmath>

#include "forecast/forecast.hpp"

namespace detente {
namespace {

constexpr double surest = 1e-6;  // a forecast of 0 or 1 that is wrong costs a lot, not everything

void add_to(Score& score, double probability, bool ruptured, double weight) {
  const double p = std::clamp(probability, surest, 1 - surest);
  score.log_loss -= weight * std::log(ruptured ? p : 1 - p);
  score.brier += weight * (probability - (ruptured ? 1 : 0)) * (probability - (ruptured ? 1 : 0));
}

}  // namespace

Outcomes look_up_outcomes(const Record& record, const Forecast& forecast) {
  Outcomes outcomes;
  outcomes.known_until = known_until(record);
  const bool complete = record.clock == Clock::calendar ? std::floor(outcomes.known_until) >= std::floor(forecast.ends)
                                                        : outcomes.known_until >= forecast.ends;
  if (!complete) return outcomes;
  const double weight = 1 / static_cast<double>(std::max<std::size_t>(1, forecast.alliances.size()));
  for (std::size_t k = 0; k < forecast.alliances.size(); ++k) {
    const AllianceForecast& alliance = forecast.alliances[k];
    const Tie& known = forecast.known.ties[alliance.tie];
    const auto whole =
        std::find_if(record.ties.begin(), record.ties.end(), [&](const Tie& t) { return t.id == known.id; });
    const bool ended = whole != record.ties.end() && std::floor(whole->end) <= std::floor(forecast.ends);
    const bool ruptured = ended && whole->ending == "rupture";
    Outcome outcome{k, ruptured ? "rupture" : ended ? "other ending" : "in force"};
    if (ended) {
      outcome.time = whole->end;
      outcome.how = whole->how_it_ended;
    }
    outcomes.alliances.push_back(std::move(outcome));
    outcomes.ruptures += ruptured ? 1 : 0;
    add_to(outcomes.forecast, alliance.probability, ruptured, weight);
    add_to(outcomes.constant, alliance.baseline_constant, ruptured, weight);
    add_to(outcomes.duration, alliance.baseline_duration, ruptured, weight);
  }
  return outcomes;
}

}  // namespace detente
