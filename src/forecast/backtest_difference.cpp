#include "forecast/backtest_difference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/quantile.hpp"
#include "base/random.hpp"

namespace detente {
namespace {

using Key = std::tuple<Time, TieId, ActorId, ActorId>;

Key key_of(const BacktestForecast& one) { return {one.origin, one.tie, one.pair.sender, one.pair.receiver}; }

// Sums over the differences of one block, and how many there are.
struct Sum {
  double total = 0;
  double count = 0;
};

// What is resampled whole: all differences of a tie (or pair), or of a date.
class Blocks {
 public:
  explicit Blocks(Block by) : by_(by) {}

  void add(const BacktestForecast& of, double difference) {
    const Key key =
        by_ == Block::date ? Key{of.origin, no_id, no_id, no_id} : Key{0, of.tie, of.pair.sender, of.pair.receiver};
    const auto [at, is_new] = places_.try_emplace(key, sums_.size());
    if (is_new) sums_.emplace_back();
    sums_[at->second].total += difference;
    ++sums_[at->second].count;
  }

  [[nodiscard]] double mean() const {
    return mean_of([](std::size_t k) { return k; });
  }

  [[nodiscard]] double resampled_mean(std::uint64_t seed, std::uint32_t number) const {
    return mean_of([&](std::size_t k) {
      const double u = uniform({seed, number, Purpose::bootstrap, 0, static_cast<std::uint32_t>(k)});
      return static_cast<std::size_t>(u * static_cast<double>(sums_.size()));
    });
  }

 private:
  template <class Which>
  [[nodiscard]] double mean_of(Which which) const {
    Sum all;
    for (std::size_t k = 0; k < sums_.size(); ++k) {
      const Sum& one = sums_[which(k)];
      all.total += one.total;
      all.count += one.count;
    }
    return all.total / all.count;
  }

  Block by_;
  std::map<Key, std::size_t> places_;
  std::vector<Sum> sums_;
};

}  // namespace

LossDifference loss_difference(const Track& one, const Track& other, const BootstrapOptions& options) {
  std::map<Key, double> losses;
  for (const BacktestForecast& forecast : other.forecasts)
    losses.emplace(key_of(forecast), log_loss(forecast.probability, forecast.happened));
  LossDifference result;
  Blocks blocks(options.block);
  for (const BacktestForecast& forecast : one.forecasts) {
    const auto counterpart = losses.find(key_of(forecast));
    if (counterpart == losses.end()) continue;
    const double loss = log_loss(forecast.probability, forecast.happened);
    ++result.n;
    result.one += loss;
    result.other += counterpart->second;
    blocks.add(forecast, loss - counterpart->second);
  }
  result.alone = one.forecasts.size() + other.forecasts.size() - 2 * result.n;
  const auto n = static_cast<double>(result.n);
  result.one /= n;
  result.other /= n;
  result.mean = result.n == 0 ? std::nan("") : blocks.mean();
  result.band = {std::nan(""), std::nan("")};
  if (result.n == 0) return result;
  std::vector<double> means;
  for (std::size_t number = 0; number < options.resamples; ++number)
    means.push_back(blocks.resampled_mean(options.seed, static_cast<std::uint32_t>(number)));
  std::sort(means.begin(), means.end());
  result.band = {quantile(means, (1 - options.level) / 2), quantile(means, (1 + options.level) / 2)};
  return result;
}

}  // namespace detente
