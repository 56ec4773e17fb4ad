#include "layers/publics/read_outs.hpp"

#include <array>
#include <cassert>
#include <cmath>

#include "layers/publics/averaging.hpp"

namespace detente {
namespace {

double mean_of(std::span<const double> x, unsigned threads) {
  return sum_over_people(x.size(), threads, [&](std::size_t i) { return x[i]; }) / static_cast<double>(x.size());
}

}  // namespace

OpinionMoments opinion_moments(std::span<const double> x, unsigned threads) {
  const auto people = static_cast<double>(x.size());
  OpinionMoments m;
  m.mean = mean_of(x, threads);
  const auto moment = [&](auto power) {
    return sum_over_people(x.size(), threads, [&](std::size_t i) { return power(x[i] - m.mean); }) / people;
  };
  m.variance = moment([](double d) { return d * d; });
  if (m.variance <= 1e-24 * (1 + m.mean * m.mean)) return m;
  const double third = moment([](double d) { return d * d * d; });
  const double fourth = moment([](double d) { return d * d * d * d; });
  const double skewness = third / std::pow(m.variance, 1.5);
  m.bimodality = (skewness * skewness + 1) / (fourth / (m.variance * m.variance));
  return m;
}

OpinionHistogram opinion_histogram(std::span<const double> x, double least, double most, std::size_t bins,
                                   unsigned threads) {
  OpinionHistogram histogram{least, most, std::vector<double>(bins)};
  constexpr std::size_t pieces = 16;  // each with counts of its own, whatever the number of threads
  std::vector<std::vector<std::uint64_t>> counts(pieces, std::vector<std::uint64_t>(bins));
  const double scale = static_cast<double>(bins) / (most - least);
  for_each_block(pieces, threads, [&](std::size_t piece) {
    for (std::size_t i = x.size() * piece / pieces; i < x.size() * (piece + 1) / pieces; ++i) {
      const double bin = std::clamp((x[i] - least) * scale, 0.0, static_cast<double>(bins - 1));
      ++counts[piece][static_cast<std::size_t>(bin)];
    }
  });
  for (std::size_t bin = 0; bin < bins; ++bin) {
    std::uint64_t count = 0;
    for (const auto& piece : counts) count += piece[bin];
    histogram.shares[bin] = static_cast<double>(count) / static_cast<double>(x.size());
  }
  return histogram;
}

double esteban_ray(const OpinionHistogram& histogram, double sensitivity) {
  constexpr std::size_t groups = 32;
  std::array<double, groups> share{};
  std::array<double, groups> place{};  // mean opinion of the group
  const std::size_t bins = histogram.shares.size();
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const std::size_t group = bin * groups / bins;
    share[group] += histogram.shares[bin];
    place[group] += histogram.shares[bin] * (histogram.least + (static_cast<double>(bin) + 0.5) * histogram.width());
  }
  for (std::size_t g = 0; g < groups; ++g)
    if (share[g] > 0) place[g] /= share[g];
  double sum = 0;
  for (std::size_t i = 0; i < groups; ++i)
    for (std::size_t j = 0; j < groups; ++j)
      sum += std::pow(share[i], 1 + sensitivity) * share[j] * std::abs(place[i] - place[j]);
  return sum;
}

std::vector<double> camp_shares(const OpinionHistogram& histogram, double gap) {
  const auto apart = std::max(std::size_t{1}, static_cast<std::size_t>(gap / histogram.width()) - 1);
  std::vector<double> camps;
  std::size_t empty = apart;
  for (const double share : histogram.shares) {
    if (share == 0) {
      ++empty;
      continue;
    }
    if (empty >= apart) camps.push_back(0);
    camps.back() += share;
    empty = 0;
  }
  return camps;
}

std::size_t major_camps(std::span<const double> shares) {
  return static_cast<std::size_t>(std::count_if(shares.begin(), shares.end(), [](double s) { return s > 0.05; }));
}

