#include "forecast/forecast.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "forecast/baselines.hpp"
#include "forecast/ensemble.hpp"
#include "hazard/end_likelihood.hpp"
#include "log/as_of.hpp"
#include "simulate/path.hpp"

namespace detente {
namespace {

constexpr double most_ticks = 50'000;
constexpr const char* rupture_name = "rupture";

const Hazard& rupture_of(const Model& model, const std::string& path) {
  if (const Hazard* hazard = model.find(HazardKind::end, rupture_name)) return *hazard;
  throw Error({.what = "the model has no end hazard named 'rupture'",
               .where = {.file = path},
               .expected = "[hazards.rupture] with kind = \"end\"",
               .hint = "a forecast asks which ties end by that hazard"});
}

void check_as_of(const Record& record, const ForecastOptions& options) {
  if (record.events.empty() || options.as_of < std::floor(record.events.front().time))
    throw Error({.what = "nothing is known yet at the as-of date",
                 .where = {.file = "--as-of"},
                 .got = format_time(options.as_of, record.clock),
                 .expected = record.events.empty()
                                 ? "a record with events"
                                 : fmt::format("{} or later: the first event",
                                               format_time(record.events.front().time, record.clock))});
}

void check_horizon(double horizon, double tick) {
  if (horizon / tick <= most_ticks) return;
  throw Error({.what = "the horizon is too long to simulate",
               .where = {.file = "--horizon"},
               .got = fmt::format("{} ticks of {}", horizon / tick, tick),
               .expected = fmt::format("at most {} ticks of the model's clock", most_ticks),
               .hint = "a shorter horizon, or a coarser tick in the model's [clock]"});
}

void check_baselines(const Model& model) {
  for (const Hazard& hazard : model.hazards)
    if (hazard.text.kind == HazardKind::end && hazard.text.baseline == EndBaseline::cox)
      throw Error({.what = fmt::format("the hazard '{}' has baseline = \"cox\", which gives ratios of hazards and no "
                                       "probabilities",
                                       hazard.name),
                   .where = hazard.text.where,
                   .hint = "baseline = \"weibull\", \"log-logistic\" or \"piecewise\" for a forecast"});
}

// Without an estimate of how ties rupture there is nothing to forecast from.
void check_rupture_fit(const HazardFit& fit, const Record& known, const ForecastOptions& options) {
  const std::string date = format_time(options.as_of, known.clock);
  if (fit.newton.status == FitStatus::no_events)
    throw Error(
        {.what = fmt::format("no tie at risk has ruptured by {}: there is nothing to learn a rupture from", date),
         .where = {.file = "--as-of"},
         .expected = "a record with at least one rupture by then",
         .hint = "choose a later date, or look at the ties' kinds and endings: `detente check` lists them"});
  if (fit.newton.status != FitStatus::converged)
    throw Error({.what = fmt::format("the hazard 'rupture' could not be estimated from what was known by {} ({})", date,
                                     to_string(fit.newton.status)),
                 .where = {.file = "--model"},
                 .got = fit.newton.message,
                 .expected = "a fit that converges",
                 .hint = "fewer effects, or prior = 1.0 on the hazard"});
}

// The fitted rupture rate along a tie's past, thinned to a point a week.
std::vector<std::vector<HistoryPoint>> histories(const EndLikelihood& past, const Eigen::VectorXd& theta,
                                                 std::size_t ties) {
  std::vector<std::vector<HistoryPoint>> all(ties);
  const auto rows = past.rows();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<HistoryPoint>& history = all[rows[r].tie];
    if (!history.empty() && rows[r].from < history.back().time + curve_every) continue;
    history.push_back({rows[r].from, past.expected(r, theta) / rows[r].exposure});
  }
  return all;
}

std::size_t events_between(const Record& record, const Tie& tie) {
  return static_cast<std::size_t>(std::count_if(record.events.begin(), record.events.end(), [&](const Event& e) {
    return (e.sender == tie.a && e.receiver == tie.b) || (e.sender == tie.b && e.receiver == tie.a);
  }));
}

// The rows of files of dyads whose actors are known by then; how many others there were, by hazard.
std::vector<std::size_t> keep_known_dyads(ModelSpec& spec, const Record& known) {
  std::vector<std::size_t> dropped;
  for (HazardText& hazard : spec.hazards) dropped.push_back(keep_known(hazard.at_risk, known));
  return dropped;
}

void rank(std::vector<AllianceForecast>& alliances, const Record& known) {
  std::sort(alliances.begin(), alliances.end(), [&](const AllianceForecast& a, const AllianceForecast& b) {
    return a.probability != b.probability ? a.probability > b.probability : known.ties[a.tie].id < known.ties[b.tie].id;
  });
  for (std::size_t k = 0; k < alliances.size(); ++k) alliances[k].rank = k + 1;
}

}  // namespace

