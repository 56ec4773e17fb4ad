#include "hazard/end_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "hazard/random_terms.hpp"
#include "hazard/replay.hpp"

namespace detente {
namespace {

bool has_intercept(const Hazard& hazard) { return hazard.text.baseline != EndBaseline::cox; }

bool listed(const std::vector<TieId>& ties, TieId tie) {
  return std::find(ties.begin(), ties.end(), tie) != ties.end();
}

}  // namespace

void fill_end_terms(const Hazard& hazard, const Memory& memory, TieId tie, std::span<double> x) {
  const Tie& t = memory.ties().tie(tie);
  const double age = memory.fade_time() - t.start;
  std::size_t k = 0;
  if (has_intercept(hazard)) x[k++] = 1;
  for (const double cut : hazard.age_cuts) x[k++] = reaches(age, cut, memory) ? 1 : 0;
  for (const Term& term : hazard.terms) x[k++] = term.value_of_tie(memory, tie);
}

std::size_t end_columns(const Hazard& hazard) {
  return (has_intercept(hazard) ? 1 : 0) + hazard.age_cuts.size() + hazard.terms.size();
}

std::vector<std::string> end_names(const Hazard& hazard, Clock clock) {
  std::vector<std::string> names;
  if (has_intercept(hazard)) names.emplace_back("baseline");
  for (const double cut : hazard.age_cuts)
    names.push_back(fmt::format("age >= {}{}", cut, clock == Clock::calendar ? "d" : ""));
  for (const Term& term : hazard.terms) names.push_back(term.name());
  for (std::string& name : shape_names(hazard.text.baseline)) names.push_back(std::move(name));
  return names;
}

double end_rate(const Hazard& hazard, const Memory& memory, TieId tie, const Eigen::VectorXd& coefficients,
                std::vector<double>& x) {
  x.resize(end_columns(hazard));
  fill_end_terms(hazard, memory, tie, x);
  double linear = std::inner_product(x.begin(), x.end(), coefficients.data(), 0.0);
  for (const RandomTerms& random : hazard.random) linear += own_part_of_tie(random, memory, tie);
  if (hazard.text.baseline == EndBaseline::piecewise) return std::exp(linear);
  const double tick = memory.spec().tick.length();
  const double age = memory.fade_time() - memory.ties().tie(tie).start;
  const std::span<const double> shape(coefficients.data() + x.size(), coefficients.data() + coefficients.size());
  return std::exp(linear) * cumulative_baseline(hazard.text.baseline, shape, age, age + tick).value / tick;
}

EndLikelihood::EndLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until)
    : EpisodeLikelihood(hazard.text.baseline, hazard.text.simultaneous, end_columns(hazard),
                        end_names(hazard, record.clock)) {
  if (model.memory.tick.any())
    tick_by_tick(record, model, hazard, until);
  else
    change_by_change(record, model, hazard, until);
  settle_ages(time_tolerance(record));
  count_never_at_risk(record, hazard, until);
}

// Ties that the hazard is about and that are in no row, by why.
void EndLikelihood::count_never_at_risk(const Record& record, const Hazard& hazard, Time until) {
  std::vector<bool> seen(record.ties.size(), false);
  for (const Row& row : rows()) seen[row.tie] = true;
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!hazard.at_risk_ties[id] || seen[id]) continue;
    const bool observed = tie.start <= until && (tie.end == never || tie.end >= record.observed_from);
    const bool ends = observed && tie.end <= until;
    (ends ? never_at_risk_.too_short : never_at_risk_.at_the_end) += 1;
    if (ends && hazard.makes_endings[id]) ++never_at_risk_.endings;
  }
}

void EndLikelihood::tick_by_tick(const Record& record, const Model& model, const Hazard& hazard, Time until) {
  Memory memory(record, model.memory);
  const double tick = model.memory.tick.length();
  std::vector<double> x(columns());
  std::vector<std::size_t> last_row(record.ties.size(), no_id);
  Replay replay(record, model.memory.tick, until);
  for (Moment moment; replay.next(moment);) {
    memory.advance(moment.time);
    for (TieId id = 0; moment.tick && id < record.ties.size(); ++id) {
      const Tie& tie = record.ties[id];
      if (!hazard.at_risk_ties[id] || !memory.ties().in_force(id) || tie.start >= moment.time) continue;
      if (moment.time < record.observed_from) continue;
      fill_end_terms(hazard, memory, id, x);
      const bool ends = tie.end < moment.next_tick;
      const bool ruptures = ends && hazard.makes_endings[id];
      add({id, moment.time, moment.time - tie.start, ends ? 0.5 * tick : tick, ruptures}, x, last_row[id]);
    }
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    memory.clear_touched();
  }
}

// A stretch is added when it is over: at the next change, or where the record ends.
void EndLikelihood::change_by_change(const Record& record, const Model& model, const Hazard& hazard, Time until) {
  Memory memory(record, model.memory);
  std::vector<double> x(columns() * record.ties.size());
  std::vector<Time> since(record.ties.size(), never);
  std::vector<std::size_t> last_row(record.ties.size(), no_id);
  const auto close = [&](Time now, const std::vector<TieId>& ending) {
    for (TieId id = 0; id < record.ties.size(); ++id) {
      if (!(since[id] < now)) continue;
      since[id] = std::max(since[id], record.observed_from);
      if (!(since[id] < now)) continue;
      const bool ended = listed(ending, id) && hazard.makes_endings[id];
      add({id, since[id], since[id] - record.ties[id].start, now - since[id], ended},
          std::span(x).subspan(id * columns(), columns()), last_row[id]);
    }
  };
  Replay replay(record, 0, until);
  for (Moment moment; replay.next(moment);) {
    close(moment.time, moment.ending);
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    memory.clear_touched();
    for (TieId id = 0; id < record.ties.size(); ++id) {
      const bool in_force = hazard.at_risk_ties[id] && memory.ties().in_force(id);
      since[id] = in_force ? moment.time : never;
      if (in_force) fill_end_terms(hazard, memory, id, std::span(x).subspan(id * columns(), columns()));
    }
  }
  close(until, {});
}

EndLikelihood EndLikelihood::of_ties(const std::vector<bool>& kept) const {
  EndLikelihood some = *this;
  some.keep(kept);
  return some;
}

}  // namespace detente
