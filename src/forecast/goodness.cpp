#include "forecast/goodness.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/quantile.hpp"
#include "estimate/diagnose.hpp"
#include "hazard/clock.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

constexpr double compared_share = 0.9;

struct Cancelled {};  // out of a fit, which has no other way to stop

// How ties end and start is as recorded: their hazards are neither needed nor fitted.
ModelSpec events_only(const ModelSpec& spec) {
  ModelSpec events = spec;
  std::erase_if(events.hazards, [](const HazardText& hazard) { return !is_of_events(hazard.kind); });
  if (events.hazards.empty())
    throw Error({.what = "the model has no hazard that makes events: there is nothing to simulate",
                 .where = {.file = spec.path},
                 .expected = "a hazard of kind = \"tie\" with timing = \"exact\", or those of kind rate and choice",
                 .hint = "for how ties end: `detente fit --residuals` or `detente backtest`"});
  return events;
}

// Both would make them, and there would be twice as many.  A rate and its choice are two steps of one act.
void refuse_shared_events(const Model& model, const Record& record) {
  for (std::size_t a = 0; a < model.hazards.size(); ++a)
    for (std::size_t b = a + 1; b < model.hazards.size(); ++b)
      for (std::size_t type = 0; type < record.types.size(); ++type)
        if (has_event_rate(model.hazards[a].text.kind) && has_event_rate(model.hazards[b].text.kind) &&
            model.hazards[a].makes_events[type] && model.hazards[b].makes_events[type])
          throw Error({.what = fmt::format("the hazards '{}' and '{}' both make events of type '{}'",
                                           model.hazards[a].name, model.hazards[b].name, record.types[type].code),
                       .where = model.hazards[b].text.where,
                       .expected = "each event made by one hazard",
                       .hint = "simulated together they would make it twice as often: compare them one at a time"});
}

// Of the events that a hazard makes, in order.
std::vector<Time> modelled_times(const Record& record, const EventMakers& makers) {
  std::vector<Time> times;
  for (std::size_t id = 0; id < record.events.size(); ++id)
    if (makers.hazard[id] != no_id) times.push_back(record.events[id].time);
  return times;
}

Time first_tick_from(const Ticks& tick, Time from) {
  const double index = tick.index(from);
  return tick.at(index) >= from ? tick.at(index) : tick.at(index + 1);
}

Time find_begin(const Ticks& tick, const Record& record, const std::vector<Time>& times,
                const std::optional<Time>& from) {
  if (times.empty() || !tick.any()) return from.value_or(0);  // the fit, or PathStart, says what is wrong
  if (!from) {
    const auto first = static_cast<std::size_t>((1 - compared_share) * static_cast<double>(times.size()));
    return tick.last(times[first]);
  }
  const Time begins = first_tick_from(tick, *from);
  if (begins > times.back() || *from < times.front())
    throw Error(
        {.what = "no events to compare, or none to begin from",
         .where = {.file = "--from"},
         .got = format_time(*from, record.clock),
         .expected = fmt::format("a date after the first modelled event, {}, and not after the last, {}",
                                 format_time(times.front(), record.clock), format_time(times.back(), record.clock))});
  return begins;
}

void check_estimates(const Fit& fit, const Model& model) {
  for (std::size_t k = 0; k < fit.hazards.size(); ++k) {
    const HazardFit& one = fit.hazards[k];
    if (one.newton.status == FitStatus::converged) continue;
    throw Error(
        {.what = fmt::format("the hazard '{}' could not be estimated ({})", one.hazard, to_string(one.newton.status)),
         .where = model.hazards[k].text.formula.where,
         .got = one.newton.message,
         .expected = "a fit that converges: there is nothing to simulate from",
         .hint = "fewer effects, or prior = 1.0 on the hazard"});
  }
}

void fit_events(Goodness& result, const Record& record, const Model& model, const GoodnessOptions& options) {
  FitOptions fitting;
  fitting.threads = options.threads;
  fitting.progress = [&](const std::string& hazard, int, double share) {
    if (options.cancelled && options.cancelled()) throw Cancelled{};
    if (options.progress) options.progress("fit " + hazard, share);
  };
  result.fit = fit(record, model, fitting);
  check_estimates(result.fit, model);
  double visits = 0;
  for (const HazardFit& one : result.fit.hazards) visits += static_cast<double>(one.events) * one.mean_at_risk;
  if (visits <= options.most_rank_visits) diagnose(record, model, fitting, {.residuals = true}, result.fit);
}

double value_of(const SummaryStatistic& statistic) { return statistic.value; }

// Of statistic `row`, where it is defined.
std::vector<double> defined_values(const std::vector<std::vector<SummaryStatistic>>& simulated, std::size_t row) {
  std::vector<double> values;
  for (const std::vector<SummaryStatistic>& one : simulated)
    if (!std::isnan(value_of(one[row]))) values.push_back(value_of(one[row]));
  return values;
}

