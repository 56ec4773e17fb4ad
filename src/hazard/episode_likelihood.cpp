#include "hazard/episode_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

namespace detente {

EpisodeLikelihood::EpisodeLikelihood(EndBaseline baseline, Simultaneous simultaneous, std::size_t columns,
                                     std::vector<std::string> names)
    : baseline_(baseline), simultaneous_(simultaneous), columns_(columns), names_(std::move(names)) {}

void EpisodeLikelihood::add(const Row& row, std::span<const double> x, std::size_t& last) {
  units_ += last == no_id ? 1 : 0;
  events_ += row.ended ? 1 : 0;
  exposure_ += row.exposure;
  const bool same = last != no_id && !row.ended && !rows_[last].ended &&
                    std::equal(x.begin(), x.end(), x_.begin() + static_cast<std::ptrdiff_t>(last * columns_));
  if (same) {
    rows_[last].exposure += row.exposure;
    rows_[last].until = row.age + row.exposure;
    return;
  }
  last = rows_.size();
  rows_.push_back(row);
  rows_.back().until = row.age + row.exposure;
  x_.insert(x_.end(), x.begin(), x.end());
}

void EpisodeLikelihood::settle_ages(double tolerance) {
  std::vector<double> ages;
  for (const Row& row : rows_) ages.insert(ages.end(), {row.age, row.until});
  ages = distinct_times(std::move(ages), tolerance);
  for (Row& row : rows_) {
    row.age = stands_for(row.age, ages);
    row.until = stands_for(row.until, ages);
  }
}

double EpisodeLikelihood::linear(std::size_t row, const Eigen::VectorXd& coefficients) const {
  const std::span<const double> x = covariates(row);
  return std::inner_product(x.begin(), x.end(), coefficients.data(), 0.0);
}

std::span<const double> EpisodeLikelihood::shape(const Eigen::VectorXd& coefficients) const {
  return {coefficients.data() + columns_, coefficients.data() + coefficients.size()};
}

double EpisodeLikelihood::expected(std::size_t row, const Eigen::VectorXd& coefficients) const {
  const Row& r = rows_[row];
  return std::exp(linear(row, coefficients)) *
         cumulative_baseline(baseline_, shape(coefficients), r.age, r.age + r.exposure).value;
}

Eigen::VectorXd EpisodeLikelihood::score(std::size_t row, const Eigen::VectorXd& coefficients) const {
  Likelihood sum = zero_likelihood(coefficients.size());
  add_row(row, coefficients, sum);
  return sum.gradient;
}

void EpisodeLikelihood::add_row(std::size_t row, const Eigen::VectorXd& coefficients, Likelihood& sum) const {
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

Likelihood EpisodeLikelihood::operator()(const Eigen::VectorXd& coefficients) const {
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
Likelihood EpisodeLikelihood::partial(const Eigen::VectorXd& coefficients) const {
  const auto size = coefficients.size();
  Likelihood sum = zero_likelihood(size);
  std::vector<double> predictor(rows_.size());
  std::vector<double> ages;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    predictor[r] = linear(r, coefficients);
    if (rows_[r].ended) ages.push_back(rows_[r].until);
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
      const bool now = rows_[r].ended && rows_[r].until == age;
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

double EpisodeLikelihood::concordance(const Eigen::VectorXd& coefficients) const {
  std::vector<double> predictors(rows_.size());
  for (std::size_t r = 0; r < rows_.size(); ++r) predictors[r] = linear(r, coefficients);
  return concordance(predictors);
}

double EpisodeLikelihood::concordance(std::span<const double> predictors) const {
  double pairs = 0;
  double concordant = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (!rows_[r].ended) continue;
    const double age = rows_[r].until;
    for (std::size_t other = 0; other < rows_.size(); ++other) {
      const bool ends_too = rows_[other].ended && rows_[other].until == age;
      if (!at_risk(other, age) || ends_too) continue;
      pairs += 1;
      concordant += predictors[r] > predictors[other] ? 1 : predictors[r] == predictors[other] ? 0.5 : 0;
    }
  }
  return concordant / pairs;
}

void EpisodeLikelihood::keep(const std::vector<bool>& units) {
  const std::vector<Row> rows = std::exchange(rows_, {});
  const std::vector<double> x = std::exchange(x_, {});
  events_ = units_ = 0;
  exposure_ = 0;
  std::set<TieId> seen;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!units[rows[r].tie]) continue;
    rows_.push_back(rows[r]);
    const auto from = x.begin() + static_cast<std::ptrdiff_t>(r * columns_);
    x_.insert(x_.end(), from, from + static_cast<std::ptrdiff_t>(columns_));
    events_ += rows[r].ended ? 1 : 0;
    units_ += seen.insert(rows[r].tie).second ? 1 : 0;
    exposure_ += rows[r].exposure;
  }
}

Eigen::VectorXd EpisodeLikelihood::start() const {
  Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(names_.size()));
  if (exposure_ <= 0 || baseline_ == EndBaseline::cox) return start;
  start(0) = std::log((static_cast<double>(events_) + 0.5) / exposure_);
  if (baseline_ == EndBaseline::log_logistic) start_on_grid(start);
  return start;
}

// The likelihood of a log-logistic baseline is no hill everywhere: begins at the best of some shapes and scales around
// the mean time to an end, each with the level that explains all ends.
void EpisodeLikelihood::start_on_grid(Eigen::VectorXd& start) const {
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
