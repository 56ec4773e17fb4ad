#include "hazard/blocked_sums.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/dense_line.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/line_moments.hpp"

namespace detente {
namespace {

constexpr std::size_t block_size = 512;  // its columns stay in the nearest caches

}  // namespace

BlockedSums::BlockedSums(const Hazard& hazard)
    : hazard_(&hazard),
      list_(hazard.risk_set),
      x_(hazard.terms.size(), std::vector<double>(block_size)),
      rates_(block_size) {
  const auto size = static_cast<Eigen::Index>(hazard.terms.size() + 1);
  moments_.resize(size, size);
  links_.reserve(block_size);
}

void BlockedSums::refresh(const Memory& memory, std::span<const double> theta) {
  theta_.assign(theta.begin(), theta.end());
  list_.refresh(memory);
  memory_ = &memory;
  stale_ = true;
}

void BlockedSums::update(const Memory& memory) {
  list_.advance(memory);
  memory_ = &memory;
  stale_ = true;
}

// Calls take() for each block of dyads, once it has been read.
template <class Dyads, class Take>
void BlockedSums::in_blocks(Dyads dyads, Take take) {
  links_.clear();
  const auto read = [&] {
    read_block();
    take();
    links_.clear();
  };
  dyads([&](Dyad dyad) {
    links_.push_back(memory_->link(dyad));
    if (links_.size() == block_size) read();
  });
  if (!links_.empty()) read();
}

void BlockedSums::read_block() {
  const std::size_t n = links_.size();
  std::fill_n(rates_.begin(), n, 0.0);
  for (std::size_t p = 0; p < x_.size(); ++p) {
    hazard_->values(hazard_->terms[p], *memory_, links_, x_[p].data());
    for (std::size_t k = 0; k < n; ++k) rates_[k] += theta_[p] * x_[p][k];
  }
  exponentials(rates_.data(), rates_.data(), n);
}

const Eigen::MatrixXd& BlockedSums::moments() {
  if (!stale_) return moments_;
  add_up([&](auto body) { for_each_at_risk(hazard_->risk_set, list_, *memory_, body); });
  stale_ = false;
  return moments_;
}

const Eigen::MatrixXd& BlockedSums::row_moments(ActorId sender) {
  add_up([&](auto body) { for_each_at_risk_from(hazard_->risk_set, list_, *memory_, sender, body); });
  stale_ = true;
  return moments_;
}

template <class Dyads>
void BlockedSums::add_up(Dyads dyads) {
  std::vector<double> upper(triangle(x_.size() + 1), 0.0);
  std::vector<const double*> columns;
  for (const std::vector<double>& x : x_) columns.push_back(x.data());
  in_blocks(dyads, [&] { add_products(rates_.data(), columns, links_.size(), upper.data()); });
  fill_symmetric(upper.data(), moments_);
}

template <class Dyads>
double BlockedSums::rate_of(Dyads dyads) {
  double total = 0;
  in_blocks(dyads, [&] {
    for (std::size_t k = 0; k < links_.size(); ++k) total += rates_[k];
  });
  return total;
}

template <class Dyads>
Dyad BlockedSums::locate_among(Dyads dyads, double target) {
  Dyad last{no_id, no_id};  // where rounding leaves the very end
  in_blocks(dyads, [&] {
    for (std::size_t k = 0; k < links_.size() && (target > 0 || last.sender == no_id); ++k) {
      if (rates_[k] == 0) continue;
      last = links_[k];
      target -= rates_[k];
    }
  });
  return last;
}

double BlockedSums::total_rate() {
  return rate_of([&](auto body) { for_each_at_risk(hazard_->risk_set, list_, *memory_, body); });
}

Dyad BlockedSums::locate(double share) {
  return locate_among([&](auto body) { for_each_at_risk(hazard_->risk_set, list_, *memory_, body); },
                      share * total_rate());
}

Dyad BlockedSums::locate_from(ActorId sender, double share) {
  const auto row = [&](auto body) { for_each_at_risk_from(hazard_->risk_set, list_, *memory_, sender, body); };
  const double rate = rate_of(row);
  if (!std::isfinite(rate)) return {no_id, no_id};
  return {sender, rate > 0 ? locate_among(row, share * rate).receiver : no_id};
}

}  // namespace detente
