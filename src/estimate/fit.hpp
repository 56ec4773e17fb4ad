// Fits the hazards of a model to a record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "estimate/newton.hpp"
#include "estimate/sampled_fit.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/tie_likelihood.hpp"

namespace detente {

struct FitOptions {
  Evaluation evaluation = Evaluation::automatic;
  std::size_t first = 1;
  Time until = never;  // end of observation for exact timing and for ties in force; `never` = the last moment recorded
  unsigned threads = 0;    // 0 = all; the result is the same bits for any number
  std::uint64_t seed = 1;  // of sampled risk sets
  std::function<void(const std::string& hazard, int pass, double share)> progress{};
};

struct HazardFit {
  std::string hazard;
  HazardKind kind;
  Timing timing;
  std::vector<std::string> names;
  NewtonResult newton{};
  std::size_t events = 0;    // in the likelihood
  std::size_t units = 0;     // ties ever at risk (end), 0 otherwise
  std::string evaluation{};  // factorised, blocked, sampled or episodes
  std::string at_risk{};     // the risk set as the model writes it; empty for ends of ties
  bool directed = true;
  std::vector<std::string> warnings{};
  std::optional<SamplingReport> sampling{};  // where risk sets were sampled
  double aic = 0, aicc = 0, bic = 0;

  [[nodiscard]] double standard_error(std::size_t p) const {
    const auto k = static_cast<Eigen::Index>(p);
    return std::sqrt(newton.covariance(k, k));
  }
};

struct Fit {
  std::vector<HazardFit> hazards;
  [[nodiscard]] const HazardFit* find(const std::string& hazard) const;
  [[nodiscard]] double log_likelihood() const;
  [[nodiscard]] std::string status() const;  // "converged", or the first that is not
};

// Checks that the attributes a model reads are known; throws Error naming the first that is not.
[[nodiscard]] Fit fit(const Record& record, const Model& model, const FitOptions& options);

// z with P(|Z| < z) = level, for a standard normal Z.
[[nodiscard]] double normal_quantile_two_sided(double level);

}  // namespace detente
