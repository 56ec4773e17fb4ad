#include "forecast/ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

#include "base/parallel.hpp"
#include "base/quantile.hpp"

namespace detente {
namespace {

constexpr std::size_t paths_per_draw = 2;

// What one path leaves behind.
struct PathRecord {
  std::vector<double> rupture;  // ties x curve points: summed probability up to the point
  std::vector<double> other;    // ties: up to the end
  std::vector<double> starts;   // pairs x curve points: probability up to the point
  std::vector<double> events;   // hazards
  bool exploded = false;
};

// Ticks (counted from 1) at which the curve has a point: every week, and the last.
std::vector<std::size_t> curve_ticks(std::size_t ticks, double tick) {
  std::vector<std::size_t> points;
  const auto step = std::max<std::size_t>(1, static_cast<std::size_t>(curve_every / tick));
  for (std::size_t t = step; t < ticks; t += step) points.push_back(t);
  points.push_back(ticks);
  return points;
}

// Over a single tick without acts nothing comes between: probabilities are exact, and no path needs to be drawn.
bool is_exact(const PathStart& start, std::size_t ticks) {
  const auto& hazards = start.model().hazards;
  return ticks == 1 && std::all_of(hazards.begin(), hazards.end(),
                                   [](const Hazard& hazard) { return hazard.text.kind == HazardKind::end; });
}

PathRecord first_tick(const PathStart& start, const Memory& shared, const Coefficients& theta, std::size_t rupture) {
  std::optional<Memory> with_own;
  if (!theta.own.empty()) with_own.emplace(shared).set_own_values(theta.own);
  const Memory& now = with_own ? *with_own : shared;
  const std::size_t ties = start.ties().size();
  PathRecord record{
      std::vector<double>(ties), std::vector<double>(ties, 0.0), {}, std::vector<double>(theta.fixed.size()), false};
  std::vector<double> probability(theta.fixed.size());
  std::vector<double> room;
  for (std::size_t tie = 0; tie < ties; ++tie) {
    end_probabilities(start.model(), now, start.ties()[tie], theta, probability, room);
    record.rupture[tie] = probability[rupture];
    for (std::size_t k = 0; k < probability.size(); ++k)
      if (k != rupture) record.other[tie] += probability[k];
  }
  return record;
}

// Ticks at which the curves of ties and of pairs have a point.
struct CurveTicks {
  std::vector<std::size_t> ties;
  std::vector<std::size_t> pairs;  // fewer of them where pairs are many
};

CurveTicks make_curve_ticks(std::size_t ticks, double tick, std::size_t pairs) {
  constexpr std::size_t most_numbers = 50'000;  // of one path
  CurveTicks curve{curve_ticks(ticks, tick), {}};
  const std::size_t every = 1 + pairs * curve.ties.size() / most_numbers;
  for (std::size_t k = 0; k < curve.ties.size(); ++k)
    if ((curve.ties.size() - 1 - k) % every == 0) curve.pairs.push_back(curve.ties[k]);
  return curve;
}

// How starts are followed: of each stretch between two points of the curve one tick, drawn anew for each path, is read and
// stands for all of it.  The mean over paths stays that of all ticks, at a fraction of their cost.
std::vector<std::size_t> draw_start_ticks(const PathStart& start, PathKey key, const std::vector<std::size_t>& points) {
  std::vector<std::size_t> ticks;
  std::size_t from = 0;
  for (std::size_t p = 0; p < points.size() && !start.pairs().empty(); ++p) {
    const double share = uniform({key.seed, key.replicate, Purpose::start_tick, 0, static_cast<std::uint32_t>(p)});
    ticks.push_back(from + static_cast<std::size_t>(share * static_cast<double>(points[p] - from)));
    from = points[p];
  }
  return ticks;
}

std::size_t point_of(const std::vector<std::size_t>& points, std::size_t tick) {
  return static_cast<std::size_t>(std::upper_bound(points.begin(), points.end(), tick) - points.begin());
}

// Of numbers by unit and point: from those of each stretch to those up to each point.
void sum_up(std::vector<double>& values, std::size_t points) {
  for (std::size_t k = 0; k < values.size(); ++k)
    if (k % points != 0) values[k] += values[k - 1];
}

PathRecord observe(const PathStart& start, const Coefficients& theta, PathKey key, const CurveTicks& curve,
                   std::size_t rupture, const CoupledLayers& layers) {
  const std::vector<std::size_t>& points = curve.ties;
  const std::size_t ties = start.ties().size();
  PathRecord record{std::vector<double>(ties * points.size(), 0.0), std::vector<double>(ties, 0.0),
                    std::vector<double>(start.pairs().size() * curve.pairs.size(), 0.0),
                    std::vector<double>(start.model().hazards.size(), 0.0), false};
  PathObserver observer;
  observer.on_risk = [&](std::size_t tick, std::size_t tie, std::span<const double> probability) {
    for (std::size_t k = 0; k < probability.size(); ++k)
      (k == rupture ? record.rupture[tie * points.size() + point_of(points, tick)] : record.other[tie]) +=
          probability[k];
  };
  const std::vector<std::size_t> start_ticks = draw_start_ticks(start, key, points);
  observer.start_ticks = start_ticks;
  observer.on_start_rate = [&](std::size_t tick, std::size_t pair, double rate) {
    const std::size_t point = point_of(points, tick);
    const std::size_t ticks = points[point] - (point == 0 ? 0 : points[point - 1]);
    record.starts[pair * curve.pairs.size() + point_of(curve.pairs, tick)] +=
        rate * static_cast<double>(ticks) * start.tick().length();
  };
  observer.on_event = [&](const Event&, std::size_t hazard) { record.events[hazard] += 1; };
  record.exploded = !run_coupled_path(start, theta, key, points.back(), layers, observer);
  sum_up(record.rupture, points.size());
  sum_up(record.starts, curve.pairs.size());
  for (double& one : record.starts) one = -std::expm1(-one);
  return record;
}

ExpectedEvents expected_events(const std::vector<PathRecord>& paths, std::size_t hazard, const std::string& name,
                               double level) {
  std::vector<double> counts;
  for (const PathRecord& path : paths) counts.push_back(path.events[hazard]);
  std::sort(counts.begin(), counts.end());
  return {name, quantile(counts, 0.5), quantile(counts, (1 - level) / 2), quantile(counts, (1 + level) / 2)};
}

// When the curve passes one half, between two of its points; it starts at 0.
Time half_time(const std::vector<CurvePoint>& curve, Time start) {
  CurvePoint before{start, 0, 0, 0};
  for (const CurvePoint& point : curve) {
    if (point.probability >= 0.5)
      return before.time +
             (point.time - before.time) * (0.5 - before.probability) / (point.probability - before.probability);
    before = point;
  }
  return never;
}

// The standard error of the mean of the draws' means; antithetic pairs are one observation.
double error_of_mean(const std::vector<double>& means) {
  const std::size_t pairs = means.size() / 2;
  if (pairs < 2) return std::nan("");
  double mean = 0;
  for (std::size_t k = 0; k < 2 * pairs; ++k) mean += means[k] / static_cast<double>(2 * pairs);
  double squares = 0;
  for (std::size_t k = 0; k < pairs; ++k) squares += std::pow(0.5 * (means[2 * k] + means[2 * k + 1]) - mean, 2);
  const auto n = static_cast<double>(pairs);
  return std::sqrt(squares / (n - 1) / n);
}

}  // namespace

std::size_t horizon_ticks(double horizon, double tick) {
  return static_cast<std::size_t>(std::max(1.0, std::round(horizon / tick)));
}

Interval interval_of_draws(const std::vector<std::vector<double>>& replicates_by_draw, double level) {
  std::vector<double> means;
  double within = 0;
  double grand = 0;
  for (const std::vector<double>& replicates : replicates_by_draw) {
    const auto m = static_cast<double>(replicates.size());
    double mean = 0;
    for (const double value : replicates) mean += value / m;
    double squares = 0;
    for (const double value : replicates) squares += (value - mean) * (value - mean);
    if (replicates.size() > 1) within += squares / (m - 1) / m;
    means.push_back(mean);
    grand += mean;
  }
  const auto draws = static_cast<double>(means.size());
  grand /= draws;
  within /= draws;
  const double error = error_of_mean(means);
  double between = 0;
  for (const double mean : means) between += (mean - grand) * (mean - grand) / std::max(1.0, draws - 1);
  const double shrink = between > 0 ? std::sqrt(std::max(0.0, between - within) / between) : 0;
  for (double& mean : means) mean = std::clamp(grand + shrink * (mean - grand), 0.0, 1.0);
  std::sort(means.begin(), means.end());
  return {std::clamp(grand, 0.0, 1.0), quantile(means, (1 - level) / 2), quantile(means, (1 + level) / 2), error};
}

namespace {

std::vector<PathRecord> run_paths(const PathStart& start, const Fit& fit, std::size_t rupture, const CurveTicks& curve,
                                  const CoupledLayers& layers, const ForecastOptions& options) {
  const bool exact = is_exact(start, curve.ties.back());
  Memory now = start.memory();
  now.advance(start.first_tick());
  std::vector<PathRecord> paths(std::max<std::size_t>(1, options.replicates));
  std::atomic<std::size_t> done{0};
  for_each_block(paths.size(), options.threads, [&](std::size_t replicate) {
    const auto draw = static_cast<std::uint32_t>(replicate / paths_per_draw);
    const Coefficients theta = draw_coefficients(fit, options.seed, draw);
    const PathKey key{options.seed, static_cast<std::uint32_t>(replicate)};
    paths[replicate] =
        exact ? first_tick(start, now, theta, rupture) : observe(start, theta, key, curve, rupture, layers);
    const std::size_t finished = ++done;
    if (options.progress)
      options.progress("simulate", static_cast<double>(finished) / static_cast<double>(paths.size()));
  });
  return paths;
}

// What happens in tick n does so on that day: the last tick of the horizon is its last day.
std::vector<Time> times_of(const std::vector<std::size_t>& points, const PathStart& start) {
  std::vector<Time> times;
  for (const std::size_t point : points) times.push_back(start.ends(point - 1));
  return times;
}

// Of one tie or pair, whose values by point are those of `values` from `first` on.
DrawnChance sum_up_paths(const std::vector<PathRecord>& paths, std::vector<double> PathRecord::*values,
                         std::size_t first, const std::vector<Time>& times, double level) {
  DrawnChance chance;
  for (std::size_t point = 0; point < times.size(); ++point) {
    std::vector<std::vector<double>> by_draw;
    for (std::size_t r = 0; r < paths.size(); ++r) {
      if (r % paths_per_draw == 0) by_draw.emplace_back();
      by_draw.back().push_back((paths[r].*values)[first + point]);
    }
    const Interval i = interval_of_draws(by_draw, level);
    chance.curve.push_back({times[point], i.mean, i.low, i.high});
    chance.error = i.error;
  }
  return chance;
}

}  // namespace

Ensemble run_ensemble(const PathStart& start, const Fit& fit, std::size_t rupture, const CoupledLayers& layers,
                      const ForecastOptions& options) {
  const auto& hazards = start.model().hazards;
  const CurveTicks curve = make_curve_ticks(horizon_ticks(options.horizon, start.tick().length()),
                                            start.tick().length(), start.pairs().size());
  const std::vector<PathRecord> paths = run_paths(start, fit, rupture, curve, layers, options);

  Ensemble ensemble;
  ensemble.exploded = static_cast<std::size_t>(
      std::count_if(paths.begin(), paths.end(), [](const PathRecord& p) { return p.exploded; }));
  for (std::size_t k = 0; k < hazards.size(); ++k)
    if (has_event_rate(hazards[k].text.kind))
      ensemble.expected.push_back(expected_events(paths, k, hazards[k].name, options.interval));

  const std::vector<Time> tie_times = times_of(curve.ties, start);
  const std::vector<Time> pair_times = times_of(curve.pairs, start);
  ensemble.ties.resize(start.ties().size());
  for_each_block(ensemble.ties.size(), options.threads, [&](std::size_t tie) {
    TieEnsemble& one = ensemble.ties[tie];
    static_cast<DrawnChance&>(one) =
        sum_up_paths(paths, &PathRecord::rupture, tie * tie_times.size(), tie_times, options.interval);
    for (const PathRecord& path : paths) one.other += path.other[tie] / static_cast<double>(paths.size());
    one.other = std::clamp(one.other, 0.0, 1.0);
    one.median = half_time(one.curve, start.first_tick());
  });
  ensemble.starts.resize(start.pairs().size());
  for_each_block(ensemble.starts.size(), options.threads, [&](std::size_t pair) {
    ensemble.starts[pair] =
        sum_up_paths(paths, &PathRecord::starts, pair * pair_times.size(), pair_times, options.interval);
  });
  return ensemble;
}

}  // namespace detente
