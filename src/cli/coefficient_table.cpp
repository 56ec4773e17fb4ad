#include "cli/coefficient_table.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include <fmt/ostream.h>

#include "cli/random_effects_table.hpp"

namespace detente::cli {
namespace {

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string by_mark(const HazardFit& fit) {
  std::string text;
  for (const MarkCount& mark : fit.marks)
    text += fmt::format("{}{} {}", text.empty() ? ": " : ", ", mark.events, mark.name);
  return text;
}

std::string title(const HazardFit& fit) {
  const std::string behind = fit.kind == HazardKind::end
                                 ? fmt::format("{} of {}", counted(fit.events, "ending"), counted(fit.units, "tie"))
                             : fit.kind == HazardKind::start
                                 ? fmt::format("{} in {}", counted(fit.events, "start"), counted(fit.units, "pair"))
                                 : counted(fit.events, "event") + by_mark(fit);
  const bool timed = fit.kind == HazardKind::tie || fit.kind == HazardKind::rate;
  const std::string kind =
      timed ? fmt::format("{}, {}", to_string(fit.kind), fit.timing == Timing::exact ? "exact" : "ordinal")
            : to_string(fit.kind);
  const std::string evaluation =
      fit.sampling
          ? fmt::format("sampled: {} per event, {}, seed {}", counted(fit.sampling->sampling.controls, "control"),
                        to_string(fit.sampling->sampling.design), fit.sampling->seed)
          : fit.evaluation;
  const bool restricted = !fit.at_risk.empty() && fit.at_risk != "all";
  const bool choice = fit.kind == HazardKind::choice;
  const char* what = fit.kind == HazardKind::rate ? "senders"
                     : !fit.directed              ? "pairs"
                     : choice                     ? "receivers"
                                                  : "dyads";
  const std::string at_risk =
      fit.mean_at_risk > 0 ? fmt::format("; {:.1f} {} at risk on average", fit.mean_at_risk, what) : "";
  return fmt::format("{} ({}{}{}; {}{}; {})", fit.hazard, kind, fit.directed ? "" : "; undirected",
                     restricted ? fmt::format("; at risk: {}", fit.at_risk) : "", behind, at_risk, evaluation);
}

std::string cell(double value) {
  if (std::isinf(value)) return "unbounded";
  if (std::isnan(value)) return "-";
  const double size = std::abs(value);
  return size != 0 && (size < 5e-4 || size >= 1e7) ? fmt::format("{:.2e}", value) : fmt::format("{:.4f}", value);
}

// Columns beside estimate, standard error and Wald interval, where diagnose() was asked for them.
struct Extra {
  explicit Extra(const HazardFit& fit) : robust(fit.robust_covariance.has_value()), profile(!fit.profile.empty()) {}

  [[nodiscard]] std::string header() const {
    return (robust ? fmt::format("  {:>9}", "robust") : "") +
           (profile ? fmt::format("  {:>11}  {:>9}", "profile low", "high") : "");
  }

  [[nodiscard]] std::string row(const HazardFit& fit, std::size_t p) const {
    const auto k = static_cast<Eigen::Index>(p);
    std::string text = robust ? fmt::format("  {:>9}", cell(std::sqrt((*fit.robust_covariance)(k, k)))) : "";
    const ProfileInterval* interval = fit.profile_of(p);
    if (interval != nullptr) text += fmt::format("  {:>11}  {:>9}", cell(interval->low), cell(interval->high));
    return text;
  }

  bool robust;
  bool profile;
};

}  // namespace

namespace {

// From when to when, who may act since when, and how many were at risk.
void print_observed(const Fit& fit, const Record& record, std::ostream& out) {
  const ObservedTime& seen = fit.observed;
  std::string present;
  const auto add = [&](std::size_t count, const char* since) {
    if (count > 0) present += fmt::format("{}{} {}", present.empty() ? "" : ", ", count, since);
  };
  add(seen.from_the_start, "from the start");
  add(seen.from_first_event, "from their first event or tie");
  add(seen.as_recorded, "as the record says");
  fmt::print(out, "observed from {} to {}; actors present: {}\n", format_time(seen.from, record.clock),
             format_time(seen.until, record.clock), present.empty() ? "none" : present);
  for (const std::string& note : fit.notes) fmt::print(out, "note: {}\n", note);
}

// What exp(baseline) is a rate of.  A choice among others has none; that of a Weibull or log-logistic hazard
// changes with age.
void print_unit(const HazardFit& fit, const Record& record, std::ostream& out) {
  const bool moves_with_age = std::find(fit.names.begin(), fit.names.end(), "log shape") != fit.names.end();
  if (fit.baselines() == 0 || moves_with_age) return;
  const char* whose = fit.kind == HazardKind::end     ? "tie in force"
                      : fit.kind == HazardKind::start ? "pair at risk"
                      : fit.kind == HazardKind::rate  ? "actor"
                      : fit.directed                  ? "dyad"
                                                      : "pair";
  fmt::print(
      out,
      "  exp(baseline): a rate of one {} per {}, where all effects are 0; the other exp(est.) are ratios of hazards\n",
      whose, record.clock == Clock::calendar ? "day" : "unit of time");
}

}  // namespace

void print_fit(const Fit& fit, const Record& record, double level, std::ostream& out) {
  print_observed(fit, record, out);
  const double z = normal_quantile_two_sided(level);
  for (const HazardFit& one : fit.hazards) {
    std::size_t width = 8;
    for (const std::string& name : one.names) width = std::max(width, name.size());
    fmt::print(out, "{}\n", title(one));
    const Extra extra(one);
    fmt::print(out, "  {:<{}}  {:>10}  {:>9}  {:>9}  {:>9}  {:>10}  {:>9}  {:>9}{}\n", "effect", width, "estimate",
               "std.error", fmt::format("{:g} % low", 100 * level), "high", "exp(est.)", "low", "high", extra.header());
    const bool usable = std::isfinite(one.newton.log_likelihood) && one.newton.status != FitStatus::rank_deficient &&
                        one.newton.status != FitStatus::no_events;
    for (std::size_t p = 0; p < one.names.size() && usable; ++p) {
      const double estimate = one.newton.estimate(static_cast<Eigen::Index>(p));
      const double error = one.standard_error(p);
      fmt::print(out, "  {:<{}}  {:>10.4f}  {:>9}  {:>9}  {:>9}  {:>10}  {:>9}  {:>9}{}\n", one.names[p], width,
                 estimate, cell(error), cell(estimate - z * error), cell(estimate + z * error),
                 cell(std::exp(estimate)), cell(std::exp(estimate - z * error)), cell(std::exp(estimate + z * error)),
                 extra.row(one, p));
    }
    if (usable) print_unit(one, record, out);
    print_random_effects(one, record, level, out);
    if (std::isfinite(one.newton.log_likelihood))
      fmt::print(out, "  {}: log-likelihood {:.4f}, AIC {:.2f}, {} iterations\n", to_string(one.newton.status),
                 one.newton.log_likelihood, one.aic, one.newton.iterations);
    else
      fmt::print(out, "  {}\n", to_string(one.newton.status));
    if (!one.random.empty())
      fmt::print(out, "  the log-likelihood is Laplace's marginal one; without coefficients by actor or pair: {:.4f}\n",
                 one.fixed_log_likelihood);
    if (!one.newton.message.empty()) fmt::print(out, "  {}\n", one.newton.message);
    for (const std::string& warning : one.warnings) fmt::print(out, "  note: {}\n", warning);
  }
}

}  // namespace detente::cli
