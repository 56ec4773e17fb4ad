#include "hazard/line_moments.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "hazard/dense_line.hpp"

namespace detente {
namespace {

constexpr std::size_t most_plain = 5;  // with the 1
constexpr std::size_t most_met = 5;
constexpr std::size_t most_own = 2;
constexpr std::size_t ahead = 12;  // pairs lie where they met first: their records are fetched before they are needed
constexpr std::size_t most_coded = 2;

template <std::size_t Own, std::size_t Coded, std::size_t Met>
void line_fixed(const LineInput& in, double* out) {
  constexpr std::size_t plain = 1 + Own + Coded;
  constexpr std::size_t n = plain + Met;
  std::array<double, triangle(n)> sums{};
  std::array<double, n> z;
  z[0] = 1;
  const std::size_t count = in.partners.size();
  for (std::size_t m = 0; m < count; ++m) {
    const Partner partner = in.partners[m];
    if (m + ahead < count) __builtin_prefetch(in.pair + in.partners[m + ahead].pair * in.stride);
    const double w = in.weight[partner.actor];
    const double* pair = in.pair + partner.pair * in.stride;
    for (std::size_t k = 0; k < Own; ++k) z[1 + k] = in.own[k][partner.actor];
    for (std::size_t k = 0; k < Coded + Met; ++k) z[1 + Own + k] = pair[2 + k];
    const double wp = w * pair[0];
    const double full = wp * pair[1];
    const double excess = wp * (pair[1] - in.taken_back);
    std::size_t at = 0;
    for (std::size_t p = 0; p < n; ++p) {
      const double ez = excess * z[p];
      const double fz = full * z[p];
      for (std::size_t q = p; q < n; ++q) sums[at++] += (q < plain ? ez : fz) * z[q];
    }
  }
  std::copy(sums.begin(), sums.end(), out);
}

template <std::size_t Plain, std::size_t Met>
void pair_fixed(const double* z, double excess, double full, double* sum) {
  constexpr std::size_t n = Plain + Met;
  for (std::size_t p = 0; p < n; ++p) {
    const double ez = excess * z[p];
    const double fz = full * z[p];
    for (std::size_t q = p; q < n; ++q) sum[p * n + q] += (q < Plain ? ez : fz) * z[q];
  }
}

using LineKernel = void (*)(const LineInput&, double*);
using PairKernel = void (*)(const double*, double, double, double*);

template <std::size_t... I>
constexpr std::array<LineKernel, sizeof...(I)> line_kernels_of(std::index_sequence<I...>) {
  return {&line_fixed<I / ((most_coded + 1) * (most_met + 1)), I / (most_met + 1) % (most_coded + 1),
                      I % (most_met + 1)>...};
}

template <std::size_t... I>
constexpr std::array<PairKernel, sizeof...(I)> pair_kernels_of(std::index_sequence<I...>) {
  return {&pair_fixed<1 + I / (most_met + 1), I % (most_met + 1)>...};
}

constexpr auto line_kernels =
    line_kernels_of(std::make_index_sequence<(most_own + 1) * (most_coded + 1) * (most_met + 1)>{});
constexpr auto pair_kernels = pair_kernels_of(std::make_index_sequence<most_plain*(most_met + 1)>{});

}  // namespace

void line_moments_any(const LineInput& in, double* out) {
  const std::size_t plain = 1 + in.own.size() + in.coded;
  const std::size_t n = plain + in.met;
  std::fill_n(out, triangle(n), 0.0);
  std::vector<double> z(n, 1.0);
  for (const Partner& partner : in.partners) {
    const double* pair = in.pair + partner.pair * in.stride;
    for (std::size_t k = 0; k < in.own.size(); ++k) z[1 + k] = in.own[k][partner.actor];
    for (std::size_t k = 0; k < in.coded + in.met; ++k) z[1 + in.own.size() + k] = pair[2 + k];
    const double weight = in.weight[partner.actor] * pair[0];
    for (std::size_t p = 0, at = 0; p < n; ++p)
      for (std::size_t q = p; q < n; ++q)
        out[at++] += weight * (pair[1] - (q < plain ? in.taken_back : 0)) * z[p] * z[q];
  }
}

// The same column by column, in vector units: worth it where a line is long.
void line_moments_by_columns(const LineInput& in, double* out) {
  const std::size_t count = in.partners.size();
  const std::size_t values = in.own.size() + in.coded + in.met;
  const std::size_t plain = 1 + in.own.size() + in.coded;
  std::vector<double> table((values + 2) * count);
  double* const full = table.data() + values * count;
  double* const excess = full + count;
  std::vector<const double*> columns;
  for (std::size_t k = 0; k < values; ++k) columns.push_back(table.data() + k * count);
  for (std::size_t m = 0; m < count; ++m) {
    const Partner partner = in.partners[m];
    if (m + ahead < count) __builtin_prefetch(in.pair + in.partners[m + ahead].pair * in.stride);
    const double* pair = in.pair + partner.pair * in.stride;
    for (std::size_t k = 0; k < in.own.size(); ++k) table[k * count + m] = in.own[k][partner.actor];
    for (std::size_t k = 0; k < in.coded + in.met; ++k) table[(in.own.size() + k) * count + m] = pair[2 + k];
    const double weight = in.weight[partner.actor] * pair[0];
    full[m] = weight * pair[1];
    excess[m] = weight * (pair[1] - in.taken_back);
  }
  const std::size_t n = plain + in.met;
  std::fill_n(out, triangle(n), 0.0);
  add_products(full, columns, count, out);
  if (in.taken_back == 0) return;
  std::vector<double> first(triangle(plain), 0.0);
  add_products(excess, std::span(columns).first(plain - 1), count, first.data());
  for (std::size_t p = 0; p < plain; ++p)
    for (std::size_t q = p; q < plain; ++q) out[triangle_at(n, p, q)] = first[triangle_at(plain, p, q)];
}

void line_moments(const LineInput& in, double* out) {
  constexpr std::size_t long_line = 24;
  const std::size_t own = in.own.size();
  if (own <= most_own && in.coded <= most_coded && in.met <= most_met)
    line_kernels[(own * (most_coded + 1) + in.coded) * (most_met + 1) + in.met](in, out);
  else if (in.partners.size() >= long_line)
    line_moments_by_columns(in, out);
  else
    line_moments_any(in, out);
}

void pair_moments(std::size_t plain, std::size_t met, const double* z, double excess, double full, double* sum) {
  if (plain <= most_plain && met <= most_met)
    return pair_kernels[(plain - 1) * (most_met + 1) + met](z, excess, full, sum);
  const std::size_t n = plain + met;
  for (std::size_t p = 0; p < n; ++p)
    for (std::size_t q = p; q < n; ++q) sum[p * n + q] += (q < plain ? excess : full) * z[p] * z[q];
}

}  // namespace detente
