#include "hazard/end_baseline.hpp"

#include <cmath>

namespace detente {
namespace {

// What both baselines are functions of: u = k (log t - log s).
struct Scaled {
  double u;
  Eigen::Vector2d gradient;
  Eigen::Matrix2d hessian;
};

Scaled scaled_age(std::span<const double> shape, double age) {
  const double k = std::exp(shape[0]);
  const double scale = shape.size() > 1 ? shape[1] : 0;
  const double u = k * (std::log(age) - scale);
  Scaled scaled{u, {u, shape.size() > 1 ? -k : 0}, Eigen::Matrix2d::Zero()};
  scaled.hessian(0, 0) = u;
  scaled.hessian(0, 1) = scaled.hessian(1, 0) = scaled.gradient(1);
  return scaled;
}

ShapeValue chain(double value, double first, double second, const Scaled& scaled) {
  return {value, first * scaled.gradient,
          second * scaled.gradient * scaled.gradient.transpose() + first * scaled.hessian};
}

ShapeValue cumulative_to(EndBaseline baseline, std::span<const double> shape, double age) {
  if (age <= 0) return {};
  const Scaled scaled = scaled_age(shape, age);
  if (baseline == EndBaseline::weibull) {
    const double h = std::exp(scaled.u);
    return chain(h, h, h, scaled);
  }
  const double passed = 1 / (1 + std::exp(-scaled.u));
  const double value = scaled.u > 0 ? scaled.u + std::log1p(std::exp(-scaled.u)) : std::log1p(std::exp(scaled.u));
  return chain(value, passed, passed * (1 - passed), scaled);
}

}  // namespace

std::vector<std::string> shape_names(EndBaseline baseline) {
  if (baseline == EndBaseline::weibull) return {"log shape"};
  if (baseline == EndBaseline::log_logistic) return {"log shape", "log scale"};
  return {};
}

ShapeValue log_baseline(EndBaseline baseline, std::span<const double> shape, double age) {
  if (shape.empty()) return {};
  const Scaled scaled = scaled_age(shape, age);
  ShapeValue value;
  if (baseline == EndBaseline::weibull) {
    value = chain(scaled.u, 1, 0, scaled);
  } else {
    const double passed = 1 / (1 + std::exp(-scaled.u));
    const double log_sum = scaled.u > 0 ? scaled.u + std::log1p(std::exp(-scaled.u)) : std::log1p(std::exp(scaled.u));
    value = chain(scaled.u - log_sum, 1 - passed, -passed * (1 - passed), scaled);
  }
  value.value += shape[0] - std::log(age);
  value.gradient(0) += 1;
  return value;
}

ShapeValue cumulative_baseline(EndBaseline baseline, std::span<const double> shape, double from, double to) {
  if (shape.empty()) return {.value = to - from};
  ShapeValue value = cumulative_to(baseline, shape, to);
  const ShapeValue before = cumulative_to(baseline, shape, from);
  value.value -= before.value;
  value.gradient -= before.gradient;
  value.hessian -= before.hessian;
  return value;
}

}  // namespace detente