double monte_carlo_p(double recorded, const std::vector<double>& simulated) {
  if (std::isnan(recorded) || simulated.empty()) return std::nan("");
  const auto low = std::count_if(simulated.begin(), simulated.end(), [&](double s) { return s <= recorded; });
  const auto high = std::count_if(simulated.begin(), simulated.end(), [&](double s) { return s >= recorded; });
  return std::min(1.0, 2 * static_cast<double>(1 + std::min(low, high)) / static_cast<double>(simulated.size() + 1));
}

bool leaves(const Band& band, double value) { return value < band.low95 || value > band.high95; }  // false for NaN

}  // namespace

std::size_t drop_exploded(std::vector<std::vector<SummaryStatistic>>& simulated) {
  const auto exploded = static_cast<std::size_t>(std::erase_if(simulated, [](const auto& one) { return one.empty(); }));
  if (exploded <= simulated.size()) return exploded;
  throw Error({.what = fmt::format("the simulated rates explode in {} of {} replicates: the model feeds on itself",
                                   exploded, exploded + simulated.size()),
               .where = {.file = "--model"},
               .expected = "rates that stay bounded",
               .hint = "log1p(...) or sqrt(recency(...)) in place of raw counts, or a shorter half-life"});
}

std::vector<GoodnessRow> compare_statistics(const std::vector<SummaryStatistic>& recorded,
                                            const std::vector<std::vector<SummaryStatistic>>& simulated) {
  std::vector<GoodnessRow> rows;
  for (std::size_t k = 0; k < recorded.size(); ++k) {
    const std::vector<double> values = defined_values(simulated, k);
    const Band band = band_of(values);
    rows.push_back({recorded[k].group, recorded[k].name, recorded[k].value, band, values.size(),
                    monte_carlo_p(recorded[k].value, values), leaves(band, recorded[k].value)});
  }
  return rows;
}

OutsideCount count_outside(const std::vector<GoodnessRow>& rows,
                           const std::vector<std::vector<SummaryStatistic>>& simulated) {
  OutsideCount count;
  for (const GoodnessRow& row : rows) count.recorded += row.outside ? 1 : 0;
  std::vector<double> outside;
  for (const std::vector<SummaryStatistic>& one : simulated) {
    std::size_t number = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) number += leaves(rows[k].simulated, one[k].value) ? 1 : 0;
    outside.push_back(static_cast<double>(number));
    count.chance_mean += static_cast<double>(number) / static_cast<double>(simulated.size());
  }
  std::sort(outside.begin(), outside.end());
  if (!outside.empty()) count.chance_high = quantile(outside, 0.95);
  return count;
}

Goodness goodness_of_fit(const Record& record, const ModelSpec& spec, const GoodnessOptions& options) {
  const ModelSpec events = simulated(events_only(spec));
  Record whole = record;
  (void)complete_record(whole, events, {.until = known_until(record), .threads = options.threads});
  const Model model = bind_model(events, whole);
  refuse_shared_events(model, record);
  const EventMakers makers = find_makers(whole, model);
  const std::vector<Time> modelled = modelled_times(record, makers);
  Goodness result;
  result.begins = find_begin(model.memory.tick, record, modelled, options.from);
  result.ends = last_known(record.clock, time_span(record).last);

  // The record as layers leave it at the first tick: from there on they run with the simulated events.
  const Time known = std::nextafter(result.begins, always);
  Record past = record;
  const CoupledLayers layers = complete_record(past, events, {.until = known, .threads = options.threads});
  const Model past_model = bind_model(events, past);
  const PathStart start(past, past_model, known);  // before the fit: it says at once what cannot be simulated
  try {
    fit_events(result, whole, model, options);
  } catch (const Cancelled&) {
    result.cancelled = true;
    return result;
  }

  const SummaryPlan plan = plan_summary(record, model, makers, result.begins, result.ends);
  const EventSummary recorded = summarize_recorded(plan, record, makers, result.begins, result.ends);
  result.grain = plan.grain;
  result.compared = recorded.events();
  result.before = modelled.size() - result.compared;
  result.given = record.events.size() - modelled.size();
  result.not_at_risk = makers.not_at_risk;
  const Coefficients estimated = estimated_coefficients(result.fit);
  const auto theta = [&](std::uint32_t replicate) {  // draws 2n are independent: their antithetic ones are left out
    return options.drawn ? draw_coefficients(result.fit, options.seed, 2 * replicate) : estimated;
  };
  auto simulated =
      simulate_statistics({start, plan, makers, result.ends, layers, theta, 50 * recorded.events() + 1000}, options);
  result.cancelled = options.cancelled && options.cancelled();
  if (result.cancelled) return result;
  result.exploded = drop_exploded(simulated);
  result.replicates = simulated.size();
  result.rows = compare_statistics(recorded.statistics(), simulated);
  result.outside = count_outside(result.rows, simulated);
  return result;
}

}  // namespace detente
