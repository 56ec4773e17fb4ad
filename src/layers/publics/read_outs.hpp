// How divided a public is.  Every measure takes one pass over people or ties in fixed blocks, so it is the same bits for
// any number of threads; those that need the distribution read a histogram of 2^12 bins.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "layers/layer.hpp"
#include "layers/publics/network.hpp"

namespace detente {

struct OpinionMoments {
  double mean = 0;
  double variance = 0;    // by N
  double bimodality = 0;  // Sarle's (skewness² + 1) / kurtosis: 1/3 normal, 5/9 uniform, 1 two points; 0 without spread
};
[[nodiscard]] OpinionMoments opinion_moments(std::span<const double> x, unsigned threads = 1);

// Shares of people in equal bins on [least, most]; who is outside counts with the nearest bin.
struct OpinionHistogram {
  double least = 0;
  double most = 1;
  std::vector<double> shares;
  [[nodiscard]] double width() const { return (most - least) / static_cast<double>(shares.size()); }
};
[[nodiscard]] OpinionHistogram opinion_histogram(std::span<const double> x, double least, double most,
                                                 std::size_t bins = 1U << 12, unsigned threads = 1);

// Esteban & Ray (1994), eq. 3 with K = 1: sum_ij p_i^(1 + a) p_j |y_i - y_j| over 2^5 equal groups.
[[nodiscard]] double esteban_ray(const OpinionHistogram& histogram, double sensitivity = 1);

// Camps are people with no gap of `gap` or more between them (exact to two bins); their shares, in order of opinion.
[[nodiscard]] std::vector<double> camp_shares(const OpinionHistogram& histogram, double gap);
// Those above 5 % of people.
[[nodiscard]] std::size_t major_camps(std::span<const double> shares);

// Mean of |w_ij| (x_i - sign(w_ij) x_j)² over ties; of a complete network, twice the variance of a sample.
[[nodiscard]] double disagreement_across_ties(const Network& network, std::span<const double> x, unsigned threads = 1);

// Correlation; 0 when either does not vary.  Sorting: of two issues, or of camp and issue.
[[nodiscard]] double opinion_correlation(std::span<const double> x, std::span<const double> y, unsigned threads = 1);

// Musco, Musco & Tsourakakis (2018), theorem 1: polarization + disagreement of the Friedkin–Johnsen equilibrium
// z = (I + L)^-1 s is s'(I + L)^-1 s, with s centred; by conjugate gradients.  Of an undirected network.
[[nodiscard]] double polarization_plus_disagreement(const Network& network, std::span<const double> innate,
                                                    double tolerance = 1e-12, unsigned threads = 1);

// The read-outs of opinions on one line, by these names.
inline constexpr ReadOutDoc opinion_read_outs[] = {
    {"mean", "opinion", "mean opinion"},
    {"variance", "opinion²", "variance over people"},
    {"bimodality", "", "Sarle's coefficient: 1/3 normal, 5/9 uniform, 1 two points"},
    {"esteban_ray", "opinion", "polarization of Esteban and Ray, sensitivity 1, 32 groups over the range"},
    {"camps", "camps", "of more than 5 % of people, with gaps of 1 % of the range between"},
    {"largest_camp", "share", "people in the largest camp"},
    {"disagreement", "opinion²", "mean squared difference across ties"},
    {"sorting", "", "mean absolute correlation between issues; of two issues or more"},
};

template <std::size_t A, std::size_t B>
constexpr std::array<ReadOutDoc, A + B> with_read_outs(const ReadOutDoc (&first)[A], const ReadOutDoc (&second)[B]) {
  std::array<ReadOutDoc, A + B> all{};
  for (std::size_t k = 0; k < A; ++k) all[k] = first[k];
  for (std::size_t k = 0; k < B; ++k) all[A + k] = second[k];
  return all;
}

// Of the first issue, and sorting over all; `network` may be null.
void observe_opinions(std::span<const std::vector<double>> issues, double least, double most, const Network* network,
                      ReadOuts& out);

}  // namespace detente
