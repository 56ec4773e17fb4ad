// Means over ties: (W x)_i = sum_j w_ij x_j / sum_j |w_ij|, and x_i for who has no ties.  One pass over the network in
// fixed blocks of people.  Of float or double; sums are in that type, in the order of the ties, so that a network is the
// same bits whether its ties are stored or by rule.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/parallel.hpp"
#include "layers/publics/network.hpp"

namespace detente {

inline constexpr std::size_t people_in_block = 1U << 14;

// body(first, last) for each block of people.
template <class Body>
void for_people(std::size_t people, unsigned threads, const Body& body) {
  for_each_block((people + people_in_block - 1) / people_in_block, threads, [&](std::size_t block) {
    body(block * people_in_block, std::min(people, (block + 1) * people_in_block));
  });
}

// The sum of of(i) over people, the same bits for any number of threads.
template <class Of>
double sum_over_people(std::size_t people, unsigned threads, const Of& of) {
  std::vector<double> sums((people + people_in_block - 1) / people_in_block);
  for_people(people, threads, [&](std::size_t first, std::size_t last) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += of(i);
    sums[first / people_in_block] = sum;
  });
  double sum = 0;
  for (const double part : sums) sum += part;
  return sum;
}

namespace averaging {

// put(i, mean) for the people from `first` to `last` of a stored network whose ties all weigh 1 and are `Degree` each.
template <std::size_t Degree, class Real, class Put>
void regular(const Network& network, const Real* x, std::size_t first, std::size_t last, Put put) {
  const std::uint32_t* columns = network.columns().data();
  for (std::size_t i = first; i < last; ++i) {
    const std::uint32_t* row = columns + i * Degree;
    Real sum = 0;
    for (std::size_t k = 0; k < Degree; ++k) sum += x[row[k]];
    put(i, sum / static_cast<Real>(Degree));
  }
}

// Stored, all ties of weight 1.
template <class Real, class Put>
void plain(const Network& network, const Real* x, std::size_t first, std::size_t last, Put put) {
  const std::uint32_t* columns = network.columns().data();
  for (std::size_t i = first; i < last; ++i) {
    Real sum = 0;
    const std::size_t begin = network.begin(i);
    const std::size_t end = network.begin(i + 1);
    for (std::size_t e = begin; e < end; ++e) sum += x[columns[e]];
    put(i, end > begin ? sum / static_cast<Real>(end - begin) : x[i]);
  }
}

template <class Real, class Put>
void any(const Network& network, const Real* x, std::size_t first, std::size_t last, Put put) {
  for (std::size_t i = first; i < last; ++i) {
    Real sum = 0;
    Real strength = 0;
    network.for_ties(i, [&](std::uint32_t j, float weight) {
      sum += static_cast<Real>(weight) * x[j];
      strength += std::abs(static_cast<Real>(weight));
    });
    put(i, strength > 0 ? sum / strength : x[i]);
  }
}

// A ring by rule: away from where it closes, ties are at fixed distances and people go side by side through vector units.
template <std::size_t Degree, class Real, class Put>
void ring(const Network& network, const Real* x, std::size_t first, std::size_t last, Put put) {
  constexpr std::size_t reach = Degree / 2;
  const std::size_t people = network.people();
  const std::size_t from = std::clamp(reach, first, last);
  const std::size_t to = std::clamp(people > reach ? people - reach : 0, from, last);
  any(network, x, first, from, put);
  for (std::size_t i = from; i < to; ++i) {
    Real sum = 0;
    for (std::size_t d = 1; d <= reach; ++d) {
      sum += x[i + d];
      sum += x[i - d];
    }
    put(i, sum / static_cast<Real>(Degree));
  }
  any(network, x, to, last, put);
}

// The people from `first` to `last` of a network that is not complete.
template <class Real, class Put>
void block(const Network& network, const Real* x, std::size_t first, std::size_t last, Put put) {
  const bool stored = network.is_stored() && !network.weighted();
  switch (stored ? network.regular_degree() : 0) {
    case 4: return regular<4>(network, x, first, last, put);
    case 6: return regular<6>(network, x, first, last, put);
    case 8: return regular<8>(network, x, first, last, put);
    case 10: return regular<10>(network, x, first, last, put);
    case 20: return regular<20>(network, x, first, last, put);
    default: break;
  }
  if (stored) return plain(network, x, first, last, put);
  switch (network.ring_degree()) {
    case 4: return ring<4>(network, x, first, last, put);
    case 6: return ring<6>(network, x, first, last, put);
    case 8: return ring<8>(network, x, first, last, put);
    case 10: return ring<10>(network, x, first, last, put);
    case 20: return ring<20>(network, x, first, last, put);
    default: return any(network, x, first, last, put);
  }
}

}  // namespace averaging

// put(i, (W x)_i) for everybody, on up to `threads` threads.
template <class Real, class Put>
void for_means(const Network& network, std::span<const Real> x, unsigned threads, Put put) {
  const std::size_t people = network.people();
  if (network.is_complete()) {
    const double total = sum_over_people(people, threads, [&](std::size_t i) { return static_cast<double>(x[i]); });
    for_people(people, threads, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i)
        put(i, static_cast<Real>((total - static_cast<double>(x[i])) / static_cast<double>(people - 1)));
    });
    return;
  }
  for_people(people, threads,
             [&](std::size_t first, std::size_t last) { averaging::block(network, x.data(), first, last, put); });
}

// x <- (1 - self) W x + self x, of DeGroot.
template <class Real>
void degroot_sweep(const Network& network, Real self, std::span<const Real> x, std::span<Real> next, unsigned threads) {
  for_means(network, x, threads, [&](std::size_t i, Real mean) { next[i] = self * x[i] + (1 - self) * mean; });
}

// x <- susceptibility ∘ W x + (1 - susceptibility) ∘ start, of Friedkin and Johnsen.
template <class Real>
void friedkin_johnsen_sweep(const Network& network, std::span<const Real> susceptibility, std::span<const Real> start,
                            std::span<const Real> x, std::span<Real> next, unsigned threads) {
  for_means(network, x, threads,
            [&](std::size_t i, Real mean) { next[i] = start[i] + susceptibility[i] * (mean - start[i]); });
}

}  // namespace detente
