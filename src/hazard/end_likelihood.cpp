#include "hazard/end_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "hazard/replay.hpp"

namespace detente {
namespace {

bool has_intercept(const Hazard& hazard) { return hazard.text.baseline != EndBaseline::cox; }

std::span<const double> shape_of(const Eigen::VectorXd& coefficients, std::size_t columns) {
  return {coefficients.data() + columns, coefficients.data() + coefficients.size()};
}

bool listed(const std::vector<TieId>& ties, TieId tie) {
  return std::find(ties.begin(), ties.end(), tie) != ties.end();
}

}  // namespace

void fill_end_terms(const Hazard& hazard, const Memory& memory, TieId tie, std::span<double> x) {
  const Tie& t = memory.ties().tie(tie);
  const double age = memory.fade_time() - t.start;
  std::size_t k = 0;
  if (has_intercept(hazard)) x[k++] = 1;
  for (const double cut : hazard.text.age_cuts) x[k++] = age >= cut ? 1 : 0;
  for (const Term& term : hazard.terms) x[k++] = term.value_of_tie(memory, tie);
}

std::size_t end_columns(const Hazard& hazard) {
  return (has_intercept(hazard) ? 1 : 0) + hazard.text.age_cuts.size() + hazard.terms.size();
}

std::vector<std::string> end_names(const Hazard& hazard, Clock clock) {
  std::vector<std::string> names;
  if (has_intercept(hazard)) names.emplace_back("baseline");
  for (const double cut : hazard.text.age_cuts)
    names.push_back(fmt::format("age >= {}{}", cut, clock == Clock::calendar ? "d" : ""));
  for (const Term& term : hazard.terms) names.push_back(term.name());
  for (std::string& name : shape_names(hazard.text.baseline)) names.push_back(std::move(name));
  return names;
}

double end_rate(const Hazard& hazard, const Memory& memory, TieId tie, const Eigen::VectorXd& coefficients,
                std::vector<double>& x) {
  x.resize(end_columns(hazard));
  fill_end_terms(hazard, memory, tie, x);
  const double linear = std::inner_product(x.begin(), x.end(), coefficients.data(), 0.0);
  if (hazard.text.baseline == EndBaseline::piecewise) return std::exp(linear);
  const double tick = memory.spec().tick;
  const double age = memory.fade_time() - memory.ties().tie(tie).start;
  const auto shape = shape_of(coefficients, x.size());
  return std::exp(linear) * cumulative_baseline(hazard.text.baseline, shape, age, age + tick).value / tick;
}

EndLikelihood::EndLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until)
    : baseline_(hazard.text.baseline),
      simultaneous_(hazard.text.simultaneous),
      columns_(end_columns(hazard)),
      names_(end_names(hazard, record.clock)) {
  if (model.memory.tick > 0)
    tick_by_tick(record, model, hazard, until);
  else
    change_by_change(record, model, hazard, until);
}

void EndLikelihood::add(const Row& row, std::span<const double> x, std::size_t& last) {
  ties_ += last == no_id ? 1 : 0;
  events_ += row.ended ? 1 : 0;
  exposure_ += row.exposure;
  const bool same = last != no_id && !row.ended && !rows_[last].ended &&
                    std::equal(x.begin(), x.end(), x_.begin() + static_cast<std::ptrdiff_t>(last * columns_));
  if (same) {
    rows_[last].exposure += row.exposure;
    return;
  }
  last = rows_.size();
  rows_.push_back(row);
  x_.insert(x_.end(), x.begin(), x.end());
}

void EndLikelihood::tick_by_tick(const Record& record, const Model& model, const Hazard& hazard, Time until) {
  Memory memory(record, model.memory);
  const double tick = model.memory.tick;
  std::vector<double> x(columns_);
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
  std::vector<double> x(columns_ * record.ties.size());
  std::vector<Time> since(record.ties.size(), never);
  std::vector<std::size_t> last_row(record.ties.size(), no_id);
  const auto close = [&](Time now, const std::vector<TieId>& ending) {
    for (TieId id = 0; id < record.ties.size(); ++id) {
      if (!(since[id] < now)) continue;
      const bool ended = listed(ending, id) && hazard.makes_endings[id];
      add({id, since[id], since[id] - record.ties[id].start, now - since[id], ended},
          std::span(x).subspan(id * columns_, columns_), last_row[id]);
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
      if (in_force) fill_end_terms(hazard, memory, id, std::span(x).subspan(id * columns_, columns_));
    }
  }
  close(until, {});
}

