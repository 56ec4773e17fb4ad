#include "estimate/fit.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "estimate/known_values.hpp"
#include "estimate/random_fit.hpp"
#include "estimate/separation.hpp"
#include "estimate/thin_start.hpp"
#include "hazard/coordination_likelihood.hpp"
#include "hazard/marks.hpp"
#include "hazard/observed_covariates.hpp"

namespace detente {
namespace {

constexpr double few_events_per_coefficient = 5;
constexpr double worrying_drift = 1e-8;
constexpr double worrying_bound = 1e-2;  // of the log-likelihood, by its integral

std::vector<double> prior_scales(const Hazard& hazard, const std::vector<std::string>& names) {
  std::vector<double> scales(names.size(), hazard.text.prior_scale);
  for (std::size_t p = 0; p < names.size(); ++p)
    if (is_baseline(names[p]) || names[p] == "log scale") scales[p] = 0;
  return scales;
}

// The prior of a reference class, once the hazard's coefficients and events are known.
void begin_reference(HazardFit& fit, const FitOptions& options) {
  for (const MatchedPrior& one : options.reference) {
    if (one.hazard != fit.hazard) continue;
    if (!one.names.empty()) fit.reference = use_reference(one, fit.names, fit.events);
    if (std::string note = unmatched_note(one); !note.empty()) fit.warnings.push_back(std::move(note));
  }
}

// Maximizes with all priors, and without that of a reference class to show what it did.
void estimate(HazardFit& fit, NewtonOptions newton, const FitOptions& options,
              const std::function<NewtonResult(const NewtonOptions&)>& run) {
  fit.newton = run(newton);
  if (!fit.reference) return;
  newton.prior.reset();
  std::optional<NewtonResult> without;
  if (options.without_reference) without = run(newton);
  add_effect_of_prior(*fit.reference, fit.newton, without ? &*without : nullptr);
}

void add_criteria(HazardFit& fit) {
  const auto p = static_cast<double>(fit.parameters());
  const auto n = static_cast<double>(fit.events);
  fit.aic = 2 * p - 2 * fit.newton.log_likelihood;
  fit.aicc = n > p + 1 ? fit.aic + 2 * p * (p + 1) / (n - p - 1) : std::nan("");
  fit.bic = n > 0 ? p * std::log(n) - 2 * fit.newton.log_likelihood : std::nan("");
}

void add_warnings(HazardFit& fit, const Hazard& hazard) {
  fit.warnings.insert(fit.warnings.end(), fit.newton.warnings.begin(), fit.newton.warnings.end());
  const auto separate = static_cast<std::size_t>(std::count(hazard.by_mark.begin(), hazard.by_mark.end(), true));
  const std::size_t effects = hazard.terms.size() + separate * (std::max<std::size_t>(1, hazard.marks.size()) - 1);
  const auto events = static_cast<double>(fit.events);
  if (fit.newton.status == FitStatus::converged && effects > 0 &&
      events < few_events_per_coefficient * static_cast<double>(effects))
    fit.warnings.push_back(fmt::format("{} event{} for {} effects: estimates rest on little{}", fit.events,
                                       fit.events == 1 ? "" : "s", effects,
                                       hazard.text.prior_scale > 0 || fit.reference ? " and lean on the prior" : ""));
  const bool could_factor = is_of_events(fit.kind) && !hazard.coordinates() && !fit.sampling;
  if (const auto blocked = hazard.blocked_terms(); !blocked.empty() && could_factor)
    fit.warnings.push_back(fmt::format("{} not factor: all dyads at risk are visited at every event, {:.0f} on average",
                                       blocked.size() == 1 ? fmt::format("'{}' does", blocked.front())
                                                           : fmt::format("'{}' do", fmt::join(blocked, "', '")),
                                       fit.mean_at_risk));
  if (fit.drift > worrying_drift)
    fit.warnings.push_back(fmt::format(
        "sums kept event by event drifted by {:.1e} before they were made anew; --evaluation blocked keeps none",
        fit.drift));
}

void warn_of_events(HazardFit& fit, std::size_t count, const std::string& outside) {
  if (count == 0) return;
  fit.warnings.push_back(fmt::format("{} outside {}: remembered, but not in the likelihood",
                                     count == 1 ? "1 event lies" : fmt::format("{} events lie", count), outside));
}

void no_events(HazardFit& fit, const Eigen::VectorXd& start) {
  const Eigen::Index p = start.size();
  fit.newton.status = FitStatus::no_events;
  if (fit.newton.message.empty())
    fit.newton.message =
        fmt::format("the record has no event for the hazard '{}': nothing can be estimated", fit.hazard);
  fit.newton.estimate = start;
  fit.newton.covariance = Eigen::MatrixXd::Constant(p, p, std::nan(""));
}

template <class EventLikelihood>
void no_events_at_risk(HazardFit& fit, const EventLikelihood& likelihood) {
  if (likelihood.outside_risk_set() > 0)
    fit.newton.message = fmt::format("no event of the hazard '{}' has a dyad at risk ({}): nothing can be estimated",
                                     fit.hazard, fit.at_risk);
  no_events(fit, likelihood.start());
}

// On a long record a sample of risk sets tells where to begin: full passes are then few.
Eigen::VectorXd sampled_start(TieLikelihood& likelihood) {
  Eigen::VectorXd plain = likelihood.start();
  const StartSample sample = likelihood.take_sample();
  if (sample.empty()) return plain;
  NewtonOptions rough;
  rough.tolerance = 1e-4;
  rough.max_iterations = 25;
  return thin_start([&](const Eigen::VectorXd& theta) { return sample(theta); }, plain, likelihood.names(), rough);
}

// What a likelihood of events, full or sampled, is a likelihood of.
template <class EventLikelihood>
HazardFit begin_fit(const Hazard& hazard, const EventLikelihood& likelihood) {
  HazardFit fit{
      .hazard = hazard.name, .kind = hazard.text.kind, .timing = hazard.text.timing, .names = likelihood.names()};
  fit.events = likelihood.events();
  fit.at_risk = hazard.risk_set.rule();
  fit.directed = hazard.risk_set.directed();
  warn_of_events(fit, likelihood.outside_lifetime(), "their actors' lifetimes");
  warn_of_events(fit, likelihood.outside_risk_set(), fmt::format("the risk set ({})", fit.at_risk));
  return fit;
}

// Progress of the pass that `pass` counts; empty where nobody asked for it.  Both must outlive it.
std::function<void(std::size_t)> progress_of(const Record& record, const Hazard& hazard, const FitOptions& options,
                                             const int& pass) {
  if (!options.progress) return {};
  const auto total = static_cast<double>(std::max<std::size_t>(1, record.events.size()));
  return [&hazard, &options, &pass, total](std::size_t done) {
    options.progress(hazard.name, pass, static_cast<double>(done) / total);
  };
}

void explain_run_away(HazardFit& fit, const Record& record, const Model& model, const Hazard& hazard,
                      const FitOptions& options) {
  if (const auto& run_away = fit.newton.run_away)
    fit.newton.message = separation_message(
        fit.names[run_away->coefficient], run_away->direction,
        explain_separation(record, model, hazard, {options.evaluation, options.first, options.until, false}, *run_away,
                           options.events_file));
}

HazardFit fit_tie(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options) {
  int pass = 0;
  TieLikelihood likelihood(record, model, hazard,
                           {options.evaluation, options.first, options.until, options.threads, 0,
                            progress_of(record, hazard, options, pass)});
  HazardFit fit = begin_fit(hazard, likelihood);
  fit.evaluation = likelihood.factorised() ? "factorised" : "blocked";
  fit.mean_at_risk = likelihood.mean_at_risk();
  if (fit.events == 0) {
    no_events_at_risk(fit, likelihood);
    return fit;
  }
  for (std::size_t mark = 0; mark < hazard.marks.size(); ++mark)
    fit.marks.push_back({hazard.marks[mark].name, likelihood.events_of_mark()[mark]});
  for (const MarkCount& mark : fit.marks) {
    if (mark.events > 0) continue;
    fit.newton.message = fmt::format("the record has no event of the mark '{}' for the hazard '{}': leave the mark out",
                                     mark.name, fit.hazard);
    no_events(fit, likelihood.start());
    return fit;
  }
  const Eigen::VectorXd start = sampled_start(likelihood);
  const LikelihoodFunction counted = [&](const Eigen::VectorXd& theta) {
    ++pass;
    return likelihood(theta);
  };
  fit.start = start == likelihood.start() ? "zero" : "sampled";
  begin_reference(fit, options);
  NewtonOptions newton = newton_options(hazard, fit);
  newton.observed = [&] { return extreme_covariates(record, model, hazard, options.first, options.until); };
  estimate(fit, newton, options, [&](const NewtonOptions& with) {
    NewtonResult found = maximize(counted, start, fit.names, with);
    const bool misled = fit.start == "sampled" && found.iterations == 0 && found.status != FitStatus::converged;
    if (!misled) return found;
    fit.start = "zero";
    return maximize(counted, likelihood.start(), fit.names, with);
  });
  fit.drift = likelihood.drift();
  if (likelihood.integral_bound() > worrying_bound)
    fit.warnings.push_back(
        fmt::format("the hazard fades between moments: its integral, and with it the log-likelihood, may be off by "
                    "{:.1e}; a tick in "
                    "[clock] makes it a sum",
                    likelihood.integral_bound()));
  explain_run_away(fit, record, model, hazard, options);
  return fit;
}

// Of choices without direction.
HazardFit fit_coordination(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options) {
  int pass = 0;
  const CoordinationLikelihood likelihood(record, model, hazard,
                                          {options.first, options.until, progress_of(record, hazard, options, pass)});
  HazardFit fit = begin_fit(hazard, likelihood);
  fit.evaluation = "blocked";
  fit.mean_at_risk = likelihood.mean_at_risk();
  if (fit.events == 0) {
    no_events_at_risk(fit, likelihood);
    return fit;
  }
  fit.start = "zero";
  begin_reference(fit, options);
  NewtonOptions newton = newton_options(hazard, fit);
  newton.observed = [&] { return extreme_covariates(record, model, hazard, options.first, options.until); };
  const LikelihoodFunction counted = [&](const Eigen::VectorXd& theta) {
    ++pass;
    return likelihood(theta);
  };
  estimate(fit, newton, options,
           [&](const NewtonOptions& with) { return maximize(counted, likelihood.start(), fit.names, with); });
  explain_run_away(fit, record, model, hazard, options);
  return fit;
}

HazardFit fit_sampled(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options) {
  int pass = 1;
  CaseControlOptions sampled{.seed = options.seed, .first = options.first, .until = options.until};
  sampled.threads = options.threads;
  sampled.progress = progress_of(record, hazard, options, pass);
  const CaseControlLikelihood likelihood(record, model, hazard, sampled);
  HazardFit fit = begin_fit(hazard, likelihood);
  fit.evaluation = "sampled";
  if (fit.events == 0) {
    no_events(fit, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(fit.names.size())));
  } else {
    begin_reference(fit, options);
    estimate(fit, newton_options(hazard, fit), options,
             [&](const NewtonOptions& with) { return estimate_sampled(likelihood, with, [&] { ++pass; }); });
  }
  ++pass;
  fit.sampling = report_sampling(likelihood, fit.newton);
  for (std::string& warning : sampling_warnings(*fit.sampling, fit.newton, fit.names))
    fit.warnings.push_back(std::move(warning));
  return fit;
}

// Ties of the hazard's kinds that were never at risk are in no number of the fit: they are named.
void warn_of_ties_left_out(HazardFit& fit, const EndLikelihood& likelihood, const Model& model, const Record& record) {
  const EndLikelihood::NeverAtRisk& left_out = likelihood.never_at_risk();
  const std::size_t all = likelihood.ties() + left_out.too_short + left_out.at_the_end;
  const auto of_all = [&](std::size_t count) { return fmt::format("{} of {} ties", count, all); };
  const Ticks& tick = model.memory.tick;
  if (left_out.too_short > 0)
    fit.warnings.push_back(fmt::format(
        "{} begin and end {} and were never at risk, {} of them by an ending of this hazard{}",
        of_all(left_out.too_short),
        tick.any() ? fmt::format("within one tick of {}", describe_length(tick.length(), unit_of(record)))
                   : std::string("at one moment"),
        left_out.endings, tick.any() ? ": a shorter tick in [clock] counts those that last longer than it" : ""));
  if (left_out.at_the_end > 0)
    fit.warnings.push_back(fmt::format("{} begin when observation ends, or end before it begins: never at risk",
                                       of_all(left_out.at_the_end)));
}

// Of ties that end or start.
template <class Episodes>
HazardFit fit_episodes(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options) {
  const Time until = options.until == never ? time_span(record).last : options.until;
  const Episodes likelihood(record, model, hazard, until);
  HazardFit fit{.hazard = hazard.name, .kind = hazard.text.kind, .timing = Timing::exact, .names = likelihood.names()};
  fit.events = likelihood.events();
  fit.units = likelihood.units();
  fit.evaluation = "episodes";
  if constexpr (std::is_same_v<Episodes, EndLikelihood>) warn_of_ties_left_out(fit, likelihood, model, record);
  if (hazard.text.kind == HazardKind::start) fit.at_risk = to_string(hazard.text.pairs);
  if (fit.events == 0) {
    no_events(fit, likelihood.start());
    return fit;
  }
  fit.start = "zero";
  begin_reference(fit, options);
  NewtonOptions newton = newton_options(hazard, fit);
  newton.observed = [&] { return extreme_covariates(likelihood); };
  const LikelihoodFunction function = [&](const Eigen::VectorXd& theta) { return likelihood(theta); };
  const Eigen::VectorXd start = likelihood.start();
  estimate(fit, newton, options, [&](const NewtonOptions& with) { return maximize(function, start, fit.names, with); });
  fit.concordance = likelihood.concordance(fit.newton.estimate);
  if (const auto& run_away = fit.newton.run_away)
    fit.newton.message = separation_message(fit.names[run_away->coefficient], run_away->direction,
                                            explain_separation(record, likelihood, *run_away));
  return fit;
}

// What stands for values that nobody recorded, counted, in the hazards that read them.
void warn_of_filled(HazardFit& fit, const Record& record, const Hazard& hazard) {
  std::vector<AttributeId> read;
  for (const Term& term : hazard.terms) term.attributes(read);
  std::sort(read.begin(), read.end());
  read.erase(std::unique(read.begin(), read.end()), read.end());
  for (const AttributeId id : read) {
    if (id == 0) continue;  // kinds are always known
    const Attribute& attribute = record.attributes[id - 1];
    if (attribute.filled > 0)
      fit.warnings.push_back(
          fmt::format("'{}' was not known of {} of {} actors when they entered: [missing] says what stands for it",
                      attribute.name, attribute.filled, record.actors.size()));
  }
}

HazardFit fit_one(const Record& record, const Model& model, const Hazard& hazard, const FitOptions& options) {
  if (hazard.coordinates()) return fit_coordination(record, model, hazard, options);
  switch (hazard.text.kind) {
    case HazardKind::end: return fit_episodes<EndLikelihood>(record, model, hazard, options);
    case HazardKind::start: return fit_episodes<StartLikelihood>(record, model, hazard, options);
    case HazardKind::tie:
    case HazardKind::rate:
    case HazardKind::choice: break;
  }
  return hazard.text.sampling.controls > 0 ? fit_sampled(record, model, hazard, options)
                                           : fit_tie(record, model, hazard, options);
}

}  // namespace

