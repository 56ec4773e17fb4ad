#include "layers/dormand_prince.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace detente {
namespace {

constexpr std::size_t stages = 7;

// Row s: the weights of the earlier stages in stage s; the last row is also the solution of order 5 (first same as last).
constexpr double nodes_of[stages][stages - 1] = {
    {0, 0, 0, 0, 0, 0},
    {1.0 / 5, 0, 0, 0, 0, 0},
    {3.0 / 40, 9.0 / 40, 0, 0, 0, 0},
    {44.0 / 45, -56.0 / 15, 32.0 / 9, 0, 0, 0},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729, 0, 0},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656, 0},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}};
// Order 5 less order 4.
constexpr double error_of[stages] = {71.0 / 57600,      0,          -71.0 / 16695, 71.0 / 1920,
                                     -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

using Stages = std::array<Eigen::MatrixXd, stages>;

// All stages after the first, which is there; `next` becomes the solution of order 5.  Returns the largest error, in shares
// of what is allowed.
double try_step(const MatrixRate& rate, const Eigen::MatrixXd& X, double h, const FlowOptions& options, Stages& k,
                Eigen::MatrixXd& next) {
  for (std::size_t s = 1; s < stages; ++s) {
    next = X;
    for (std::size_t r = 0; r < s; ++r)
      if (nodes_of[s][r] != 0) next += h * nodes_of[s][r] * k[r];
    rate(next, k[s]);
  }
  Eigen::MatrixXd error = Eigen::MatrixXd::Zero(X.rows(), X.cols());
  for (std::size_t s = 0; s < stages; ++s) error += h * error_of[s] * k[s];
  if (error.size() == 0) return 0;
  if (options.relative == 0) return error.cwiseAbs().maxCoeff() / options.tolerance;
  const auto allowed = options.tolerance + options.relative * X.array().abs().max(next.array().abs());
  return (error.array().abs() / allowed).maxCoeff();
}

}  // namespace

FlowSummary integrate(const MatrixRate& rate, Eigen::MatrixXd& X, double time, const FlowOptions& options) {
  FlowSummary summary;
  double h = options.first_step > 0 ? options.first_step : 0.1;
  double done = 0;
  Stages k;
  k.fill(Eigen::MatrixXd::Zero(X.rows(), X.cols()));
  Eigen::MatrixXd next;
  rate(X, k[0]);
  while (done < time) {
    const bool last = h >= time - done;
    const double step = last ? time - done : h;
    const bool forced = step <= options.shortest;
    if (step < 1e-14 * time && !forced) return summary;
    const double error = try_step(rate, X, step, options, k, next);
    const bool good = error <= 1 || forced;  // an error that is not a number is none too
    const double grow = std::isfinite(error) ? 0.9 * std::pow(std::max(error, 1e-10), -0.2) : 0.2;
    const double wanted = std::max(options.shortest, step * std::clamp(grow, 0.2, 5.0));
    h = good && last ? std::max(h, wanted) : wanted;
    if (!good) {
      ++summary.rejected;
      continue;
    }
    ++summary.accepted;
    X.swap(next);
    if (forced && !X.allFinite()) return summary;  // out of the range of numbers
    k[0].swap(k[stages - 1]);
    done = last ? time : done + step;
    summary.next_step = h;
  }
  summary.finished = true;
  return summary;
}

}  // namespace detente
