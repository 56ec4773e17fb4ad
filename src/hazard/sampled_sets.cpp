#include "hazard/sampled_sets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hazard/dense_line.hpp"
#include "hazard/line_moments.hpp"

namespace detente {
namespace {

// Appends those of the controls from the case, term by term.
void append_differences(std::span<const double> x, std::size_t dyads, std::vector<double>& z) {
  for (std::size_t first = 0; first < x.size(); first += dyads)
    for (std::size_t k = 1; k < dyads; ++k) z.push_back(x[first + k] - x[first]);
}

}  // namespace

SampledSum::SampledSum(const Eigen::VectorXd& coefficients)
    : theta_(coefficients.data(), coefficients.data() + coefficients.size()),
      columns_(theta_.size()),
      moments_(triangle(theta_.size() + 1)),
      sum_(zero_likelihood(coefficients.size())) {}

// Rates are taken relative to the largest of the case (1) and the controls, so that none overflows.
void SampledSum::add(const SampledRisk& risk) {
  const std::size_t terms = theta_.size();
  if (risk.log_weight != nullptr)
    rate_.assign(risk.log_weight, risk.log_weight + risk.controls);
  else
    rate_.assign(risk.controls, 0.0);
  for (std::size_t p = 0; p < terms; ++p) {
    columns_[p] = risk.z + p * risk.controls;
    for (std::size_t k = 0; k < risk.controls; ++k) rate_[k] += theta_[p] * columns_[p][k];
  }
  double highest = 0;
  for (const double r : rate_) highest = std::max(highest, r);
  if (highest > 0)
    for (double& r : rate_) r -= highest;
  exponentials(rate_.data(), rate_.data(), rate_.size());
  std::fill(moments_.begin(), moments_.end(), 0.0);
  add_products(rate_.data(), columns_, risk.controls, moments_.data());
  const double total = moments_[0] + std::exp(-highest);
  sum_.value -= std::log(total) + highest;
  const double share = 1 / total;
  for (std::size_t p = 0; p < terms; ++p) {
    const auto row = static_cast<Eigen::Index>(p);
    const double mean = moments_[1 + p] * share;
    sum_.gradient(row) -= mean;
    for (std::size_t q = p; q < terms; ++q)
      sum_.information(row, static_cast<Eigen::Index>(q)) +=
          moments_[triangle_at(terms + 1, 1 + p, 1 + q)] * share - mean * (moments_[1 + q] * share);
  }
}

void SampledSum::add(const SampledSet& set, std::span<const double> x) {
  z_.clear();
  append_differences(x, set.dyads.size(), z_);
  add({z_.data(), set.log_weight.empty() ? nullptr : set.log_weight.data() + 1, set.dyads.size() - 1});
}

Likelihood SampledSum::take() {
  mirror(sum_);
  return std::move(sum_);
}

void SampledSets::add(std::span<const double> x, std::size_t dyads, std::span<const double> log_weight) {
  append_differences(x, dyads, z_);
  if (!log_weight.empty() && !weighted_) {
    weighted_ = true;
    log_weight_.assign(std::accumulate(controls_.begin(), controls_.end(), std::size_t{0}), 0.0);
  }
  if (weighted_) {
    if (log_weight.empty())
      log_weight_.insert(log_weight_.end(), dyads - 1, 0.0);
    else
      log_weight_.insert(log_weight_.end(), log_weight.begin() + 1, log_weight.end());
  }
  controls_.push_back(static_cast<std::uint32_t>(dyads - 1));
}

void SampledSets::reserve(std::size_t events, std::size_t controls, bool weighted) {
  z_.reserve(events * controls * terms_);
  if (weighted) log_weight_.reserve(events * controls);
  controls_.reserve(events);
}

Likelihood SampledSets::operator()(const Eigen::VectorXd& coefficients) const {
  SampledSum sum(coefficients);
  const double* z = z_.data();
  const double* log_weight = weighted_ ? log_weight_.data() : nullptr;
  for (const std::uint32_t controls : controls_) {
    sum.add({z, log_weight, controls});
    z += terms_ * controls;
    if (log_weight != nullptr) log_weight += controls;
  }
  return sum.take();
}

}  // namespace detente