double EndLikelihood::linear(std::size_t row, const Eigen::VectorXd& coefficients) const {
  const std::span<const double> x = covariates(row);
  return std::inner_product(x.begin(), x.end(), coefficients.data(), 0.0);
}

std::span<const double> EndLikelihood::shape(const Eigen::VectorXd& coefficients) const {
  return shape_of(coefficients, columns_);
}

double EndLikelihood::expected(std::size_t row, const Eigen::VectorXd& coefficients) const {
  const Row& r = rows_[row];
  return std::exp(linear(row, coefficients)) *
         cumulative_baseline(baseline_, shape(coefficients), r.age, r.age + r.exposure).value;
}

Eigen::VectorXd EndLikelihood::score(std::size_t row, const Eigen::VectorXd& coefficients) const {
  Likelihood sum = zero_likelihood(coefficients.size());
  add_row(row, coefficients, sum);
  return sum.gradient;
}

void EndLikelihood::add_row(std::size_t row, const Eigen::VectorXd& coefficients, Likelihood& sum) const {
  const Row& r = rows_[row];
  const auto columns = static_cast<Eigen::Index>(columns_);
  const Eigen::Map<const Eigen::VectorXd> x(covariates(row).data(), columns);
  const double predictor = coefficients.head(columns).dot(x);
  const double ratio = std::exp(predictor);
  const ShapeValue passed = cumulative_baseline(baseline_, shape(coefficients), r.age, r.age + r.exposure);
  const double expected = ratio * passed.value;
  sum.value += (r.ended ? predictor : 0) - expected;
  sum.gradient.head(columns) += ((r.ended ? 1 : 0) - expected) * x;
  sum.information.topLeftCorner(columns, columns).selfadjointView<Eigen::Upper>().rankUpdate(x, expected);
  const Eigen::Index shapes = coefficients.size() - columns;
  if (shapes == 0) return;
  const ShapeValue now = r.ended ? log_baseline(baseline_, shape(coefficients), r.age + r.exposure) : ShapeValue{};
  sum.value += now.value;
  sum.gradient.tail(shapes) += (now.gradient - ratio * passed.gradient).head(shapes);
  sum.information.topRightCorner(columns, shapes) += x * (ratio * passed.gradient.head(shapes)).transpose();
  sum.information.bottomRightCorner(shapes, shapes) +=
      (ratio * passed.hessian - now.hessian).topLeftCorner(shapes, shapes);
}

Likelihood EndLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
  Likelihood sum = zero_likelihood(coefficients.size());
  if (baseline_ == EndBaseline::cox)
    sum = partial(coefficients);
  else
    for (std::size_t r = 0; r < rows_.size(); ++r) add_row(r, coefficients, sum);
  mirror(sum);
  refuse_unless_finite(sum);
  return sum;
}

