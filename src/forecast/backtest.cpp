#include "forecast/backtest.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "hazard/clock.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

constexpr std::size_t ruptures_to_begin_with = 5;

// Origins once a few ruptures are known, or half of those there are.
Time default_from(const Record& record, const Hazard& rupture) {
  std::vector<Time> times;
  for (TieId id = 0; id < record.ties.size(); ++id)
    if (rupture.makes_endings[id]) times.push_back(record.ties[id].end);
  std::sort(times.begin(), times.end());
  if (times.empty()) return never;
  const std::size_t wanted = std::min(ruptures_to_begin_with, (times.size() + 1) / 2);
  return std::floor(times[wanted - 1]) + 1;
}

// Where the actors and ties of a masked record stand in the whole one.
struct Places {
  explicit Places(const Record& record) {
    for (TieId id = 0; id < record.ties.size(); ++id) ties.emplace(record.ties[id].id, id);
    for (ActorId id = 0; id < record.actors.size(); ++id) actors.emplace(record.actors[id].id, id);
  }
  [[nodiscard]] Dyad pair(const Record& known, ActorId a, ActorId b) const {
    return {actors.at(known.actors[a].id), actors.at(known.actors[b].id)};
  }
  std::map<std::string, TieId> ties;
  std::map<std::string, ActorId> actors;
};

// What one origin gives: forecasts by hazard, or why there are none.
struct AtOrigin {
  std::vector<BacktestForecast> ruptures{};
  std::map<std::string, std::vector<BacktestForecast>> starts{};
  std::optional<Problem> refused{};
};

BacktestForecast row(Time origin, Dyad pair, TieId tie, const Chance& chance, std::size_t at_risk,
                     const Outcome& outcome) {
  return {origin,
          pair,
          tie,
          chance.probability,
          chance.low,
          chance.high,
          chance.baseline_constant,
          chance.baseline_duration,
          chance.rank,
          at_risk,
          outcome.what == "rupture" || outcome.what == "started",
          outcome.what,
          outcome.time};
}

AtOrigin forecast_at(const Record& record, const ModelSpec& model, const ForecastOptions& options, Time origin,
                     const Places& places) {
  ForecastOptions now = options;
  now.sentences = false;
  now.as_of = known_to(record.clock, origin);
  now.threads = 1;
  AtOrigin result;
  try {
    const Forecast made = forecast(record, model, now);
    const Outcomes outcomes = look_up_outcomes(record, made);
    const Record& known = made.known;
    if (!outcomes.known) result.refused = {.what = "the record ends before the horizon does"};
    for (const Outcome& outcome : outcomes.alliances) {
      const AllianceForecast& one = made.alliances[outcome.index];
      const Tie& tie = known.ties[one.tie];
      result.ruptures.push_back(
          row(origin, places.pair(known, tie.a, tie.b), places.ties.at(tie.id), one, made.alliances.size(), outcome));
    }
    for (std::size_t k = 0; k < outcomes.starts.size(); ++k)
      for (const Outcome& outcome : outcomes.starts[k].pairs) {
        const StartForecast& one = made.starts[outcome.index];
        result.starts[made.start_hazards[k].name].push_back(row(origin,
                                                                places.pair(known, one.pair.sender, one.pair.receiver),
                                                                no_id, one, outcomes.starts[k].pairs.size(), outcome));
      }
  } catch (const Error& error) { result.refused = error.problem(); }
  return result;
}

void judge(Track& track, const BootstrapOptions& options) {
  const std::vector<Scored> all = scored(track.forecasts);
  track.scores = score(all);
  track.bands = bootstrap(all, options);
  track.calibration = calibration(all, options.level);
}

std::string reason_of(const Problem& problem) {
  return problem.got.empty() ? problem.what : fmt::format("{}: {}", problem.what, problem.got);
}

Error no_origin(const Record& record, Time from, Time to, double horizon) {
  return Error({.what = "there is no date to forecast from",
                .where = {.file = "--from"},
                .got = from == never ? "no rupture in the record"
                                     : fmt::format("origins from {} to {}", format_time(from, record.clock),
                                                   format_time(to, record.clock)),
                .expected = fmt::format("dates whose horizon of {:g} {}the record covers: it ends {}", horizon,
                                        record.clock == Clock::calendar ? "days " : "",
                                        format_time(known_until(record), record.clock))});
}

// Origins there were, and nothing came of them.
Error no_forecast(const std::vector<AtOrigin>& at, const Record& record, const std::vector<Time>& origins) {
  for (const AtOrigin& one : at) {
    if (!one.refused) continue;
    Problem problem = *one.refused;
    if (problem.where.file == "--as-of") problem.where.file = "--from";  // what is called so here
    return Error(problem);
  }
  return Error({.what = "no tie is in force at any of the dates to forecast from",
                .where = {.file = "--from"},
                .got = fmt::format("dates from {} to {}", format_time(origins.front(), record.clock),
                                   format_time(origins.back(), record.clock)),
                .hint = "`detente alliances` lists the ties in force at a date"});
}

