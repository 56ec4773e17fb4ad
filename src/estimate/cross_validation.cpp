#include "estimate/cross_validation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/parallel.hpp"
#include "base/random.hpp"

namespace detente {
namespace {

std::vector<TieId> ties_of(const EndLikelihood& likelihood) {
  std::set<TieId> ties;
  for (const EndLikelihood::Row& row : likelihood.rows()) ties.insert(row.tie);
  return {ties.begin(), ties.end()};
}

Eigen::Map<const Eigen::VectorXd> covariates(const EndLikelihood& likelihood, std::size_t row) {
  const std::span<const double> x = likelihood.covariates(row);
  return {x.data(), static_cast<Eigen::Index>(x.size())};
}

// Where the effects stand among the covariates: after the level and the age steps.
struct Effects {
  Eigen::Index first;
  Eigen::Index size;
};

Effects effects_of(const Hazard& hazard) {
  const auto size = static_cast<Eigen::Index>(hazard.terms.size());
  return {static_cast<Eigen::Index>(end_columns(hazard)) - size, size};
}

class Folds {
 public:
  Folds(const EndLikelihood& likelihood, const Hazard& hazard, const HazardFit& whole,
        const CrossValidationOptions& options)
      : likelihood_(likelihood),
        effects_(effects_of(hazard)),
        newton_(newton_options(hazard, whole)),
        names_(whole.names),
        options_(options),
        ties_(ties_of(likelihood)) {}

  struct Outcome {
    double concordance;
    std::size_t not_converged;
  };

  [[nodiscard]] Outcome repeat(std::uint32_t number) const {
    const std::vector<std::size_t> folds = deal(ties_, options_.folds, options_.seed, number);
    std::vector<std::size_t> fold_of(ties_.empty() ? 0 : ties_.back() + 1, options_.folds);
    for (std::size_t k = 0; k < ties_.size(); ++k) fold_of[ties_[k]] = folds[k];
    std::vector<double> predictors(likelihood_.rows().size());
    std::size_t not_converged = 0;
    for (std::size_t fold = 0; fold < options_.folds; ++fold)
      not_converged += predict(fold, fold_of, predictors) ? 0 : 1;
    return {likelihood_.concordance(predictors), not_converged};
  }

 private:
  // Fits all ties but those of the fold, and ranks these.  False where the fit did not converge.
  bool predict(std::size_t fold, const std::vector<std::size_t>& fold_of, std::vector<double>& predictors) const {
    std::vector<bool> kept(fold_of.size());
    for (std::size_t tie = 0; tie < fold_of.size(); ++tie) kept[tie] = fold_of[tie] != fold;
    const EndLikelihood others = likelihood_.of_ties(kept);
    const NewtonResult found =
        maximize([&](const Eigen::VectorXd& theta) { return others(theta); }, others.start(), names_, newton_);
    const Eigen::VectorXd theta = found.estimate.segment(effects_.first, effects_.size);
    const Eigen::VectorXd mean = mean_covariates(others);
    for (std::size_t r = 0; r < predictors.size(); ++r)
      if (!kept[likelihood_.rows()[r].tie])
        predictors[r] = theta.dot(covariates(likelihood_, r).segment(effects_.first, effects_.size) - mean);
    return found.status == FitStatus::converged;
  }

  // Of the effects: over the time that a tie was at risk, then over ties.
  [[nodiscard]] Eigen::VectorXd mean_covariates(const EndLikelihood& likelihood) const {
    std::vector<double> exposure(ties_.back() + 1, 0);
    for (const EndLikelihood::Row& row : likelihood.rows()) exposure[row.tie] += row.exposure;
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(effects_.size);
    for (std::size_t r = 0; r < likelihood.rows().size(); ++r) {
      const EndLikelihood::Row& row = likelihood.rows()[r];
      const double weight = row.exposure / exposure[row.tie] / static_cast<double>(likelihood.ties());
      mean += weight * covariates(likelihood, r).segment(effects_.first, effects_.size);
    }
    return mean;
  }

  const EndLikelihood& likelihood_;
  Effects effects_;
  NewtonOptions newton_;
  const std::vector<std::string>& names_;
  const CrossValidationOptions& options_;
  std::vector<TieId> ties_;
};

}  // namespace

std::vector<std::size_t> deal(const std::vector<TieId>& ties, std::size_t folds, std::uint64_t seed,
                              std::uint32_t repeat) {
  std::vector<std::size_t> order(ties.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> draws;
  for (const TieId tie : ties)
    draws.push_back(uniform({seed, repeat, Purpose::fold, static_cast<std::uint32_t>(tie), 0}));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return draws[a] < draws[b]; });
  std::vector<std::size_t> fold(ties.size());
  for (std::size_t place = 0; place < order.size(); ++place) fold[order[place]] = place % folds;
  return fold;
}

CrossValidation cross_validate(const EndLikelihood& likelihood, const Hazard& hazard, const HazardFit& whole,
                               const CrossValidationOptions& options) {
  const Folds folds(likelihood, hazard, whole, options);
  std::vector<Folds::Outcome> outcomes(options.repeats);
  for_each_block(options.repeats, options.threads,
                 [&](std::size_t k) { outcomes[k] = folds.repeat(static_cast<std::uint32_t>(k)); });
  CrossValidation result{.folds = options.folds};
  for (const Folds::Outcome& one : outcomes) {
    result.concordance.push_back(one.concordance);
    result.mean += one.concordance / static_cast<double>(options.repeats);
    result.not_converged += one.not_converged;
  }
  double squares = 0;
  for (const double one : result.concordance) squares += (one - result.mean) * (one - result.mean);
  result.deviation = options.repeats > 1 ? std::sqrt(squares / static_cast<double>(options.repeats - 1)) : std::nan("");
  return result;
}

std::vector<HazardCrossValidation> cross_validate(const Record& record, const Model& model, const Fit& fit, Time until,
                                                  const CrossValidationOptions& options) {
  if (until == never) until = time_span(record).last;
  std::vector<HazardCrossValidation> all;
  for (const Hazard& hazard : model.hazards) {
    const HazardFit* whole = fit.find(hazard.name);
    const bool fitted = hazard.text.kind == HazardKind::end && whole != nullptr && whole->events > 0;
    if (!fitted || hazard.terms.empty()) continue;
    const EndLikelihood likelihood(record, model, hazard, until);
    all.push_back({hazard.name, cross_validate(likelihood, hazard, *whole, options)});
  }
  return all;
}

}  // namespace detente
