#include <algorithm>
#include <cmath>

#include "forecast/forecast.hpp"
#include "forecast/scores.hpp"
#include "hazard/vocabulary.hpp"

namespace detente {
namespace {

void add_to(Score& score, double probability, bool happened, double weight) {
  score.log_loss += weight * log_loss(probability, happened);
  score.brier += weight * squared_error(probability, happened);
}

// The three scores of an Outcomes or a StartOutcomes.
template <class Scores>
void add_scores(Scores& scores, const Chance& chance, bool happened, double weight) {
  add_to(scores.forecast, chance.probability, happened, weight);
  add_to(scores.constant, chance.baseline_constant, happened, weight);
  add_to(scores.duration, chance.baseline_duration, happened, weight);
}

// Whether the rupture hazard makes this ending.
bool is_rupture(const Forecast& forecast, const std::string& ending) {
  const auto listed = [&](const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  return listed(forecast.endings, ending) ||
         (listed(forecast.endings, "other") && !listed(forecast.named_endings, ending));
}

double weight_of_one(std::size_t count) { return 1 / static_cast<double>(std::max<std::size_t>(1, count)); }

void look_up_alliances(const Record& record, const Forecast& forecast, Outcomes& outcomes) {
  const double weight = weight_of_one(forecast.alliances.size());
  for (std::size_t k = 0; k < forecast.alliances.size(); ++k) {
    const AllianceForecast& alliance = forecast.alliances[k];
    const Tie& known = forecast.known.ties[alliance.tie];
    const auto whole =
        std::find_if(record.ties.begin(), record.ties.end(), [&](const Tie& t) { return t.id == known.id; });
    const bool ended = whole != record.ties.end() && whole->end < forecast.stops;
    const bool ruptured = ended && whole->end >= forecast.begins && is_rupture(forecast, whole->ending);
    Outcome outcome{k, ruptured ? "rupture" : ended ? "other ending" : "in force"};
    if (ended) {
      outcome.time = whole->end;
      outcome.how = whole->how_it_ended;
    }
    outcomes.alliances.push_back(std::move(outcome));
    outcomes.ruptures += ruptured ? 1 : 0;
    add_scores(outcomes, alliance, ruptured, weight);
  }
}

// The first tie of the kinds that starts between the two after the as-of date and within the horizon; null if none does.
const Tie* first_start(const Record& record, const Forecast& forecast, const StartForecast& start) {
  const std::string& a = forecast.known.actors[start.pair.sender].id;
  const std::string& b = forecast.known.actors[start.pair.receiver].id;
  const std::vector<std::string>& kinds = forecast.start_hazards[start.hazard].ties;
  const Tie* first = nullptr;
  for (const Tie& tie : record.ties) {
    const std::string& one = record.actors[tie.a].id;
    const std::string& other = record.actors[tie.b].id;
    const bool between = (one == a && other == b) || (one == b && other == a);
    if (!between || tie.start < forecast.begins || tie.start >= forecast.stops) continue;
    const bool wanted =
        std::any_of(kinds.begin(), kinds.end(), [&](const std::string& word) { return is_of_kind(tie, word); });
    if (wanted && (first == nullptr || tie.start < first->start)) first = &tie;
  }
  return first;
}

void look_up_starts(const Record& record, const Forecast& forecast, Outcomes& outcomes) {
  outcomes.starts.resize(forecast.start_hazards.size());
  std::vector<std::size_t> pairs(outcomes.starts.size(), 0);
  for (const StartForecast& start : forecast.starts) ++pairs[start.hazard];
  for (std::size_t k = 0; k < forecast.starts.size(); ++k) {
    const StartForecast& start = forecast.starts[k];
    StartOutcomes& of_hazard = outcomes.starts[start.hazard];
    const Tie* tie = first_start(record, forecast, start);
    Outcome outcome{k, tie != nullptr ? "started" : "none"};
    if (tie != nullptr) {
      outcome.time = tie->start;
      outcome.how = tie->kind;
    }
    of_hazard.pairs.push_back(std::move(outcome));
    of_hazard.started += tie != nullptr ? 1 : 0;
    add_scores(of_hazard, start, tie != nullptr, weight_of_one(pairs[start.hazard]));
  }
}

}  // namespace

Outcomes look_up_outcomes(const Record& record, const Forecast& forecast) {
  Outcomes outcomes;
  outcomes.known_until = known_until(record);
  outcomes.known = record.clock == Clock::calendar ? std::floor(outcomes.known_until) >= std::floor(forecast.ends)
                                                   : outcomes.known_until >= forecast.ends;
  if (!outcomes.known) return outcomes;
  look_up_alliances(record, forecast, outcomes);
  look_up_starts(record, forecast, outcomes);
  return outcomes;
}

}  // namespace detente