// At each age at which ties end, over the ties in force at that age.  Efron (1977): of d that end together the k-th finds
// k/d of the weight of all d gone.
Likelihood EndLikelihood::partial(const Eigen::VectorXd& coefficients) const {
  const auto size = coefficients.size();
  Likelihood sum = zero_likelihood(size);
  std::vector<double> predictor(rows_.size());
  std::vector<double> ages;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    predictor[r] = linear(r, coefficients);
    if (rows_[r].ended) ages.push_back(rows_[r].age + rows_[r].exposure);
  }
  std::sort(ages.begin(), ages.end());
  ages.erase(std::unique(ages.begin(), ages.end()), ages.end());
  for (const double age : ages) {
    Eigen::MatrixXd all = Eigen::MatrixXd::Zero(size + 1, size + 1);
    Eigen::MatrixXd ending = all;
    Eigen::VectorXd one(size + 1);
    one(0) = 1;
    std::size_t ends = 0;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (!at_risk(r, age)) continue;
      one.tail(size) = Eigen::Map<const Eigen::VectorXd>(covariates(r).data(), size);
      const bool now = rows_[r].ended && rows_[r].age + rows_[r].exposure == age;
      all.noalias() += std::exp(predictor[r]) * one * one.transpose();
      if (!now) continue;
      ending.noalias() += std::exp(predictor[r]) * one * one.transpose();
      sum.value += predictor[r];
      sum.gradient += one.tail(size);
      ++ends;
    }
    for (std::size_t k = 0; k < ends; ++k) {
      const double gone = simultaneous_ == Simultaneous::efron ? static_cast<double>(k) / static_cast<double>(ends) : 0;
      subtract_log(sum, all - gone * ending, 1);
    }
  }
  return sum;
}

double EndLikelihood::concordance(const Eigen::VectorXd& coefficients) const {
  std::vector<double> predictors(rows_.size());
  for (std::size_t r = 0; r < rows_.size(); ++r) predictors[r] = linear(r, coefficients);
  return concordance(predictors);
}

double EndLikelihood::concordance(std::span<const double> predictors) const {
  double pairs = 0;
  double concordant = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (!rows_[r].ended) continue;
    const double age = rows_[r].age + rows_[r].exposure;
    for (std::size_t other = 0; other < rows_.size(); ++other) {
      const bool ends_too = rows_[other].ended && rows_[other].age + rows_[other].exposure == age;
      if (!at_risk(other, age) || ends_too) continue;
      pairs += 1;
      concordant += predictors[r] > predictors[other] ? 1 : predictors[r] == predictors[other] ? 0.5 : 0;
    }
  }
  return concordant / pairs;
}

EndLikelihood EndLikelihood::of_ties(const std::vector<bool>& kept) const {
  EndLikelihood some = *this;
  some.rows_.clear();
  some.x_.clear();
  some.events_ = some.ties_ = 0;
  some.exposure_ = 0;
  std::set<TieId> seen;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (!kept[rows_[r].tie]) continue;
    some.rows_.push_back(rows_[r]);
    const std::span<const double> x = covariates(r);
    some.x_.insert(some.x_.end(), x.begin(), x.end());
    some.events_ += rows_[r].ended ? 1 : 0;
    some.ties_ += seen.insert(rows_[r].tie).second ? 1 : 0;
    some.exposure_ += rows_[r].exposure;
  }
  return some;
}

Eigen::VectorXd EndLikelihood::start() const {
  Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(names_.size()));
  if (exposure_ <= 0 || baseline_ == EndBaseline::cox) return start;
  start(0) = std::log((static_cast<double>(events_) + 0.5) / exposure_);
  if (baseline_ == EndBaseline::log_logistic) start_on_grid(start);
  return start;
}

// The likelihood of a log-logistic baseline is no hill everywhere: begins at the best of some shapes and scales around
// the mean time to an end, each with the level that explains all ends.
void EndLikelihood::start_on_grid(Eigen::VectorXd& start) const {
  const double mean_time = exposure_ / (static_cast<double>(events_) + 0.5);
  const Eigen::Index last = start.size() - 1;
  double best = -std::numeric_limits<double>::infinity();
  Eigen::VectorXd one = Eigen::VectorXd::Zero(start.size());
  for (const double k : {0.6, 0.8, 1.0, 1.4, 2.0, 3.0})
    for (const double scale : {0.1, 0.25, 0.5, 1.0, 2.0, 4.0}) {
      one(last - 1) = std::log(k);
      one(last) = std::log(scale * mean_time);
      one(0) = 0;
      double expected_ends = 0;
      for (std::size_t r = 0; r < rows_.size(); ++r) expected_ends += expected(r, one);
      one(0) = std::log((static_cast<double>(events_) + 0.5) / expected_ends);
      const double value = (*this)(one).value;
      if (value <= best) continue;
      best = value;
      start = one;
    }
}

}  // namespace detente
