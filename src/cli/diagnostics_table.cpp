#include "cli/diagnostics_table.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include <fmt/ostream.h>

#include "log/describe.hpp"

namespace detente::cli {
namespace {

void print_gains(const HazardFit& fit, std::ostream& out) {
  if (fit.baselines() == fit.names.size()) return;
  std::size_t width = 8;
  for (const std::string& name : fit.names) width = std::max(width, name.size());
  fmt::print(out, "  {:<{}}  {:>10}  {:>10}\n", "effect", width, "gain", "Wald chi2");
  for (std::size_t p = fit.baselines(); p < fit.names.size(); ++p)
    fmt::print(out, "  {:<{}}  {:>10.3f}  {:>10.2f}\n", fit.names[p], width, fit.explanation->gain[p],
               fit.wald_chi_square(p));
}

void print_recall(const Explanation& found, std::ostream& out) {
  std::string text;
  for (std::size_t k = 0; k < recall_shares.size(); ++k)
    text += fmt::format("{}{:.1f} % of them within the first {:g} %", k == 0 ? "" : ", ", 100 * found.recall[k],
                        100 * recall_shares[k]);
  fmt::print(out, "  rank of the dyads that acted among those at risk: {:.1f} % on average; {}\n",
             100 * found.mean_rank, text);
}

void print_event(const HazardFit& fit, const Outlier& one, const Record& record, const std::string& file,
                 std::ostream& out) {
  const EventFit& event = fit.explanation->events[one.place];
  std::string against;
  for (const Against& effect : one.against)
    against += fmt::format("{}'{}' {:.2f}", against.empty() ? "; against it " : ", ", fit.names[effect.coefficient],
                           effect.contribution);
  fmt::print(out, "    {}: log-probability {:.2f}, rank {:g} of {}{}\n", describe_event(record, event.event, file),
             event.log_probability, event.rank, event.at_risk, against);
}

void print_tie(const TieFit& tie, const Record& record, std::ostream& out) {
  fmt::print(out, "    {}: deviance residual {:.2f}, {} with {:.2f} expected\n", describe_tie(record, tie.tie),
             tie.deviance_residual(), tie.ended > 0 ? "ended" : "did not end so", tie.cumulative_hazard);
}

void print_pair_at_risk(const Explanation& found, const TieFit& one, const Record& record, std::ostream& out) {
  fmt::print(out, "    {}: deviance residual {:.2f}, {} with {:.2f} expected\n",
             describe_pair(record, found.pairs[one.tie]), one.deviance_residual(),
             one.ended > 0 ? "a tie started" : "no tie started", one.cumulative_hazard);
}

std::string p_value(double p) { return p < 0.0001 ? "p < 0.0001" : fmt::format("p = {:.4f}", p); }

void print_pair(const ModelPair& pair, std::ostream& out) {
  if (!pair.nested) {
    fmt::print(out, "  {} and {}: {}\n", pair.smaller + 1, pair.larger + 1, pair.note);
    return;
  }
  fmt::print(out, "  {} against {}: ", pair.larger + 1, pair.smaller + 1);
  if (std::isfinite(pair.statistic)) fmt::print(out, "chi-square {:.3f}, df {}", pair.statistic, pair.df);
  if (std::isfinite(pair.p_value)) fmt::print(out, ", {}", p_value(pair.p_value));
  if (!pair.note.empty()) fmt::print(out, "{}{}", std::isfinite(pair.statistic) ? "; " : "", pair.note);
  fmt::print(out, "\n");
}

}  // namespace

void print_steps(const Fit& fit, std::ostream& out) {
  for (const HazardFit& one : fit.hazards) {
    if (one.newton.steps.empty()) continue;
    fmt::print(out, "steps of {}, from {}\n", one.hazard,
               one.start == "sampled" ? "the fit of a thinned record (sampled)" : "a constant hazard (zero)");
    fmt::print(out, "  {:>4}  {:>16}  {:>10}  {:>9}  {}\n", "step", "log-likelihood", "decrement", "length",
               fmt::join(one.names, ", "));
    for (std::size_t k = 0; k < one.newton.steps.size(); ++k) {
      const NewtonStep& step = one.newton.steps[k];
      fmt::print(out, "  {:>4}  {:>16.6f}  {:>10.3g}  {:>9.4g}  {:.5g}\n", k, step.log_likelihood, step.decrement,
                 step.length, fmt::join(step.estimate.begin(), step.estimate.end(), ", "));
    }
  }
}

void print_explanation(const Fit& fit, const Record& record, const std::string& events_file, std::ostream& out) {
  for (const HazardFit& one : fit.hazards) {
    if (!one.explanation) continue;
    const Explanation& found = *one.explanation;
    fmt::print(out, "what explains {}\n", one.hazard);
    print_gains(one, out);
    if (!found.events.empty()) print_recall(found, out);
    fmt::print(out, "  least expected\n");
    for (const Outlier& outlier : found.outliers)
      if (is_of_events(one.kind))
        print_event(one, outlier, record, events_file, out);
      else if (one.kind == HazardKind::start)
        print_pair_at_risk(found, found.ties[outlier.place], record, out);
      else
        print_tie(found.ties[outlier.place], record, out);
  }
}

void print_comparison(std::span<const HazardComparison> comparisons, std::span<const FittedModel> models,
                      std::ostream& out) {
  std::size_t width = 8;
  for (const FittedModel& model : models) width = std::max(width, model.name.size());
  for (const HazardComparison& one : comparisons) {
    fmt::print(out, "models of {}\n", one.hazard);
    fmt::print(out, "     {:<{}}  {:>14}  {:>4}  {:>10}  {:>10}  {:>10}\n", "model", width, "log-likelihood", "df",
               "AIC", "AICc", "BIC");
    for (std::size_t k = 0; k < models.size(); ++k) {
      const HazardFit& fit = *one.fits[k];
      const bool good = fit.newton.status == FitStatus::converged;
      fmt::print(out, "  {:>2} {:<{}}  {:>14.4f}  {:>4}  {:>10.2f}  {:>10}  {:>10.2f}{}\n", k + 1, models[k].name,
                 width, fit.newton.log_likelihood, fit.names.size(), fit.aic,
                 std::isfinite(fit.aicc) ? fmt::format("{:.2f}", fit.aicc) : "-", fit.bic,
                 good ? "" : "  " + to_string(fit.newton.status));
    }
    for (const ModelPair& pair : one.pairs) print_pair(pair, out);
  }
  for (std::size_t k = 1; k < models.size(); ++k)
    for (const std::string& why :
         not_compared(models.front().name, *models.front().model, models[k].name, *models[k].model))
      fmt::print(out, "note: not compared: {}\n", why);
}

}  // namespace detente::cli