// A forecast begins with a tick of the model's clock: each origin moves on to the next one.
std::vector<Time> at_ticks(std::vector<Time> origins, const Ticks& ticks, Time to) {
  if (!ticks.any()) return origins;
  for (Time& origin : origins)
    if (ticks.last(origin) < origin) origin = ticks.at(ticks.index(origin) + 1);
  origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
  std::erase_if(origins, [&](Time origin) { return origin > to; });
  return origins;
}

}  // namespace

std::vector<Time> origins_between(Time from, Time to, double every, Clock clock) {
  constexpr double year = 365.25;
  const double years = std::round(every / year);
  const bool whole_years = clock == Clock::calendar && years >= 1 && (every == 365 * years || every == year * years);
  std::vector<Time> origins;
  if (whole_years) {
    const Ticks ticks(year * years, clock);
    for (double k = ticks.index(from) + (ticks.last(from) < from ? 1 : 0); ticks.at(k) <= to; ++k)
      origins.push_back(ticks.at(k));
  } else {
    for (std::size_t k = 0; from + static_cast<double>(k) * every <= to; ++k)
      origins.push_back(from + static_cast<double>(k) * every);
  }
  return origins;
}

std::vector<Scored> scored(const std::vector<BacktestForecast>& forecasts) {
  std::vector<Scored> all;
  std::map<std::pair<ActorId, ActorId>, std::size_t> pairs;
  std::size_t date = 0;
  for (std::size_t k = 0; k < forecasts.size(); ++k) {
    const BacktestForecast& one = forecasts[k];
    if (k > 0 && one.origin != forecasts[k - 1].origin) ++date;
    const std::size_t pair = pairs.try_emplace({one.pair.sender, one.pair.receiver}, pairs.size()).first->second;
    all.push_back({one.probability, one.constant, one.duration, one.happened, one.happened ? one.time : never, date,
                   one.tie == no_id ? pair : one.tie});
  }
  return all;
}

Backtest backtest(const Record& record, const ModelSpec& model, const BacktestOptions& options) {
  const Model whole = bind_model(simulated(model), record);
  const Hazard& rupture = rupture_of(whole, model.path);
  const double tick = whole.memory.tick.length();
  Backtest result;
  result.every = options.every;
  result.horizon = options.forecast.horizon;
  result.from = options.from != never ? options.from : default_from(record, rupture);
  // Its horizon's last day is the last that the record knows of, give or take the length of a year.
  const Time last = std::floor(known_until(record)) + 1 - options.forecast.horizon;
  result.to = std::min(options.to, std::max(last, whole.memory.tick.last(last + 0.5 * tick)));
  if (result.from == never) throw no_origin(record, never, never, options.forecast.horizon);
  const std::vector<Time> origins =
      at_ticks(origins_between(result.from, result.to, options.every, record.clock), whole.memory.tick, result.to);
  if (origins.empty()) throw no_origin(record, result.from, result.to, options.forecast.horizon);

  const Places places(record);
  std::vector<AtOrigin> at(origins.size());
  std::atomic<std::size_t> done{0};
  const auto say = [&] {
    const std::size_t finished = done;
    if (options.forecast.progress)
      options.forecast.progress(fmt::format("{} of {} dates", finished, origins.size()),
                                static_cast<double>(finished) / static_cast<double>(origins.size()));
  };
  ForecastOptions each = options.forecast;
  each.progress = [&](const std::string&, double) { say(); };  // a date may itself take long
  if (options.begins) options.begins(origins.size());
  for_each_block(origins.size(), options.forecast.threads, [&](std::size_t k) {
    at[k] = forecast_at(record, model, each, origins[k], places);
    ++done;
    say();
  });
  std::map<std::string, Track> starts;
  for (std::size_t k = 0; k < origins.size(); ++k) {
    if (at[k].refused) result.refused.push_back({origins[k], reason_of(*at[k].refused)});
    if (!at[k].ruptures.empty()) ++result.origins;
    std::move(at[k].ruptures.begin(), at[k].ruptures.end(), std::back_inserter(result.forecasts));
    for (auto& [hazard, rows] : at[k].starts) {
      std::vector<BacktestForecast>& all = starts[hazard].forecasts;
      std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
  }
  if (result.forecasts.empty()) throw no_forecast(at, record, origins);
  BootstrapOptions resampling = options.bootstrap;
  resampling.threads = options.forecast.threads;
  result.hazard = rupture.name;
  judge(result, resampling);
  for (auto& [hazard, track] : starts) {
    track.hazard = hazard;
    judge(track, resampling);
    result.starts.push_back(std::move(track));
  }
  return result;
}

}  // namespace detente