Forecast forecast(const Record& record, const ModelSpec& spec, const ForecastOptions& options) {
  check_as_of(record, options);
  Forecast result;
  result.known = as_of(record, options.as_of);
  result.as_of = options.as_of;
  result.interval = options.interval;
  const Record& known = result.known;
  ModelSpec known_spec = spec;
  const std::vector<std::size_t> unknown_dyads = keep_known_dyads(known_spec, known);
  const Model model = bind_model(known_spec, known);
  const Hazard& rupture = rupture_of(model, spec.path);
  check_horizon(options.horizon, model.memory.tick);
  check_baselines(model);
  // All of the as-of day has been observed.
  const Time end = known.clock == Clock::calendar ? std::floor(options.as_of) + 1 - 1e-9 : options.as_of;

  FitOptions fit_options;
  fit_options.until = end;
  fit_options.without_reference = false;
  if (options.prior) fit_options.reference = match_reference(*options.prior, known_spec, known.clock, options.discount);
  if (options.progress)
    fit_options.progress = [&](const std::string& hazard, int, double share) {
      options.progress("fit " + hazard, share);
    };
  result.fit = fit(known, model, fit_options);
  for (std::size_t k = 0; k < unknown_dyads.size(); ++k)
    if (unknown_dyads[k] > 0)
      result.fit.hazards[k].warnings.push_back(
          fmt::format("{} of {} {} an actor not known by then: left out",
                      unknown_dyads[k] == 1 ? "1 dyad" : fmt::format("{} dyads", unknown_dyads[k]),
                      model.hazards[k].risk_set.rule(), unknown_dyads[k] == 1 ? "has" : "have"));
  const HazardFit& rupture_fit = *result.fit.find(rupture_name);
  check_rupture_fit(rupture_fit, known, options);

  const PathStart start(known, model, end);
  result.horizon = static_cast<double>(horizon_ticks(options.horizon, start.tick())) * start.tick();
  result.ends = start.first_tick() + result.horizon - start.tick();
  const Ensemble ensemble = run_ensemble(start, result.fit, rupture_name, options);
  result.expected = ensemble.expected;
  result.exploded = ensemble.exploded;

  // Reasons are read at the first tick after the as-of date, where the first hazard of the forecast stands.
  Memory now = start.memory();
  now.advance(start.first_tick());
  const auto reasons = explain({known, model, rupture, rupture_fit, now, options.interval}, start.ties());
  const auto past =
      histories(EndLikelihood(known, model, rupture, end), rupture_fit.newton.estimate, known.ties.size());
  const Baselines baselines(known, rupture, options.as_of);

  for (std::size_t index = 0; index < start.ties().size(); ++index) {
    const TieId tie = start.ties()[index];
    if (!rupture.at_risk_ties[tie]) continue;
    const TieEnsemble& drawn = ensemble.ties[index];
    AllianceForecast one{.tie = tie, .reasons = reasons[index], .curve = drawn.curve, .history = past[tie]};
    one.probability = drawn.probability;
    one.low = drawn.low;
    one.high = drawn.high;
    one.probability_other_ending = drawn.other;
    one.simulation_error = drawn.error;
    one.median = drawn.median;
    for (const Reason& reason : one.reasons) one.hazard_ratio *= reason.hazard_ratio;
    one.events_behind = events_between(known, known.ties[tie]);
    one.baseline_constant = baselines.constant(result.horizon);
    one.baseline_duration = baselines.duration(options.as_of - known.ties[tie].start, result.horizon);
    result.alliances.push_back(std::move(one));
  }
  rank(result.alliances, known);
  return result;
}

}  // namespace detente
