// How well a hazard of ties that end tells ties apart that it has not seen: concordance, cross-validated by tie.
//
// Ties are dealt to folds at random.  Those of a fold are ranked by a fit without them: by theta (x - mean), with theta and
// the mean covariates of the ties that were fitted, so that folds can be compared.  Levels and age steps, which all ties of
// one age share, are left out.  The concordance is Harrell's over all ties at once (hazard/end_likelihood.hpp), as of an
// ordinary fit; repeats deal anew.  Geisser (1975); Harrell, Lee & Mark (1996).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "estimate/fit.hpp"

namespace detente {

struct CrossValidationOptions {
  std::size_t folds = 10;
  std::size_t repeats = 5;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

struct CrossValidation {
  std::size_t folds = 0;
  std::vector<double> concordance{};  // of each repeat; NaN where no two ties can be compared
  double mean = 0;
  double deviation = 0;           // between repeats: of the dealing alone
  std::size_t not_converged = 0;  // fits of folds
};

// By tie that is at risk, in the order of `ties`: which fold it is dealt to.  Folds differ by at most one in size.
[[nodiscard]] std::vector<std::size_t> deal(const std::vector<TieId>& ties, std::size_t folds, std::uint64_t seed,
                                            std::uint32_t repeat);

// `whole` is the fit of the hazard to all ties; each fold is fitted with its priors.
[[nodiscard]] CrossValidation cross_validate(const EndLikelihood& likelihood, const Hazard& hazard,
                                             const HazardFit& whole, const CrossValidationOptions& options);

// Of each end hazard of a model that was fitted, others left out.
struct HazardCrossValidation {
  std::string hazard;
  CrossValidation result;
};
[[nodiscard]] std::vector<HazardCrossValidation> cross_validate(const Record& record, const Model& model,
                                                                const Fit& fit, Time until,
                                                                const CrossValidationOptions& options);

}  // namespace detente
