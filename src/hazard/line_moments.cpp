#include "hazard/line_moments.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace detente {
namespace {

constexpr std::size_t max_own = 3;
constexpr std::size_t max_pair = 5;

using Kernel = void (*)(const LineInput&, double*, double*);

template <std::size_t... I>
constexpr std::array<Kernel, sizeof...(I)> make_kernels(std::index_sequence<I...>) {
  return {&line_moments_fixed<I / (max_pair + 1), I % (max_pair + 1)>...};
}

using PairKernel = void (*)(const double*, double, double, double*);
constexpr std::size_t max_plain = 5;

template <std::size_t... I>
constexpr std::array<PairKernel, sizeof...(I)> make_pair_kernels(std::index_sequence<I...>) {
  return {&pair_moments_fixed<1 + I / (max_pair + 1), I % (max_pair + 1)>...};
}

constexpr auto pair_kernels = make_pair_kernels(std::make_index_sequence<max_plain*(max_pair + 1)>{});

constexpr auto kernels = make_kernels(std::make_index_sequence<(max_own + 1) * (max_pair + 1)>{});

}  // namespace

void line_moments_any(const LineInput& in, double* full, double* plain) {
  const std::size_t n = 1 + in.own_size + in.pair_size;
  std::fill_n(full, triangle(n), 0.0);
  std::fill_n(plain, triangle(1 + in.own_size), 0.0);
  std::vector<double> z(n, 1.0);
  for (const Partner& partner : in.partners) {
    const double w = in.weight[partner.actor];
    const double* pair = in.pair + partner.pair * (1 + in.pair_size);
    for (std::size_t k = 0; k < in.own_size; ++k) z[1 + k] = in.own[partner.actor * in.own_size + k];
    for (std::size_t k = 0; k < in.pair_size; ++k) z[1 + in.own_size + k] = pair[1 + k];
    for (std::size_t p = 0, at = 0; p < n; ++p)
      for (std::size_t q = p; q < n; ++q) full[at++] += w * pair[0] * z[p] * z[q];
    for (std::size_t p = 0, at = 0; p <= in.own_size; ++p)
      for (std::size_t q = p; q <= in.own_size; ++q) plain[at++] += w * z[p] * z[q];
  }
}

void pair_moments(std::size_t plain, std::size_t pair, const double* z, double excess, double full, double* sum) {
  if (plain <= max_plain && pair <= max_pair)
    return pair_kernels[(plain - 1) * (max_pair + 1) + pair](z, excess, full, sum);
  const std::size_t n = plain + pair;
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = p; q < plain; ++q) sum[p * n + q] += excess * z[p] * z[q];
    for (std::size_t q = std::max(p, plain); q < n; ++q) sum[p * n + q] += full * z[p] * z[q];
  }
}

void line_moments(const LineInput& in, double* full, double* plain) {
  if (in.own_size <= max_own && in.pair_size <= max_pair)
    kernels[in.own_size * (max_pair + 1) + in.pair_size](in, full, plain);
  else
    line_moments_any(in, full, plain);
}

}  // namespace detente
