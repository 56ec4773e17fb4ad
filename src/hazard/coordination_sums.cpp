#include "hazard/coordination_sums.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/dense_line.hpp"
#include "hazard/line_moments.hpp"

namespace detente {
namespace {

// Of logarithms up to a constant makes those of shares of 1.
void share_out(double* logarithm, std::size_t count) {
  const double highest = *std::max_element(logarithm, logarithm + count);
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += std::exp(logarithm[k] - highest);
  const double log_sum = highest + std::log(sum);
  for (std::size_t k = 0; k < count; ++k) logarithm[k] -= log_sum;
}

// sum of weight v v' over the values at some places.
Eigen::MatrixXd products(const double* weight, const std::vector<std::vector<double>>& values, std::size_t begin,
                         std::size_t count) {
  std::vector<const double*> columns;
  for (const std::vector<double>& column : values) columns.push_back(column.data() + begin);
  std::vector<double> upper(triangle(values.size() + 1), 0.0);
  add_products(weight, columns, count, upper.data());
  const auto size = static_cast<Eigen::Index>(values.size());
  Eigen::MatrixXd with_one(size + 1, size + 1);
  fill_symmetric(upper.data(), with_one);
  return with_one.bottomRightCorner(size, size);
}

}  // namespace

CoordinationSums::CoordinationSums(const Hazard& hazard)
    : hazard_(&hazard), x_(hazard.terms.size()), s_(hazard.terms.size()) {}

void CoordinationSums::read(const Memory& memory, const RiskList& list, const Eigen::VectorXd& theta) {
  pairs_.clear();
  for_each_at_risk(hazard_->risk_set, list, memory, [&](Dyad pair) { pairs_.push_back(pair); });
  place_pairs(memory);
  log_choice_.assign(links_.size(), 0.0);
  for (std::size_t p = 0; p < x_.size(); ++p) {
    x_[p].resize(links_.size());
    hazard_->terms[p].values(memory, links_, x_[p].data());
    const double t = theta(static_cast<Eigen::Index>(p));
    for (std::size_t k = 0; k < links_.size(); ++k) log_choice_[k] += t * x_[p][k];
  }
  choice_.resize(links_.size());
  for (const Row& row : rows_) choose(row);
  weigh_pairs();
  compare_pairs();
}

void CoordinationSums::place_pairs(const Memory& memory) {
  rows_.assign(memory.actors(), {});
  for (const Dyad pair : pairs_)
    for (const ActorId actor : {pair.sender, pair.receiver}) ++rows_[actor].end;
  std::size_t begin = 0;
  for (Row& row : rows_) {
    row.begin = begin;
    begin += row.end;
    row.end = row.begin;
  }
  links_.assign(begin, Link{});
  places_.clear();
  for (const Dyad pair : pairs_) {
    const Place place{rows_[pair.sender].end++, rows_[pair.receiver].end++};
    links_[place.there] = memory.link(pair);
    links_[place.back] = memory.link(reversed(pair));
    places_.push_back(place);
  }
}

// p_i, and how each whom i may choose differs from their mean.
void CoordinationSums::choose(const Row& row) {
  const std::size_t count = row.end - row.begin;
  if (count == 0) return;
  share_out(log_choice_.data() + row.begin, count);
  exponentials(log_choice_.data() + row.begin, choice_.data() + row.begin, count);
  centre(row);
}

// Differences within rounding of a value that all have are none.
void CoordinationSums::centre(const Row& row) {
  constexpr double rounding = 1e-13;  // relative
  for (std::vector<double>& x : x_) {
    double mean = 0, highest = 0;
    for (std::size_t k = row.begin; k < row.end; ++k) mean += choice_[k] * x[k];
    for (std::size_t k = row.begin; k < row.end; ++k) {
      x[k] -= mean;
      highest = std::max(highest, std::abs(x[k]));
    }
    if (highest > rounding * std::abs(mean)) continue;
    for (std::size_t k = row.begin; k < row.end; ++k) x[k] = 0;
  }
}

void CoordinationSums::weigh_pairs() {
  log_probability_.resize(pairs_.size());
  probability_.resize(pairs_.size());
  if (pairs_.empty()) return;
  for (std::size_t k = 0; k < pairs_.size(); ++k)
    log_probability_[k] = log_choice_[places_[k].there] + log_choice_[places_[k].back];
  share_out(log_probability_.data(), pairs_.size());
  exponentials(log_probability_.data(), probability_.data(), pairs_.size());
  for (std::size_t k = 0; k < pairs_.size(); ++k)
    for (const ActorId actor : {pairs_[k].sender, pairs_[k].receiver}) rows_[actor].weight += probability_[k];
}

void CoordinationSums::compare_pairs() {
  mean_ = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(x_.size()));
  for (std::size_t p = 0; p < x_.size(); ++p) {
    double& mean = mean_(static_cast<Eigen::Index>(p));
    s_[p].resize(pairs_.size());
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      s_[p][k] = x_[p][places_[k].there] + x_[p][places_[k].back];
      mean += probability_[k] * s_[p][k];
    }
    for (double& s : s_[p]) s -= mean;
  }
  covariance_ = products(probability_.data(), s_, 0, pairs_.size());
  std::vector<double> weight(links_.size());
  for (const Row& row : rows_)
    for (std::size_t k = row.begin; k < row.end; ++k) weight[k] = row.weight * choice_[k];
  within_rows_ = products(weight.data(), x_, 0, links_.size());
}

Eigen::MatrixXd CoordinationSums::covariance(const Row& row) const {
  return products(choice_.data() + row.begin, x_, row.begin, row.end - row.begin);
}

std::size_t CoordinationSums::place_of(Dyad pair) const {
  return static_cast<std::size_t>(std::lower_bound(pairs_.begin(), pairs_.end(), pair, precedes) - pairs_.begin());
}

Eigen::VectorXd CoordinationSums::relative(std::size_t pair) const {
  Eigen::VectorXd s = mean_;
  for (std::size_t p = 0; p < s_.size(); ++p) s(static_cast<Eigen::Index>(p)) += s_[p][pair];
  return s;
}

Eigen::MatrixXd CoordinationSums::observed_information(std::size_t pair) const {
  return covariance(rows_[pairs_[pair].sender]) + covariance(rows_[pairs_[pair].receiver]) - within_rows_ + covariance_;
}

}  // namespace detente
