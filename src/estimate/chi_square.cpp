#include "estimate/chi_square.hpp"

#include <cmath>
#include <limits>

namespace detente {
namespace {

constexpr double precision = 1e-15;
constexpr int most_terms = 100000;

double lower_by_series(double a, double x) {
  double term = 1 / a;
  double sum = term;
  for (int n = 1; n < most_terms && term > precision * sum; ++n) sum += term *= x / (a + n);
  return sum * std::exp(a * std::log(x) - x - std::lgamma(a));
}

double upper_by_fraction(double a, double x) {
  constexpr double tiny = std::numeric_limits<double>::min() / precision;
  double b = x + 1 - a;
  double c = 1 / tiny;
  double d = 1 / b;
  double fraction = d;
  for (int n = 1; n < most_terms; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (std::abs(c * d - 1) < precision) break;
  }
  return fraction * std::exp(a * std::log(x) - x - std::lgamma(a));
}

}  // namespace

double chi_square_above(double x, double df) {
  if (!(x > 0)) return std::isnan(x) ? x : 1;
  const double a = 0.5 * df;
  return 0.5 * x < a + 1 ? 1 - lower_by_series(a, 0.5 * x) : upper_by_fraction(a, 0.5 * x);
}

}  // namespace detente
