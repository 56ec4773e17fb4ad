#include "forecast/forecast.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "forecast/baselines.hpp"
#include "forecast/ensemble.hpp"
#include "forecast/sentence.hpp"
#include "hazard/clock.hpp"
#include "hazard/end_likelihood.hpp"
#include "hazard/random_terms.hpp"
#include "log/as_of.hpp"
#include "simulate/path.hpp"

namespace detente {
namespace {

constexpr double usual_lookback = 30;
constexpr const char* rupture_name = "rupture";

bool has_starts(const Model& model) {
  return std::any_of(model.hazards.begin(), model.hazards.end(),
                     [](const Hazard& hazard) { return hazard.text.kind == HazardKind::start; });
}

// Silence is simulated as quiet, tick by tick: so much of it is a slip of the date.
void check_as_of(const Record& known, Time as_of, const Ticks& tick) {
  const double ticks = tick.any() ? (as_of - time_span(known).last) / tick.length() : 0;
  if (ticks <= most_ticks_of_forecast) return;
  throw Error({.what = "the as-of date is too long after the end of the record",
               .where = {.file = "--as-of"},
               .got = fmt::format("{:.0f} ticks after {}", ticks, format_time(time_span(known).last, known.clock)),
               .expected = fmt::format("at most {} ticks of the model's clock", most_ticks_of_forecast),
               .hint = "--as-of last is the record's last day"});
}

void check_horizon(double horizon, double tick) {
  if (tick == 0 || horizon / tick <= most_ticks_of_forecast) return;
  throw Error({.what = "the horizon is too long to simulate",
               .where = {.file = "--horizon"},
               .got = fmt::format("{} ticks of {}", horizon / tick, tick),
               .expected = fmt::format("at most {} ticks of the model's clock", most_ticks_of_forecast),
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

// Of a model without a rupture hazard: one start hazard must say something.
void check_start_fits(const Fit& fit, const Record& known, const ForecastOptions& options) {
  std::string found;
  for (const HazardFit& one : fit.hazards) {
    if (one.kind != HazardKind::start) continue;
    if (one.newton.status == FitStatus::converged) return;
    found += fmt::format("{}'{}' is {}", found.empty() ? "" : ", ", one.hazard, to_string(one.newton.status));
  }
  throw Error({.what = fmt::format("no start hazard could be estimated from what was known by {}",
                                   format_time(options.as_of, known.clock)),
               .where = {.file = "--as-of"},
               .got = found,
               .expected = "a record in which a tie started between pairs at risk by then",
               .hint = "choose a later date, or pairs = \"met\" or \"all\""});
}

// The coefficients of a tie's hazard with random slopes as terms: those of its actors, or of the pair, go in.
Eigen::VectorXd coefficients_of(const HazardFit& fit, const Hazard& rupture, const Tie& tie) {
  const auto columns = static_cast<Eigen::Index>(end_columns(rupture));
  std::vector<double> slopes;
  double level = 0;
  for (std::size_t b = 0; b < fit.random.size(); ++b) {
    const RandomTerms& random = rupture.random[b];
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(random.size()));
    const Membership member = members(random.grouping, {tie.a, tie.b});
    for (std::size_t m = 0; m < member.count; ++m)
      if (const std::size_t group = place_of(fit.random[b], member.group[m]); group != no_id)
        sum += fit.random[b].estimate.row(static_cast<Eigen::Index>(group)).transpose();
    if (random.intercept) level += sum(0);
    slopes.insert(slopes.end(), sum.data() + (random.intercept ? 1 : 0), sum.data() + sum.size());
  }
  const auto more = static_cast<Eigen::Index>(slopes.size());
  Eigen::VectorXd all(fit.newton.estimate.size() + more);
  all << fit.newton.estimate.head(columns), Eigen::Map<const Eigen::VectorXd>(slopes.data(), more),
      fit.newton.estimate.tail(fit.newton.estimate.size() - columns);
  all(0) += level;
  return all;
}

// The fitted rupture rate along a tie's past, thinned to a point a week.
std::vector<std::vector<HistoryPoint>> histories(const Record& known, const Model& model, const Hazard& rupture,
                                                 const HazardFit& fit, Time end) {
  const Hazard wide = with_slopes(rupture);
  const EndLikelihood past(known, model, wide, end);
  std::vector<std::vector<HistoryPoint>> all(known.ties.size());
  std::vector<Eigen::VectorXd> theta;
  for (const Tie& tie : known.ties) theta.push_back(coefficients_of(fit, rupture, tie));
  const auto rows = past.rows();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<HistoryPoint>& history = all[rows[r].tie];
    if (!history.empty() && rows[r].from < history.back().time + curve_every) continue;
    history.push_back({rows[r].from, past.expected(r, theta[rows[r].tie]) / rows[r].exposure});
  }
  return all;
}

std::size_t events_between(const Record& record, ActorId a, ActorId b) {
  return static_cast<std::size_t>(std::count_if(record.events.begin(), record.events.end(), [&](const Event& e) {
    return (e.sender == a && e.receiver == b) || (e.sender == b && e.receiver == a);
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

// By hazard; each has its own ranks.
void rank(std::vector<StartForecast>& starts, const Record& known) {
  const auto name = [&](const StartForecast& one) {
    return std::pair(known.actors[one.pair.sender].id, known.actors[one.pair.receiver].id);
  };
  std::sort(starts.begin(), starts.end(), [&](const StartForecast& a, const StartForecast& b) {
    if (a.hazard != b.hazard) return a.hazard < b.hazard;
    return a.probability != b.probability ? a.probability > b.probability : name(a) < name(b);
  });
  for (std::size_t k = 0; k < starts.size(); ++k)
    starts[k].rank = k > 0 && starts[k].hazard == starts[k - 1].hazard ? starts[k - 1].rank + 1 : 1;
}

// What both forecasts are made of.
struct Drawn {
  const Model& model;
  Time end;  // of what is known
  const PathStart& start;
  const Memory& now;  // at the first tick after the as-of date, where the first hazard of the forecast stands
  const Ensemble& ensemble;
  std::optional<Time> since;  // changes are told since then, if at all
};

std::optional<Time> changes_since(const ForecastOptions& options, double tick) {
  if (!options.sentences) return {};
  return options.since ? *options.since : options.as_of - std::max(usual_lookback, tick);
}

Chance chance_of(const DrawnChance& drawn, std::vector<Reason> reasons) {
  Chance chance;
  chance.probability = drawn.curve.back().probability;
  chance.low = drawn.curve.back().low;
  chance.high = drawn.curve.back().high;
  chance.simulation_error = drawn.error;
  chance.curve = drawn.curve;
  chance.reasons = std::move(reasons);
  for (const Reason& reason : chance.reasons) chance.hazard_ratio *= reason.hazard_ratio;
  return chance;
}

void add_alliances(Forecast& result, const Drawn& drawn, const Hazard& rupture) {
  const Record& known = result.known;
  const HazardFit& rupture_fit = *result.fit.find(rupture_name);
  const std::vector<TieId>& ties = drawn.start.ties();
  const ReasonsInput input{known, drawn.model, rupture, rupture_fit, drawn.now, result.interval};
  const auto reasons = explain(input, ties);
  const auto past = histories(known, drawn.model, rupture, rupture_fit, drawn.end);
  const Baselines baselines(known, drawn.model, rupture, result.as_of);
  const auto changed =
      drawn.since ? changes(input, *drawn.since, ties) : std::vector<std::optional<Change>>(ties.size());
  for (std::size_t index = 0; index < ties.size(); ++index) {
    const Tie& tie = known.ties[ties[index]];
    if (!rupture.at_risk_ties[ties[index]]) continue;
    const TieEnsemble& one_drawn = drawn.ensemble.ties[index];
    AllianceForecast one{chance_of(one_drawn, reasons[index]),
                         ties[index],
                         one_drawn.other,
                         one_drawn.median,
                         past[ties[index]],
                         changed[index]};
    one.events_behind = events_between(known, tie.a, tie.b);
    one.baseline_constant = baselines.constant(result.horizon);
    one.baseline_duration = baselines.duration(drawn.start.first_tick() - tie.start, result.horizon);
    result.alliances.push_back(std::move(one));
  }
  rank(result.alliances, known);
}

// Of one start hazard.  Where it could not be estimated there is no forecast; its fit says why.
void add_starts(Forecast& result, const Drawn& drawn, std::size_t hazard_index) {
  const Hazard& hazard = drawn.model.hazards[hazard_index];
  const HazardFit& hazard_fit = result.fit.hazards[hazard_index];
  if (hazard.text.kind != HazardKind::start || hazard_fit.newton.status != FitStatus::converged) return;
  const Record& known = result.known;
  std::vector<PairSpell> pairs;
  std::vector<std::size_t> places;  // in PathStart::pairs()
  for (std::size_t index = 0; index < drawn.start.pairs().size(); ++index) {
    if (drawn.start.pairs()[index].hazard != hazard_index) continue;
    pairs.push_back(drawn.start.pairs()[index].spell);
    places.push_back(index);
  }
  const auto reasons = explain({known, drawn.model, hazard, hazard_fit, drawn.now, result.interval}, pairs);
  const Baselines baselines = Baselines::of_starts(known, drawn.model, hazard, result.as_of);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    StartForecast one{chance_of(drawn.ensemble.starts[places[k]], reasons[k]), result.start_hazards.size(),
                      pairs[k].pair, pairs[k].since};
    one.events_behind = events_between(known, one.pair.sender, one.pair.receiver);
    one.baseline_constant = baselines.constant(result.horizon);
    one.baseline_duration = baselines.duration(drawn.start.first_tick() - one.since, result.horizon);
    result.starts.push_back(std::move(one));
  }
  result.start_hazards.push_back(hazard.text);
}

}  // namespace

const Hazard& rupture_of(const Model& model, const std::string& path) {
  if (const Hazard* hazard = model.find(HazardKind::end, rupture_name)) return *hazard;
  throw Error({.what = "the model has no end hazard named 'rupture'",
               .where = {.file = path},
               .expected = "[hazards.rupture] with kind = \"end\"",
               .hint = "a forecast asks which ties end by that hazard, or which start by one of kind = \"start\""});
}

Forecast forecast(const Record& record, const ModelSpec& spec, const ForecastOptions& options) {
  require_event_by(record, options.as_of, {.file = "--as-of"}, "nothing is known yet at the as-of date");
  Forecast result;
  result.known = as_of(record, options.as_of);
  result.as_of = options.as_of;
  result.interval = options.interval;
  const Record& known = result.known;
  ModelSpec known_spec = simulated(spec);
  const std::vector<std::size_t> unknown_dyads = keep_known_dyads(known_spec, known);
  check_as_of(known, options.as_of, ticks_of(known_spec, known));
  const Time end = last_known(known.clock, options.as_of);
  CompletionOptions along{.until = end, .everybody = record.actors, .threads = options.threads};
  if (options.progress) along.progress = [&](double share) { options.progress("layers along the record", share); };
  const CoupledLayers layers = complete_record(result.known, known_spec, along);
  const Model model = bind_model(known_spec, known);
  // A model may ask for starts alone.
  const Hazard* rupture = model.find(HazardKind::end, rupture_name);
  if (rupture == nullptr && !has_starts(model)) rupture = &rupture_of(model, spec.path);
  check_horizon(options.horizon, model.memory.tick.length());
  check_baselines(model);

  FitOptions fit_options;
  fit_options.until = end;
  fit_options.threads = options.threads;
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
  if (rupture != nullptr)
    check_rupture_fit(*result.fit.find(rupture_name), known, options);
  else
    check_start_fits(result.fit, known, options);

  const PathStart start(known, model, end);
  const std::size_t ticks = horizon_ticks(options.horizon, start.tick().length());
  result.horizon = static_cast<double>(ticks) * start.tick().length();
  result.begins = start.first_tick();
  result.ends = start.ends(ticks - 1);
  result.stops = start.at(ticks);
  if (rupture != nullptr) result.endings = rupture->text.endings;
  for (const Hazard& hazard : model.hazards)
    if (hazard.text.kind == HazardKind::end)
      result.named_endings.insert(result.named_endings.end(), hazard.text.endings.begin(), hazard.text.endings.end());
  const std::size_t rupture_index =
      rupture == nullptr ? no_id : static_cast<std::size_t>(rupture - model.hazards.data());
  const Ensemble ensemble = run_ensemble(start, result.fit, rupture_index, layers, options);
  result.expected = ensemble.expected;
  result.exploded = ensemble.exploded;

  Memory now = start.memory();
  now.advance(start.first_tick());
  const Drawn drawn{model, end, start, now, ensemble, changes_since(options, model.memory.tick.length())};
  if (rupture != nullptr) add_alliances(result, drawn, *rupture);
  for (std::size_t k = 0; k < model.hazards.size(); ++k) add_starts(result, drawn, k);
  rank(result.starts, known);
  if (options.sentences) add_sentences(result);
  return result;
}

}  // namespace detente