double disagreement_across_ties(const Network& network, std::span<const double> x, unsigned threads) {
  if (network.is_complete())
    return 2 * opinion_moments(x, threads).variance * static_cast<double>(x.size()) / static_cast<double>(x.size() - 1);
  const double sum = sum_over_people(x.size(), threads, [&](std::size_t i) {
    double of_one = 0;
    network.for_ties(i, [&](std::uint32_t j, float weight) {
      const double apart = x[i] - (weight < 0 ? -x[j] : x[j]);
      of_one += std::abs(static_cast<double>(weight)) * apart * apart;
    });
    return of_one;
  });
  return network.ties() == 0 ? 0 : sum / static_cast<double>(network.ties());
}

double opinion_correlation(std::span<const double> x, std::span<const double> y, unsigned threads) {
  const double mx = mean_of(x, threads);
  const double my = mean_of(y, threads);
  const auto product = [&](std::span<const double> a, double ma, std::span<const double> b, double mb) {
    return sum_over_people(a.size(), threads, [&](std::size_t i) { return (a[i] - ma) * (b[i] - mb); });
  };
  const double vx = product(x, mx, x, mx);
  const double vy = product(y, my, y, my);
  return vx > 0 && vy > 0 ? product(x, mx, y, my) / std::sqrt(vx * vy) : 0;
}

double polarization_plus_disagreement(const Network& network, std::span<const double> innate, double tolerance,
                                      unsigned threads) {
  const std::size_t people = innate.size();
  const double mean = mean_of(innate, threads);
  std::vector<double> z(people, 0);
  std::vector<double> residual(people);
  for (std::size_t i = 0; i < people; ++i) residual[i] = innate[i] - mean;
  std::vector<double> direction = residual;
  std::vector<double> image(people);
  const auto dot = [&](std::span<const double> a, std::span<const double> b) {
    return sum_over_people(people, threads, [&](std::size_t i) { return a[i] * b[i]; });
  };
  double size = dot(residual, residual);
  const double enough = tolerance * tolerance * size;
  for (std::size_t step = 0; step < 10 * people && size > enough; ++step) {
    for_people(people, threads, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        double sum = direction[i];
        network.for_ties(i, [&](std::uint32_t j, float weight) {
          sum += std::abs(static_cast<double>(weight)) * (direction[i] - direction[j]);
        });
        image[i] = sum;
      }
    });
    const double length = size / dot(direction, image);
    for (std::size_t i = 0; i < people; ++i) {
      z[i] += length * direction[i];
      residual[i] -= length * image[i];
    }
    const double left = dot(residual, residual);
    for (std::size_t i = 0; i < people; ++i) direction[i] = residual[i] + left / size * direction[i];
    size = left;
  }
  return sum_over_people(people, threads, [&](std::size_t i) { return (innate[i] - mean) * z[i]; });
}

void observe_opinions(std::span<const std::vector<double>> issues, double least, double most, const Network* network,
                      ReadOuts& out) {
  const std::vector<double>& x = issues.front();
  const OpinionMoments moments = opinion_moments(x);
  const OpinionHistogram histogram = opinion_histogram(x, least, most);
  const std::vector<double> camps = camp_shares(histogram, 0.01 * (most - least));
  out.add("mean", moments.mean);
  out.add("variance", moments.variance);
  out.add("bimodality", moments.bimodality);
  out.add("esteban_ray", esteban_ray(histogram));
  out.add("camps", static_cast<double>(major_camps(camps)));
  out.add("largest_camp", *std::max_element(camps.begin(), camps.end()));
  if (network != nullptr) out.add("disagreement", disagreement_across_ties(*network, x));
  if (issues.size() < 2) return;
  double sum = 0;
  double pairs = 0;
  for (std::size_t a = 0; a < issues.size(); ++a)
    for (std::size_t b = 0; b < a; ++b, ++pairs) sum += std::abs(opinion_correlation(issues[a], issues[b]));
  out.add("sorting", sum / pairs);
}

}  // namespace detente
