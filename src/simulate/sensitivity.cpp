#include "simulate/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.hpp"

namespace detente {
namespace {

double draw(std::uint64_t seed, std::size_t entity, std::size_t step) {
  return uniform({seed, 0, Purpose::design, static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(step)});
}

std::vector<std::size_t> random_order(std::size_t inputs, std::uint64_t seed, std::size_t trajectory) {
  std::vector<std::size_t> order(inputs);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t k = inputs; k > 1; --k)
    std::swap(order[k - 1],
              order[static_cast<std::size_t>(draw(seed, 3 * k + 2, trajectory) * static_cast<double>(k))]);
  return order;
}

}  // namespace

std::vector<std::vector<MorrisEffect>> morris(const UnitModel& model, std::size_t inputs, std::size_t trajectories,
                                              std::uint64_t seed) {
  constexpr double step = 2.0 / 3;
  std::vector<std::vector<std::vector<double>>> effects;  // [output][input][trajectory]
  for (std::size_t r = 0; r < trajectories; ++r) {
    std::vector<double> point(inputs);
    std::vector<double> move(inputs);
    for (std::size_t k = 0; k < inputs; ++k) {
      const bool up = draw(seed, 3 * k, r) < 0.5;
      const double low = draw(seed, 3 * k + 1, r) < 0.5 ? 0 : 1.0 / 3;
      point[k] = up ? low : low + step;
      move[k] = up ? step : -step;
    }
    std::vector<double> before = model(point);
    effects.resize(before.size(), std::vector<std::vector<double>>(inputs));
    for (const std::size_t k : random_order(inputs, seed, r)) {
      point[k] += move[k];
      std::vector<double> after = model(point);
      for (std::size_t output = 0; output < after.size(); ++output)
        effects[output][k].push_back((after[output] - before[output]) / move[k]);
      before = std::move(after);
    }
  }
  std::vector<std::vector<MorrisEffect>> result(effects.size());
  for (std::size_t output = 0; output < effects.size(); ++output)
    for (const std::vector<double>& one : effects[output]) {
      const auto n = static_cast<double>(one.size());
      MorrisEffect effect{0, 0, 0};
      for (const double e : one) {
        effect.mean += e / n;
        effect.absolute += std::abs(e) / n;
      }
      double squares = 0;
      for (const double e : one) squares += (e - effect.mean) * (e - effect.mean);
      effect.spread = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
      result[output].push_back(effect);
    }
  return result;
}

std::vector<std::vector<SobolIndex>> sobol(const UnitModel& model, std::size_t inputs, std::size_t base,
                                           std::uint64_t seed) {
  struct Run {
    std::vector<double> a, b;
    std::vector<std::vector<double>> mixed;  // [input]: a with that input of b
  };
  std::vector<Run> runs(base);
  for (std::size_t j = 0; j < base; ++j) {
    std::vector<double> a(inputs);
    std::vector<double> b(inputs);
    for (std::size_t k = 0; k < inputs; ++k) {
      a[k] = draw(seed, 2 * k, j);
      b[k] = draw(seed, 2 * k + 1, j);
    }
    runs[j].a = model(a);
    runs[j].b = model(b);
    for (std::size_t k = 0; k < inputs; ++k) {
      std::vector<double> mixed = a;
      mixed[k] = b[k];
      runs[j].mixed.push_back(model(mixed));
    }
  }
  const std::size_t outputs = runs.empty() ? 0 : runs.front().a.size();
  const auto n = static_cast<double>(base);
  std::vector<std::vector<SobolIndex>> result(outputs, std::vector<SobolIndex>(inputs, {0, 0}));
  for (std::size_t output = 0; output < outputs; ++output) {
    double mean = 0;
    for (const Run& run : runs) mean += (run.a[output] + run.b[output]) / (2 * n);
    double variance = 0;
    for (const Run& run : runs)
      variance += (std::pow(run.a[output] - mean, 2) + std::pow(run.b[output] - mean, 2)) / (2 * n);
    if (variance <= 0) continue;
    for (std::size_t k = 0; k < inputs; ++k)
      for (const Run& run : runs) {
        const double mixed = run.mixed[k][output];
        result[output][k].first += (run.b[output] - mean) * (mixed - run.a[output]) / n / variance;
        result[output][k].total += std::pow(run.a[output] - mixed, 2) / (2 * n) / variance;
      }
  }
  return result;
}

}  // namespace detente
