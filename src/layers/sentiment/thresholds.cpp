#include "layers/sentiment/thresholds.hpp"

#include <cmath>

namespace detente {
namespace {

// atanh(x)/x - 1 and its derivative, without cancellation near 0.
double excess(double x) {
  const double y = x * x;
  if (x < 0.02) return y * (1.0 / 3 + y * (1.0 / 5 + y * (1.0 / 7 + y / 9)));
  return std::atanh(x) / x - 1;
}
double excess_slope(double x) {
  const double y = x * x;
  if (x < 0.02) return x * (2.0 / 3 + y * (4.0 / 5 + y * (6.0 / 7 + y * 8 / 9)));
  return (x / ((1 - x) * (1 + x)) - std::atanh(x)) / y;
}

// Where `below(x)` turns false, between 0 and `high`, to the last bit.
template <class Below>
double bisect(double high, Below below) {
  double low = 0;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    (below(middle) ? low : high) = middle;
  }
}

}  // namespace

std::optional<double> tipping_point(const TippingCase& of) {
  if (of.gain >= 1) return 0;
  if (of.leaders < 3 || of.balance <= 0) return std::nullopt;
  const double L = static_cast<double>(of.leaders);
  const double b = of.balance * (L - 2) / L;
  const auto h = [&](double x) { return excess(x) + (1 - of.gain) - b * x; };
  const double lowest = bisect(1, [&](double x) { return excess_slope(x) < b; });
  if (lowest >= 1 || h(lowest) > 0) return std::nullopt;
  return bisect(lowest, [&](double x) { return h(x) > 0; });
}

}  // namespace detente
