#include "memory/infer_sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace detente {
namespace {

struct Stretch {
  Time from;
  Time to;
};

using Stretches = std::map<std::pair<ActorId, ActorId>, std::vector<Stretch>>;

// When each pair has a tie, without overlaps and in order.
template <class Wanted>
Stretches time_together(std::span<const Tie> ties, Time until, Wanted wanted) {
  Stretches all;
  for (const Tie& tie : ties)
    if (wanted(tie) && tie.start < std::min(tie.end, until))
      all[std::minmax(tie.a, tie.b)].push_back({tie.start, std::min(tie.end, until)});
  for (auto& [pair, list] : all) {
    std::sort(list.begin(), list.end(), [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
    std::vector<Stretch> merged;
    for (const Stretch& s : list)
      if (merged.empty() || merged.back().to < s.from)
        merged.push_back(s);
      else
        merged.back().to = std::max(merged.back().to, s.to);
    list = std::move(merged);
  }
  return all;
}

double length(const Stretches& all) {
  double sum = 0;
  for (const auto& [pair, list] : all)
    for (const Stretch& s : list) sum += s.to - s.from;
  return sum;
}

double shared(const Stretches& some, const Stretches& others) {
  double sum = 0;
  for (const auto& [pair, list] : some) {
    const auto found = others.find(pair);
    if (found == others.end()) continue;
    for (const Stretch& a : list)
      for (const Stretch& b : found->second) sum += std::max(0.0, std::min(a.to, b.to) - std::max(a.from, b.from));
  }
  return sum;
}

double median_duration(std::span<const Tie> ties, Time until) {
  std::vector<std::pair<double, bool>> ages;  // and whether it ended then: at one age, endings come first
  for (const Tie& tie : ties) ages.emplace_back(std::min(tie.end, until) - tie.start, tie.end == never);
  std::sort(ages.begin(), ages.end());
  double survival = 1;
  for (std::size_t k = 0; k < ages.size(); ++k) {
    if (ages[k].second) continue;
    const auto at_risk = static_cast<double>(ages.size() - k);
    survival *= (at_risk - 1) / at_risk;
    if (survival <= 0.5) return ages[k].first;
  }
  return never;
}

}  // namespace

std::vector<InferOptions> infer_grid(const InferOptions& centre) {
  std::vector<InferOptions> rules;
  for (const double h : {0.5, 1.0, 2.0})
    for (const double start : {0.75, 1.0, 1.5})
      for (const double end : {0.5, 1.0, 2.0})
        if (end * centre.end < start * centre.start)
          rules.push_back({h * centre.half_life, start * centre.start, end * centre.end});
  return rules;
}

std::vector<InferOutcome> infer_sensitivity(const Record& record, std::span<const InferOptions> rules, Time until) {
  const Stretches recorded = time_together(
      record.ties, until, [](const Tie& tie) { return tie.kind != inferred_kind && is_cooperative(tie.kind); });
  std::vector<InferOutcome> outcomes;
  for (const InferOptions& rule : rules) {
    const std::vector<Tie> ties = infer_ties(record, rule, until);
    const Stretches inferred = time_together(ties, until, [](const Tie&) { return true; });
    const double both = shared(recorded, inferred);
    InferOutcome outcome{.rule = rule, .episodes = ties.size()};
    for (const Tie& tie : ties) {
      outcome.ruptures += tie.ending == "rupture" ? 1 : 0;
      outcome.in_force += tie.end == never ? 1 : 0;
    }
    outcome.median_duration = median_duration(ties, until);
    outcome.recorded_covered = both / length(recorded);
    outcome.inferred_recorded = both / length(inferred);
    outcomes.push_back(outcome);
  }
  return outcomes;
}

}  // namespace detente