NewtonOptions newton_options(const Hazard& hazard, const HazardFit& fit) {
  NewtonOptions options;
  options.prior_scale = prior_scales(hazard, fit.names);
  if (fit.reference) options.prior = fit.reference->prior;
  switch (fit.kind) {
    case HazardKind::end: options.unit = "tie"; break;
    case HazardKind::start: options.unit = "pair"; break;
    case HazardKind::rate: options.unit = "sender"; break;
    case HazardKind::choice: options.unit = hazard.coordinates() ? "pair" : "receiver"; break;
    case HazardKind::tie: break;
  }
  return options;
}

std::size_t HazardFit::parameters() const {
  std::size_t count = names.size();
  for (const RandomEffects& effects : random) {
    const std::size_t q = effects.terms.size();
    count += effects.correlated ? q * (q + 1) / 2 : q;
  }
  return count;
}

const ProfileInterval* HazardFit::profile_of(std::size_t p) const {
  const auto found =
      std::find_if(profile.begin(), profile.end(), [&](const ProfileInterval& one) { return one.coefficient == p; });
  return found == profile.end() ? nullptr : &*found;
}

std::size_t HazardFit::baselines() const {
  if (timing == Timing::ordinal) return 0;
  return static_cast<std::size_t>(std::count_if(names.begin(), names.end(), is_baseline));
}

