#include "hazard/end_likelihood.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hazard/replay.hpp"

namespace detente {

void fill_end_terms(const Hazard& hazard, const Memory& memory, TieId tie, std::span<double> x) {
  const Tie& t = memory.ties().tie(tie);
  const double age = memory.fade_time() - t.start;
  std::size_t k = 0;
  x[k++] = 1;
  for (const double cut : hazard.text.age_cuts) x[k++] = age >= cut ? 1 : 0;
  for (const Term& term : hazard.terms) x[k++] = term.value_both_ways(memory, {t.a, t.b});
}

std::vector<std::string> end_names(const Hazard& hazard, Clock clock) {
  std::vector<std::string> names{"baseline"};
  for (const double cut : hazard.text.age_cuts)
    names.push_back(fmt::format("age >= {}{}", cut, clock == Clock::calendar ? "d" : ""));
  for (const Term& term : hazard.terms) names.push_back(term.name());
  return names;
}

EndLikelihood::EndLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until)
    : names_(end_names(hazard, record.clock)) {
  Memory memory(record, model.memory);
  const double tick = model.memory.tick;
  std::vector<double> x(names_.size());
  std::vector<std::size_t> last_row(record.ties.size(), no_id);
  Replay replay(record, tick, until);
  for (Moment moment; replay.next(moment);) {
    memory.advance(moment.time);
    for (TieId id = 0; moment.tick && id < record.ties.size(); ++id) {
      const Tie& tie = record.ties[id];
      if (!hazard.at_risk_ties[id] || !memory.ties().in_force(id) || tie.start >= moment.time) continue;
      fill_end_terms(hazard, memory, id, x);
      const bool ends = tie.end < moment.next_tick;
      const bool ruptures = ends && hazard.makes_endings[id];
      const double exposure = ends ? 0.5 * tick : tick;
      const std::size_t last = last_row[id];
      ties_ += last == no_id ? 1 : 0;
      const bool same = last != no_id && !ends &&
                        std::equal(x.begin(), x.end(), x_.begin() + static_cast<std::ptrdiff_t>(last * x.size()));
      if (same) {
        rows_[last].exposure += exposure;
      } else {
        last_row[id] = rows_.size();
        rows_.push_back({id, moment.time, exposure, ruptures});
        x_.insert(x_.end(), x.begin(), x.end());
      }
      events_ += ruptures ? 1 : 0;
      exposure_ += exposure;
    }
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    memory.clear_touched();
  }
}

Likelihood EndLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
  const auto size = coefficients.size();
  Likelihood sum = zero_likelihood(size);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const Eigen::Map<const Eigen::VectorXd> x(x_.data() + r * names_.size(), size);
    const double linear = coefficients.dot(x);
    const double expected = std::exp(linear) * rows_[r].exposure;
    sum.value += (rows_[r].ended ? linear : 0) - expected;
    sum.gradient += ((rows_[r].ended ? 1 : 0) - expected) * x;
    sum.information.selfadjointView<Eigen::Upper>().rankUpdate(x, expected);
  }
  mirror(sum);
  refuse_unless_finite(sum);
  return sum;
}

Eigen::VectorXd EndLikelihood::start() const {
  Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(names_.size()));
  if (exposure_ > 0) start(0) = std::log((static_cast<double>(events_) + 0.5) / exposure_);
  return start;
}

}  // namespace detente
