// Fits the hazards of a model to a record.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "estimate/explanation.hpp"
#include "estimate/newton.hpp"
#include "estimate/profile.hpp"
#include "estimate/random_effects.hpp"
#include "estimate/reference_prior.hpp"
#include "estimate/sampled_fit.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/start_likelihood.hpp"
#include "hazard/tie_likelihood.hpp"

namespace detente {

struct FitOptions {
  Evaluation evaluation = Evaluation::automatic;
  std::size_t first = 1;
  Time until = never;  // end of observation for exact timing and for ties in force; `never` = the last moment recorded
  unsigned threads = 0;       // 0 = all; the result is the same bits for any number
  std::uint64_t seed = 1;     // of sampled risk sets
  std::string events_file{};  // where the events were read from, for messages that name them; empty = not one file
  std::vector<MatchedPrior> reference{};  // priors from a reference class, by the hazard's name
  bool without_reference = true;          // also fits without them, to show what they did
  std::function<void(const std::string& hazard, int pass, double share)> progress{};
};

struct MarkCount {
  std::string name;
  std::size_t events;  // in the likelihood
};

struct HazardFit {
  std::string hazard;
  HazardKind kind;
  Timing timing;
  std::vector<std::string> names;
  NewtonResult newton{};
  // Of by_actor(...) and by_pair(...), in order.  Then `newton` has the other coefficients: their covariance is that of all
  // coefficients together, and the log-likelihood is Laplace's marginal one.
  std::vector<RandomEffects> random{};
  OwnPosterior own{};
  double fixed_log_likelihood = std::nan("");  // of the same hazard without them
  std::size_t events = 0;                      // in the likelihood
  std::size_t units = 0;                       // ties (end) or pairs (start) ever at risk, 0 otherwise
  std::vector<MarkCount> marks{};              // of a hazard that has them
  std::string evaluation{};                    // factorised, blocked, sampled, episodes or table
  std::string at_risk{};  // the risk set as the model writes it; which pairs of a start hazard; empty for ends
  bool directed = true;
  double mean_at_risk = 0;  // dyads at risk at a modelled event, on average; 0 for ends of ties
  double drift = 0;         // of sums kept event by event, relatively: RiskSums::drift()
  std::string start{};      // where Newton began: "zero" (a constant hazard) or "sampled" (from a thinned record)
  std::vector<std::string> warnings{};
  std::optional<SamplingReport> sampling{};  // where risk sets were sampled
  std::optional<ReferenceUse> reference{};   // where it had a prior from a reference class
  double concordance = std::nan("");         // of an end or start hazard: EpisodeLikelihood::concordance()
  double aic = 0, aicc = 0, bic = 0;
  std::vector<ProfileInterval> profile{};  // diagnose() adds these on request
  std::optional<Eigen::MatrixXd> robust_covariance{};
  std::optional<Explanation> explanation{};

  // How many of the coefficients, all of them first, are rates of an act when all else is 0: none in ordinal timing.
  [[nodiscard]] std::size_t baselines() const;
  // How many were estimated: coefficients and variances.
  [[nodiscard]] std::size_t parameters() const;
  // NaN for a coefficient that runs away.
  [[nodiscard]] double standard_error(std::size_t p) const {
    if (newton.run_away && newton.run_away->coefficient == p) return std::nan("");
    const auto k = static_cast<Eigen::Index>(p);
    return std::sqrt(newton.covariance(k, k));
  }
  // (estimate / standard error)^2: about the likelihood ratio that dropping the effect would cost.
  [[nodiscard]] double wald_chi_square(std::size_t p) const {
    return std::pow(newton.estimate(static_cast<Eigen::Index>(p)) / standard_error(p), 2);
  }
  [[nodiscard]] const ProfileInterval* profile_of(std::size_t p) const;  // null when not asked for
};

// From when to when was observed, and since when actors may act.
struct ObservedTime {
  Time from = always;
  Time until = never;
  std::size_t from_the_start = 0;    // actors
  std::size_t from_first_event = 0;  // or first tie
  std::size_t as_recorded = 0;       // since the record says so
};

struct Fit {
  std::vector<HazardFit> hazards;
  ObservedTime observed{};
  std::vector<std::string> notes{};  // about all hazards
  [[nodiscard]] const HazardFit* find(const std::string& hazard) const;
  [[nodiscard]] double log_likelihood() const;
  [[nodiscard]] std::string status() const;  // "converged", or the first that is not
};

// The options a hazard is maximized with: its priors, none on the baseline.
[[nodiscard]] NewtonOptions newton_options(const Hazard& hazard, const HazardFit& fit);

// Checks that the attributes a model reads are known; throws Error naming the first that is not.
[[nodiscard]] Fit fit(const Record& record, const Model& model, const FitOptions& options);

}  // namespace detente
