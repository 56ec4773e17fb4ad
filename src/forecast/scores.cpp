#include "forecast/scores.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/parallel.hpp"
#include "base/quantile.hpp"
#include "base/random.hpp"
#include "estimate/profile.hpp"

namespace detente {
namespace {

constexpr double surest = 1e-6;  // a forecast of 0 or 1 that is wrong costs a lot, not everything

// Forecasts from the lowest probability to the highest.
std::vector<const Scored*> by_probability(std::span<const Scored> forecasts) {
  std::vector<const Scored*> sorted;
  for (const Scored& one : forecasts) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(),
            [](const Scored* a, const Scored* b) { return a->probability < b->probability; });
  return sorted;
}

// Calls body(first, last) for each stretch of equal probabilities.
template <class Body>
void for_each_tied(const std::vector<const Scored*>& sorted, Body body) {
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t last = first;
    while (last < sorted.size() && sorted[last]->probability == sorted[first]->probability) ++last;
    body(first, last);
    first = last;
  }
}

double count_happened(const std::vector<const Scored*>& sorted, std::size_t first, std::size_t last) {
  return static_cast<double>(std::count_if(sorted.begin() + static_cast<std::ptrdiff_t>(first),
                                           sorted.begin() + static_cast<std::ptrdiff_t>(last),
                                           [](const Scored* one) { return one->happened; }));
}

// Places at which bins of about equal size end, equal forecasts never parted.
std::vector<std::size_t> bin_ends(const std::vector<const Scored*>& sorted, std::size_t bins) {
  std::vector<std::size_t> ends;
  const double size = static_cast<double>(sorted.size()) / static_cast<double>(bins);
  for_each_tied(sorted, [&](std::size_t, std::size_t last) {
    if (last == sorted.size() || static_cast<double>(last) >= size * static_cast<double>(ends.size() + 1))
      ends.push_back(last);
  });
  return ends;
}

// Wilson (1927).
ScoreBand wilson(double happened, double n, double level) {
  const double z = normal_quantile_two_sided(level);
  const double share = happened / n;
  const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Decomposition decompose(std::span<const Scored> forecasts, double brier) {
  const auto n = static_cast<double>(forecasts.size());
  const double base = static_cast<double>(std::count_if(forecasts.begin(), forecasts.end(),
                                                        [](const Scored& one) { return one.happened; })) /
                      n;
  Decomposition parts{.uncertainty = base * (1 - base)};
  for (const CalibrationBin& bin : calibration(forecasts, 0.9))
    parts.reliability += static_cast<double>(bin.n) / n * std::pow(bin.mean_forecast - bin.observed, 2);
  parts.resolution = parts.reliability + parts.uncertainty - brier;
  return parts;
}

}  // namespace

double log_loss(double probability, bool happened) {
  const double p = std::clamp(probability, surest, 1 - surest);
  return -std::log(happened ? p : 1 - p);
}

double squared_error(double probability, bool happened) {
  const double error = probability - (happened ? 1 : 0);
  return error * error;
}

double auc(std::span<const Scored> forecasts) {
  const std::vector<const Scored*> sorted = by_probability(forecasts);
  double events = 0;
  double below = 0;  // non-events with a lower forecast
  double won = 0;
  for_each_tied(sorted, [&](std::size_t first, std::size_t last) {
    const double happened = count_happened(sorted, first, last);
    const double others = static_cast<double>(last - first) - happened;
    won += happened * (below + 0.5 * others);
    events += happened;
    below += others;
  });
  return won / (events * below);
}

double concordance(std::span<const Scored> forecasts) {
  std::map<std::size_t, std::vector<const Scored*>> dates;
  for (const Scored& one : forecasts) dates[one.date].push_back(&one);
  double pairs = 0;
  double concordant = 0;
  for (const auto& [date, all] : dates)
    for (const Scored* first : all) {
      if (!first->happened) continue;
      for (const Scored* later : all) {
        if (later->time <= first->time) continue;
        pairs += 1;
        concordant += first->probability > later->probability ? 1 : first->probability == later->probability ? 0.5 : 0;
      }
    }
  return concordant / pairs;
}

double recall_top_tenth(std::span<const Scored> forecasts) {
  std::vector<const Scored*> sorted = by_probability(forecasts);
  std::reverse(sorted.begin(), sorted.end());
  const double top = std::ceil(0.1 * static_cast<double>(sorted.size()));
  double found = 0;
  double events = 0;
  for_each_tied(sorted, [&](std::size_t first, std::size_t last) {
    const double happened = count_happened(sorted, first, last);
    const auto size = static_cast<double>(last - first);
    found += happened * std::clamp(top - static_cast<double>(first), 0.0, size) / size;
    events += happened;
  });
  return found / events;
}

