// How the hazard of a tie's end changes with the tie's age t alone: lambda(t) = e^{theta x} h0(t), H0(t) = integral of h0.
//
//   piecewise      h0 = 1; the steps of age_cuts are covariates (exponential without any)
//   weibull        h0 = k t^{k-1},                     H0 = t^k                log shape = log k
//   log_logistic   h0 = k t^{k-1} / (s^k + t^k),       H0 = log(1 + (t/s)^k)   log shape = log k, log scale = log s
//   cox            h0 unspecified: a partial likelihood (Cox 1972), ties in time by Breslow or Efron
//
// A log-logistic hazard rises to a peak and falls again when k > 1 (a honeymoon, then the test), and falls from the start
// when k <= 1.  Kalbfleisch & Prentice (2002), chapter 2; hazards are proportional, so that ratios multiply: e^theta are
// ratios of hazards and not of durations.  For a Weibull baseline the coefficients of an accelerated-failure model are
// -theta / k.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Dense>

namespace detente {

enum class EndBaseline : std::uint8_t { piecewise, weibull, log_logistic, cox };

// The coefficients of a baseline's shape, which stand after those of the effects: none, "log shape", "log scale".
[[nodiscard]] std::vector<std::string> shape_names(EndBaseline baseline);

// A function of the shape with its first and second derivatives.
struct ShapeValue {
  double value = 0;
  Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
  Eigen::Matrix2d hessian = Eigen::Matrix2d::Zero();
};

// log h0(age); the age must be above 0.
[[nodiscard]] ShapeValue log_baseline(EndBaseline baseline, std::span<const double> shape, double age);
// H0(to) - H0(from), ages from 0 on.
[[nodiscard]] ShapeValue cumulative_baseline(EndBaseline baseline, std::span<const double> shape, double from,
                                             double to);

}  // namespace detente
