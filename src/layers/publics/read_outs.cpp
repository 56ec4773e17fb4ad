#include "layers/publics/read_outs.hpp"

#include <array>
#include <cassert>
#include <cmath>

#include "layers/publics/averaging.hpp"

namespace detente {
namespace {

constexpr std::size_t lanes = 4;  // sums side by side, so that none waits for the one before

// The sum of term(i) over [first, last).
template <class Term>
double lane_sum(std::size_t first, std::size_t last, const Term& term) {
  std::array<double, lanes> sum{};
  std::size_t i = first;
  for (; i + lanes <= last; i += lanes)
    for (std::size_t l = 0; l < lanes; ++l) sum[l] += term(i + l);
  for (; i < last; ++i) sum[0] += term(i);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

double mean_of(std::span<const double> x, unsigned threads) {
  return sum_over_people(x.size(), threads, [&](std::size_t i) { return x[i]; }) / static_cast<double>(x.size());
}

// What of(first, last) says of each block of people, joined in order.
template <class Part, class Of>
Part joined_blocks(std::size_t people, unsigned threads, const Of& of) {
  std::vector<Part> parts((people + people_in_block - 1) / people_in_block);
  for_people(people, threads,
             [&](std::size_t first, std::size_t last) { parts[first / people_in_block] = of(first, last); });
  Part all;
  for (const Part& part : parts) all.join(part);
  return all;
}

// Sums of powers of the deviations from the mean; parts are joined as in Pébay (2008), eqs. 1.5 to 2.1.
struct PowerSums {
  double count = 0;
  double mean = 0;
  double second = 0;
  double third = 0;
  double fourth = 0;

  void join(const PowerSums& b) {
    const double n = count + b.count;
    const double d = b.mean - mean;
    const double both = count * b.count;
    fourth += b.fourth + d * d * d * d * both * (count * count - both + b.count * b.count) / (n * n * n) +
              6 * d * d * (count * count * b.second + b.count * b.count * second) / (n * n) +
              4 * d * (count * b.third - b.count * third) / n;
    third +=
        b.third + d * d * d * both * (count - b.count) / (n * n) + 3 * d * (count * b.second - b.count * second) / n;
    second += b.second + d * d * both / n;
    mean += d * b.count / n;
    count = n;
  }
};

PowerSums power_sums(const double* x, std::size_t first, std::size_t last) {
  PowerSums s;
  s.count = static_cast<double>(last - first);
  s.mean = lane_sum(first, last, [&](std::size_t i) { return x[i]; }) / s.count;
  std::array<double, lanes> second{}, third{}, fourth{};
  for (std::size_t from = first; from < last; from += lanes)
    for (std::size_t l = 0; l < lanes && from + l < last; ++l) {
      const double d = x[from + l] - s.mean;
      second[l] += d * d;
      third[l] += d * d * d;
      fourth[l] += d * d * (d * d);
    }
  for (std::size_t l = 0; l < lanes; ++l) s.second += second[l], s.third += third[l], s.fourth += fourth[l];
  return s;
}

// Sums of products of the deviations of two quantities, likewise.
struct ProductSums {
  double count = 0;
  double mx = 0;
  double my = 0;
  double xx = 0;
  double yy = 0;
  double xy = 0;

  void join(const ProductSums& b) {
    const double n = count + b.count;
    const double dx = b.mx - mx;
    const double dy = b.my - my;
    const double both = count * b.count / n;
    xx += b.xx + dx * dx * both;
    yy += b.yy + dy * dy * both;
    xy += b.xy + dx * dy * both;
    mx += dx * b.count / n;
    my += dy * b.count / n;
    count = n;
  }
};

ProductSums product_sums(const double* x, const double* y, std::size_t first, std::size_t last) {
  ProductSums s;
  s.count = static_cast<double>(last - first);
  s.mx = lane_sum(first, last, [&](std::size_t i) { return x[i]; }) / s.count;
  s.my = lane_sum(first, last, [&](std::size_t i) { return y[i]; }) / s.count;
  s.xx = lane_sum(first, last, [&](std::size_t i) { return (x[i] - s.mx) * (x[i] - s.mx); });
  s.yy = lane_sum(first, last, [&](std::size_t i) { return (y[i] - s.my) * (y[i] - s.my); });
  s.xy = lane_sum(first, last, [&](std::size_t i) { return (x[i] - s.mx) * (y[i] - s.my); });
  return s;
}

}  // namespace

OpinionMoments opinion_moments(std::span<const double> x, unsigned threads) {
  const auto people = static_cast<double>(x.size());
  const auto sums = joined_blocks<PowerSums>(
      x.size(), threads, [&](std::size_t first, std::size_t last) { return power_sums(x.data(), first, last); });
  OpinionMoments m;
  m.mean = sums.mean;
  m.variance = sums.second / people;
  if (m.variance <= 1e-24 * (1 + m.mean * m.mean)) return m;
  const double skewness = sums.third / people / std::pow(m.variance, 1.5);
  m.bimodality = (skewness * skewness + 1) / (sums.fourth / people / (m.variance * m.variance));
  return m;
}

OpinionHistogram opinion_histogram(std::span<const double> x, double least, double most, std::size_t bins,
                                   unsigned threads) {
  OpinionHistogram histogram{least, most, std::vector<double>(bins)};
  // Each piece has counts of its own; they are whole numbers, so that it does not matter how many pieces there are.
  const std::size_t pieces = std::clamp<std::size_t>(x.size() >> 16U, 1, 16);
  std::vector<std::vector<std::uint32_t>> counts(pieces, std::vector<std::uint32_t>(bins));
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
  for (std::size_t group = 0, bin = 0; group < groups; ++group) {
    for (const std::size_t end = ((group + 1) * bins + groups - 1) / groups; bin < end; ++bin) {
      share[group] += histogram.shares[bin];
      place[group] += histogram.shares[bin] * (histogram.least + (static_cast<double>(bin) + 0.5) * histogram.width());
    }
    if (share[group] > 0) place[group] /= share[group];
  }
  double sum = 0;
  for (std::size_t i = 0; i < groups; ++i) {
    if (share[i] <= 0) continue;
    const double weight = std::pow(share[i], 1 + sensitivity);
    for (std::size_t j = 0; j < groups; ++j) sum += weight * share[j] * std::abs(place[i] - place[j]);
  }
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
  if (network.ties() == 0) return 0;
  const auto ties = static_cast<double>(network.ties());
  const std::uint32_t* columns = network.is_stored() && !network.weighted() ? network.columns().data() : nullptr;
  const std::size_t reach = network.ring_degree() / 2;
  const double sum = sum_over_people(x.size(), threads, [&](std::size_t i) {
    double of_one = 0;
    const auto add = [&](double apart, double weight) { of_one += weight * apart * apart; };
    if (columns != nullptr)
      for (std::size_t e = network.begin(i), end = network.begin(i + 1); e < end; ++e) add(x[i] - x[columns[e]], 1);
    else if (reach > 0 && i >= reach && i + reach < x.size())
      for (std::size_t d = 1; d <= reach; ++d) add(x[i] - x[i + d], 1), add(x[i] - x[i - d], 1);
    else
      network.for_ties(i, [&](std::uint32_t j, float weight) {
        add(x[i] - (weight < 0 ? -x[j] : x[j]), std::abs(static_cast<double>(weight)));
      });
    return of_one;
  });
  return sum / ties;
}

double opinion_correlation(std::span<const double> x, std::span<const double> y, unsigned threads) {
  const auto s = joined_blocks<ProductSums>(x.size(), threads, [&](std::size_t first, std::size_t last) {
    return product_sums(x.data(), y.data(), first, last);
  });
  return s.xx > 0 && s.yy > 0 ? s.xy / std::sqrt(s.xx * s.yy) : 0;
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
  const OpinionMoments moments = opinion_moments(x, out.threads());
  const OpinionHistogram histogram = opinion_histogram(x, least, most, 1U << 12, out.threads());
  const std::vector<double> camps = camp_shares(histogram, 0.01 * (most - least));
  out.add("mean", moments.mean);
  out.add("variance", moments.variance);
  out.add("bimodality", moments.bimodality);
  out.add("esteban_ray", esteban_ray(histogram));
  out.add("camps", static_cast<double>(major_camps(camps)));
  out.add("largest_camp", *std::max_element(camps.begin(), camps.end()));
  if (network != nullptr) out.add("disagreement", disagreement_across_ties(*network, x, out.threads()));
  if (issues.size() < 2) return;
  double sum = 0;
  double pairs = 0;
  for (std::size_t a = 0; a < issues.size(); ++a)
    for (std::size_t b = 0; b < a; ++b, ++pairs)
      sum += std::abs(opinion_correlation(issues[a], issues[b], out.threads()));
  out.add("sorting", sum / pairs);
}

}  // namespace detente