Scores score(std::span<const Scored> forecasts) {
  Scores scores{.n = forecasts.size()};
  for (const Scored& one : forecasts) {
    scores.events += one.happened ? 1 : 0;
    scores.log_loss += log_loss(one.probability, one.happened);
    scores.log_loss_constant += log_loss(one.constant, one.happened);
    scores.log_loss_duration += log_loss(one.duration, one.happened);
    scores.brier += squared_error(one.probability, one.happened);
    scores.brier_constant += squared_error(one.constant, one.happened);
    scores.brier_duration += squared_error(one.duration, one.happened);
  }
  const auto n = static_cast<double>(forecasts.size());
  for (double* sum : {&scores.log_loss, &scores.log_loss_constant, &scores.log_loss_duration, &scores.brier,
                      &scores.brier_constant, &scores.brier_duration})
    *sum /= n;
  scores.auc = auc(forecasts);
  scores.concordance = concordance(forecasts);
  scores.recall_top_tenth = recall_top_tenth(forecasts);
  scores.skill_constant = 1 - scores.log_loss / scores.log_loss_constant;
  scores.skill_duration = 1 - scores.log_loss / scores.log_loss_duration;
  scores.parts = decompose(forecasts, scores.brier);
  return scores;
}

std::vector<CalibrationBin> calibration(std::span<const Scored> forecasts, double level, std::size_t bins) {
  const std::vector<const Scored*> sorted = by_probability(forecasts);
  std::vector<CalibrationBin> all;
  std::size_t first = 0;
  for (const std::size_t last : bin_ends(sorted, bins)) {
    const auto n = static_cast<double>(last - first);
    double sum = 0;
    for (std::size_t k = first; k < last; ++k) sum += sorted[k]->probability;
    const double happened = count_happened(sorted, first, last);
    const ScoreBand band = wilson(happened, n, level);
    all.push_back({sorted[first]->probability, sorted[last - 1]->probability, last - first, sum / n, happened / n,
                   band.low, band.high});
    first = last;
  }
  return all;
}

namespace {

// The forecasts of each block.
std::vector<std::vector<Scored>> blocks_of(std::span<const Scored> forecasts, Block block) {
  std::map<std::size_t, std::vector<Scored>> blocks;
  for (const Scored& one : forecasts) blocks[block == Block::tie ? one.tie : one.date].push_back(one);
  std::vector<std::vector<Scored>> all;
  for (auto& [number, block_forecasts] : blocks) all.push_back(std::move(block_forecasts));
  return all;
}

// Each drawn block stands for itself: a date drawn twice is two dates.
std::vector<Scored> resample(const std::vector<std::vector<Scored>>& blocks, Block block, std::uint64_t seed,
                             std::uint32_t number) {
  std::vector<Scored> drawn;
  for (std::size_t k = 0; k < blocks.size(); ++k) {
    const double u = uniform({seed, number, Purpose::bootstrap, 0, static_cast<std::uint32_t>(k)});
    const auto& chosen = blocks[static_cast<std::size_t>(u * static_cast<double>(blocks.size()))];
    for (const Scored& one : chosen) {
      drawn.push_back(one);
      if (block == Block::date) drawn.back().date = k;
    }
  }
  return drawn;
}

ScoreBand band_of(const std::vector<Scores>& resamples, double Scores::*field, double level) {
  std::vector<double> values;
  for (const Scores& one : resamples)
    if (std::isfinite(one.*field)) values.push_back(one.*field);
  if (2 * values.size() < resamples.size() || values.empty()) return {std::nan(""), std::nan("")};
  std::sort(values.begin(), values.end());
  return {quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)};
}

}  // namespace

ScoreBands bootstrap(std::span<const Scored> forecasts, const BootstrapOptions& options) {
  const std::vector<std::vector<Scored>> blocks = blocks_of(forecasts, options.block);
  std::vector<Scores> resamples(options.resamples);
  for_each_block(resamples.size(), options.threads, [&](std::size_t number) {
    resamples[number] = score(resample(blocks, options.block, options.seed, static_cast<std::uint32_t>(number)));
  });
  const auto band = [&](double Scores::*field) { return band_of(resamples, field, options.level); };
  return {band(&Scores::log_loss),
          band(&Scores::brier),
          band(&Scores::auc),
          band(&Scores::concordance),
          band(&Scores::recall_top_tenth),
          band(&Scores::skill_constant),
          band(&Scores::skill_duration)};
}

}  // namespace detente
