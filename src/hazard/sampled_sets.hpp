// Events with their controls as a matrix: of each event the differences z_d = x_d - x_case of its controls.  Then
//
//   log-likelihood = - sum over events of  log( 1 + sum over controls d of  w_d / w_case e^{theta z_d} )
//
// which is that of a conditional logit with offsets (Borgan, Goldstein & Langholz 1995).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "hazard/likelihood.hpp"

namespace detente {

// What ControlSampler draws: the case, then its controls.
struct SampledSet {
  std::vector<Dyad> dyads;
  std::vector<double> log_weight;  // log w_d - log w_case; empty where all are 0
};

// One event: terms x controls, one term's differences side by side; log weights relative to the case's, or none.
struct SampledRisk {
  const double* z;
  const double* log_weight;  // nullptr = all 0
  std::size_t controls;
};

// Adds what one event has in the likelihood, its upper triangle only.  Holds what it works with.
class SampledSum {
 public:
  explicit SampledSum(const Eigen::VectorXd& coefficients);

  void add(const SampledRisk& risk);
  void add(const SampledSet& set, std::span<const double> x);  // terms x dyads
  [[nodiscard]] Likelihood take();

 private:
  std::vector<double> theta_;
  std::vector<const double*> columns_;
  std::vector<double> rate_;
  std::vector<double> moments_;
  std::vector<double> z_;
  Likelihood sum_;
};

// The matrix of a run of events.
class SampledSets {
 public:
  explicit SampledSets(std::size_t terms) : terms_(terms) {}

  // x: terms x dyads, the case first; log_weight: of the dyads, or empty.
  void add(std::span<const double> x, std::size_t dyads, std::span<const double> log_weight);
  void reserve(std::size_t events, std::size_t controls, bool weighted);
  [[nodiscard]] std::size_t events() const { return controls_.size(); }

  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

 private:
  std::size_t terms_;
  bool weighted_ = false;
  std::vector<double> z_;
  std::vector<double> log_weight_;  // empty, or one for each control
  std::vector<std::uint32_t> controls_;
};

}  // namespace detente
