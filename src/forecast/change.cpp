#include "forecast/change.hpp"

#include <cmath>

#include "forecast/factors.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/replay.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

// One factor for each covariate.
void add_effects(const ReasonsInput& now, const ReasonsInput& then, TieId tie, Change& change) {
  const std::size_t columns = end_columns(now.hazard);
  const std::size_t steps = now.hazard.text.age_cuts.size();
  const Dyad pair{now.record.ties[tie].a, now.record.ties[tie].b};
  std::vector<double> x_now(columns);
  std::vector<double> x_then(columns);
  fill_end_terms(now.hazard, now.memory, tie, x_now);
  fill_end_terms(then.hazard, then.memory, tie, x_then);
  const Time from = unknown_from(now.record.clock, change.since);
  for (std::size_t p = 1; p < columns; ++p) {
    const double theta = now.fit.newton.estimate(static_cast<Eigen::Index>(p));
    ChangeFactor factor{.effect = now.fit.names[p],
                        .ratio = std::exp(theta * (x_now[p] - x_then[p])),
                        .value_then = x_then[p],
                        .value_now = x_now[p],
                        .events = {}};
    if (p > steps) {
      std::vector<WeighedEvent> events = events_behind(now, now.hazard.terms[p - 1 - steps], pair, from);
      factor.events_since = events.size();
      factor.events = heaviest(std::move(events));
    }
    change.factors.push_back(std::move(factor));
  }
}

void add_age(const ReasonsInput& now, const ReasonsInput& then, TieId tie, Change& change) {
  const Time start = now.record.ties[tie].start;
  change.factors.push_back({.effect = "age",
                            .ratio = baseline_of_next_tick(now, tie).value / baseline_of_next_tick(then, tie).value,
                            .value_then = then.memory.fade_time() - start,
                            .value_now = now.memory.fade_time() - start,
                            .events = {}});
}

void add_own(const ReasonsInput& now, const ReasonsInput& then, TieId tie, Change& change) {
  for (std::size_t block = 0; block < now.fit.random.size(); ++block) {
    const double value_now = own_weights(now, block, tie).dot(now.fit.own.mode);
    const double value_then = own_weights(then, block, tie).dot(now.fit.own.mode);
    change.factors.push_back({.effect = own_name(now.fit.random[block]),
                              .ratio = std::exp(value_now - value_then),
                              .value_then = value_then,
                              .value_now = value_now,
                              .events = {}});
  }
}

}  // namespace

Memory memory_after(const Record& record, const Model& model, Time day) {
  const Time end = record.clock == Clock::calendar ? unknown_from(record.clock, day) - 1e-9 : day;
  Memory memory(record, model.memory);
  Replay replay(record, 0, end);
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
  }
  const Ticks& tick = model.memory.tick;
  memory.advance(tick.at(tick.index(end) + 1));
  return memory;
}

std::vector<std::optional<Change>> changes(const ReasonsInput& now, Time since, const std::vector<TieId>& ties) {
  const Memory before = memory_after(now.record, now.model, since);
  const ReasonsInput then{now.record, now.model, now.hazard, now.fit, before, now.interval};
  std::vector<std::optional<Change>> all;
  for (const TieId tie : ties) {
    all.emplace_back();
    if (!before.ties().in_force(tie)) continue;
    Change change{.since = since, .factors = {}};
    add_effects(now, then, tie, change);
    if (end_columns(now.hazard) < now.fit.names.size()) add_age(now, then, tie, change);
    add_own(now, then, tie, change);
    for (const ChangeFactor& factor : change.factors) change.ratio *= factor.ratio;
    all.back() = std::move(change);
  }
  return all;
}

}  // namespace detente