const HazardFit* Fit::find(const std::string& hazard) const {
  const auto found =
      std::find_if(hazards.begin(), hazards.end(), [&](const HazardFit& f) { return f.hazard == hazard; });
  return found == hazards.end() ? nullptr : &*found;
}

double Fit::log_likelihood() const {
  double sum = 0;
  for (const HazardFit& fit : hazards) sum += fit.newton.log_likelihood;
  return sum;
}

std::string Fit::status() const {
  for (const HazardFit& fit : hazards)
    if (fit.newton.status != FitStatus::converged) return to_string(fit.newton.status);
  return to_string(FitStatus::converged);
}

namespace {

ObservedTime observed(const Record& record, const FitOptions& options) {
  ObservedTime seen{.from = observation_start(record),
                    .until = options.until == never ? time_span(record).last : options.until};
  for (const Actor& actor : record.actors) {
    if (actor.enters == never) continue;
    const bool declared = actor.enters_declared && actor.enters > seen.from;
    const bool from_the_start = actor.enters == always || (actor.enters_declared && !declared);
    std::size_t& count = from_the_start ? seen.from_the_start : declared ? seen.as_recorded : seen.from_first_event;
    ++count;
  }
  return seen;
}

// A start that makes the record wait longer than its own length is an oversight more often than not: times counted from
// 1970, say, and observation from 0.
std::string waits_long(const Record& record, const ObservedTime& seen) {
  const Span span = time_span(record);
  if (!(span.first - seen.from > std::max(span.last - span.first, 0.0)) || record.events.size() < 2) return {};
  return fmt::format(
      "observation begins {}, and nothing happens before {}: the record waits longer for its first event than it lasts",
      format_time(seen.from, record.clock), format_time(span.first, record.clock));
}

}  // namespace

Fit fit(const Record& record, const Model& model, const FitOptions& options) {
  require_known_values(record, model, options.until);
  Fit result;
  result.observed = observed(record, options);
  for (std::string note : {model.clock_note, waits_long(record, result.observed)})
    if (!note.empty()) result.notes.push_back(std::move(note));
  for (const Hazard& hazard : model.hazards) {
    HazardFit one = fit_one(record, model, hazard, options);
    add_random_effects(record, model, hazard, options, one);
    add_criteria(one);
    add_warnings(one, hazard);
    warn_of_filled(one, record, hazard);
    result.hazards.push_back(std::move(one));
  }
  return result;
}

}  // namespace detente
