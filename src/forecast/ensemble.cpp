#include "forecast/ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/parallel.hpp"
#include "base/quantile.hpp"

namespace detente {
namespace {

constexpr std::size_t paths_per_draw = 2;

// What one path leaves behind.
struct PathRecord {
  std::vector<double> rupture;  // ties x curve points: summed probability up to the point
  std::vector<double> other;    // ties: up to the end
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

PathRecord first_tick(const PathStart& start, const Memory& now, const Coefficients& theta, std::size_t rupture) {
  const std::size_t ties = start.ties().size();
  PathRecord record{std::vector<double>(ties), std::vector<double>(ties, 0.0), std::vector<double>(theta.size()),
                    false};
  std::vector<double> probability(theta.size());
  std::vector<double> room;
  for (std::size_t tie = 0; tie < ties; ++tie) {
    end_probabilities(start.model(), now, start.ties()[tie], theta, probability, room);
    record.rupture[tie] = probability[rupture];
    for (std::size_t k = 0; k < probability.size(); ++k)
      if (k != rupture) record.other[tie] += probability[k];
  }
  return record;
}

PathRecord observe(const PathStart& start, const Coefficients& theta, PathKey key,
                   const std::vector<std::size_t>& points, std::size_t rupture) {
  const std::size_t ties = start.ties().size();
  PathRecord record{std::vector<double>(ties * points.size(), 0.0), std::vector<double>(ties, 0.0),
                    std::vector<double>(start.model().hazards.size(), 0.0), false};
  PathObserver observer;
  observer.on_risk = [&](std::size_t tick, std::size_t tie, std::span<const double> probability) {
    const auto point = static_cast<std::size_t>(std::upper_bound(points.begin(), points.end(), tick) - points.begin());
    record.rupture[tie * points.size() + point] += probability[rupture];
    for (std::size_t k = 0; k < probability.size(); ++k)
      if (k != rupture) record.other[tie] += probability[k];
  };
  observer.on_event = [&](const Event&, std::size_t hazard) { record.events[hazard] += 1; };
  record.exploded = !run_path(start, theta, key, points.back(), observer);
  for (std::size_t tie = 0; tie < ties; ++tie)
    for (std::size_t point = 1; point < points.size(); ++point)
      record.rupture[tie * points.size() + point] += record.rupture[tie * points.size() + point - 1];
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

Ensemble run_ensemble(const PathStart& start, const Fit& fit, const std::string& rupture,
                      const ForecastOptions& options) {
  const auto& hazards = start.model().hazards;
  const auto is_rupture = [&](const Hazard& h) { return h.name == rupture && h.text.kind == HazardKind::end; };
  const auto rupture_at =
      static_cast<std::size_t>(std::find_if(hazards.begin(), hazards.end(), is_rupture) - hazards.begin());
  const std::vector<std::size_t> points =
      curve_ticks(horizon_ticks(options.horizon, start.tick().length()), start.tick().length());

  const bool exact = is_exact(start, points.back());
  Memory now = start.memory();
  now.advance(start.first_tick());

  std::vector<PathRecord> paths(std::max<std::size_t>(1, options.replicates));
  std::atomic<std::size_t> done{0};
  for_each_block(paths.size(), options.threads, [&](std::size_t replicate) {
    const auto draw = static_cast<std::uint32_t>(replicate / paths_per_draw);
    const Coefficients theta = draw_coefficients(fit, options.seed, draw);
    const PathKey key{options.seed, static_cast<std::uint32_t>(replicate)};
    paths[replicate] =
        exact ? first_tick(start, now, theta, rupture_at) : observe(start, theta, key, points, rupture_at);
    const std::size_t finished = ++done;
    if (options.progress)
      options.progress("simulate", static_cast<double>(finished) / static_cast<double>(paths.size()));
  });

  Ensemble ensemble;
  ensemble.exploded = static_cast<std::size_t>(
      std::count_if(paths.begin(), paths.end(), [](const PathRecord& p) { return p.exploded; }));
  for (std::size_t k = 0; k < hazards.size(); ++k)
    if (hazards[k].text.kind == HazardKind::tie)
      ensemble.expected.push_back(expected_events(paths, k, hazards[k].name, options.interval));
  for (std::size_t tie = 0; tie < start.ties().size(); ++tie) {
    TieEnsemble one;
    for (std::size_t point = 0; point < points.size(); ++point) {
      std::vector<std::vector<double>> by_draw;
      for (std::size_t r = 0; r < paths.size(); ++r) {
        if (r % paths_per_draw == 0) by_draw.emplace_back();
        by_draw.back().push_back(paths[r].rupture[tie * points.size() + point]);
      }
      const Interval i = interval_of_draws(by_draw, options.interval);
      // A tie that ruptures in tick n does so on that day: the last tick of the horizon is its last day.
      const Time time = start.ends(points[point] - 1);
      one.curve.push_back({time, i.mean, i.low, i.high});
      one.error = i.error;
    }
    one.probability = one.curve.back().probability;
    one.low = one.curve.back().low;
    one.high = one.curve.back().high;
    for (const PathRecord& path : paths) one.other += path.other[tie] / static_cast<double>(paths.size());
    one.other = std::clamp(one.other, 0.0, 1.0);
    one.median = half_time(one.curve, start.first_tick());
    ensemble.ties.push_back(std::move(one));
  }
  return ensemble;
}

}  // namespace detente
