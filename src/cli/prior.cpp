#include "cli/prior.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/common.hpp"
#include "io/prior_file.hpp"

#ifndef DETENTE_VERSION
#define DETENTE_VERSION "unknown"
#endif

namespace detente::cli {
namespace {

std::optional<double> number_in(const std::string& text) {
  if (const auto time = parse_time(text, Clock::number)) return time->time;
  return std::nullopt;
}

// A file has any name but that of a number.
std::string number_above_zero(const std::string& text) { return number_in(text) ? above_zero(text) : ""; }

}  // namespace

void add_prior(CLI::App& command, PriorArguments& arguments, const char* help) {
  auto* prior = command.add_option("--prior", arguments.prior, help)->check(number_above_zero);
  command
      .add_option("--discount", arguments.discount,
                  "With a prior file: what it weighs against as many events of the record's own")
      ->check(finite_range(1e-6, 1.0))
      ->capture_default_str()
      ->needs(prior);
}

double prior_scale(const PriorArguments& arguments) { return number_in(arguments.prior).value_or(0); }

std::optional<ReferencePrior> read_reference(const PriorArguments& arguments) {
  if (arguments.prior.empty() || prior_scale(arguments) > 0) return std::nullopt;
  return read_prior(arguments.prior);
}

std::vector<MatchedPrior> match(const std::optional<ReferencePrior>& prior, const ModelSpec& spec, Clock clock,
                                double discount) {
  if (!prior) return {};
  return match_reference(*prior, spec, clock, discount);
}

std::string saved_prior(const Fit& fit, const ModelSpec& spec, const LoadedRecord& loaded,
                        const std::string& command_line) {
  ReferencePrior prior = make_reference(fit, spec, loaded.record.clock);
  if (prior.hazards.empty())
    throw Error({.what = "nothing to save: no hazard with effects converged",
                 .where = {.file = "--save"},
                 .got = fit.status()});
  prior.version = DETENTE_VERSION;
  prior.command = command_line;
  prior.record = loaded.path;
  return prior_text(prior);
}

void print_reference(const Fit& fit, std::ostream& out) {
  for (const HazardFit& one : fit.hazards) {
    if (!one.reference) continue;
    const ReferenceUse& use = *one.reference;
    std::size_t width = 6;
    for (const std::string& name : use.from.names) width = std::max(width, name.size());
    fmt::print(out, "\nprior of {}: from '{}', {} events; discount {:g}, weight {:.3g} of its information\n",
               one.hazard, use.from.reference, use.from.events, use.from.discount, use.weight);
    fmt::print(out, "  {:<{}}  {:>8}  {:>9}  {:>10}  {:>8}  {:>8}  {:>9}  {:>6}\n", "effect", width, "without",
               "std.error", "prior mean", "std.dev.", "with", "std.error", "share");
    const auto cell = [](double value) { return std::isfinite(value) ? fmt::format("{:.4f}", value) : "-"; };
    for (const ReferenceUse::Effect& effect : use.effects)
      fmt::print(out, "  {:<{}}  {:>8}  {:>9}  {:>10}  {:>8}  {:>8}  {:>9}  {:>4.0f} %\n",
                 one.names[effect.coefficient], width, cell(effect.without), cell(effect.without_error),
                 cell(effect.mean), cell(effect.deviation),
                 cell(one.newton.estimate(static_cast<Eigen::Index>(effect.coefficient))),
                 cell(one.standard_error(effect.coefficient)), 100 * effect.share);
  }
}

}  // namespace detente::cli
