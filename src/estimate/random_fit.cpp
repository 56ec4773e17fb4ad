#include "estimate/random_fit.hpp"

#include <fmt/format.h>

namespace detente {
namespace {

RowTable tabulate(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options) {
  RowTableOptions table{.first = options.first, .until = options.until, .seed = options.seed};
  if (hazard.text.kind == HazardKind::tie) return RowTable::of_events(record, model, hazard, table);
  if (table.until == never) table.until = time_span(record).last;
  return RowTable::of_ties(record, model, hazard, table);
}

void add_spread_warnings(HazardFit& fit) {
  for (const RandomEffects& effects : fit.random)
    for (std::size_t k = 0; k < effects.terms.size(); ++k) {
      const auto at = static_cast<Eigen::Index>(k);
      if (effects.covariance(at, at) > 0) continue;
      fit.warnings.push_back(
          fmt::format("'{}' of '{}' has a variance of 0: no more spread between {} than chance makes", effects.terms[k],
                      effects.name, effects.grouping == Grouping::pair ? "pairs" : "actors"));
    }
}

}  // namespace

void add_random_effects(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options,
                        HazardFit& fit) {
  if (hazard.random.empty() || fit.newton.status == FitStatus::no_events) return;
  if (fit.newton.status != FitStatus::converged) {
    fit.warnings.emplace_back("coefficients by actor or pair wait for a fit of the other effects that converges");
    return;
  }
  if (fit.reference)
    throw Error(
        {.what = fmt::format("a prior from a reference class does not go with coefficients by actor or pair, which "
                             "the hazard '{}' has",
                             hazard.name),
         .where = {.file = "--prior"},
         .hint = "leave it out, or fit without them"});
  const RowTable table = tabulate(record, model, hazard, options);
  RandomOptions random{.prior_scale = newton_options(hazard, fit).prior_scale};
  if (options.progress)
    random.progress = [&](int iteration) { options.progress(hazard.name + ", by actor or pair", iteration, 0); };
  RandomFit found = estimate_random(table, hazard, fit.newton.estimate, random);
  NewtonResult& newton = fit.newton;
  fit.fixed_log_likelihood = newton.log_likelihood;
  newton.estimate = std::move(found.fixed);
  newton.covariance = std::move(found.covariance);
  newton.log_likelihood = found.marginal;
  newton.objective = found.marginal;
  newton.iterations += found.iterations;
  newton.evaluations += found.evaluations;
  newton.message = found.message;
  if (!found.converged) newton.status = FitStatus::not_converged;
  fit.random = std::move(found.effects);
  fit.own = std::move(found.posterior);
  fit.evaluation = "table";
  fit.concordance = std::nan("");  // it would be that of the other effects alone
  add_spread_warnings(fit);
}

}  // namespace detente
