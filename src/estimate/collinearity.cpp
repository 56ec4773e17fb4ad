#include "estimate/collinearity.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hazard/marks.hpp"

namespace detente {
namespace {

constexpr double collinear_below = 1e-9;  // residual variance, as a part of the effect's own
constexpr double negligible_part = 1e-5;  // of a combination's largest part, in standard deviations
constexpr double large = 1000;            // of a constant: perhaps it varies, by less than 3e-5 of itself
constexpr double shown_above = 0.2;       // loading of an effect in the direction that is nearly flat

using Indices = std::vector<Eigen::Index>;

// sum of weights x names: "2 x 'b' - 0.5 x 'c' + 3".  The baseline's name is 1.
std::string combination(const Eigen::VectorXd& weights, const Indices& which, const std::vector<std::string>& names) {
  std::string text;
  for (Eigen::Index k = 0; k < weights.size(); ++k) {
    const double weight = weights(k);
    if (weight == 0) continue;
    const std::string& name = names[static_cast<std::size_t>(which[static_cast<std::size_t>(k)])];
    const std::string size = fmt::format("{:.4g}", std::abs(weight));
    text += text.empty() ? (weight < 0 ? "-" : "") : weight < 0 ? " - " : " + ";
    text += name == "baseline" ? size : size == "1" ? fmt::format("'{}'", name) : fmt::format("{} x '{}'", size, name);
  }
  return text;
}

std::string never_varies(const std::string& name, const std::string& unit) {
  if (name == "baseline")
    return "no time passes in which anything could happen: the record says nothing about the rate";
  return fmt::format("'{}' is the same for every {} at risk: the record says nothing about it; remove it", name, unit);
}

// Baselines stand first, one or one for each mark.
Eigen::Index count_baselines(const std::vector<std::string>& names) {
  return std::find_if_not(names.begin(), names.end(), is_baseline) - names.begin();
}

std::string depends(const std::string& name, const Eigen::VectorXd& weights, const Indices& kept,
                    const std::vector<std::string>& names, const std::string& unit) {
  const Eigen::Index baselines = count_baselines(names);
  const bool constant = std::all_of(kept.begin(), kept.end(), [&](Eigen::Index k) {
    return k < baselines || weights(std::find(kept.begin(), kept.end(), k) - kept.begin()) == 0;
  });
  if (constant)
    return fmt::format(
        "'{}' = {} for every {} at risk: the baseline says all that it could; remove it{}", name,
        combination(weights, kept, names), unit,
        weights.cwiseAbs().maxCoeff() < large ? "" : ", or subtract that first where it varies a little");
  return fmt::format("'{}' = {} on every {} at risk{}: together they say nothing more; remove '{}' or give a prior",
                     name, combination(weights, kept, names), unit,
                     baselines > 0 ? "" : " (but for what is the same for all of them)", name);
}

Eigen::MatrixXd correlations(const Eigen::MatrixXd& information) {
  const Eigen::VectorXd scale = information.diagonal().cwiseSqrt().cwiseInverse();
  return scale.asDiagonal() * information * scale.asDiagonal();
}

// The information on the effects with the baselines estimated beside them.
Eigen::MatrixXd without_baselines(const Eigen::MatrixXd& information, Eigen::Index baselines) {
  const Eigen::Index n = information.rows() - baselines;
  const Eigen::MatrixXd with = information.bottomLeftCorner(n, baselines);
  const Eigen::MatrixXd among = information.topLeftCorner(baselines, baselines);
  return information.bottomRightCorner(n, n) - with * among.ldlt().solve(with.transpose());
}

void find_nearly(Collinearity& found, const Eigen::MatrixXd& information, const std::vector<std::string>& names) {
  const Eigen::Index baselines = count_baselines(names);
  if (information.rows() - baselines < 2) return;
  const Eigen::MatrixXd effects = baselines > 0 ? without_baselines(information, baselines) : information;
  if (!(effects.diagonal().minCoeff() > 0)) return;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlations(effects));
  const double smallest = solver.eigenvalues()(0);
  found.condition_number = smallest > 0 ? solver.eigenvalues().tail(1)(0) / smallest : INFINITY;
  if (!(found.condition_number > nearly_collinear_above)) return;
  std::vector<std::string> parts;
  for (Eigen::Index p = 0; p < effects.rows(); ++p)
    if (std::abs(solver.eigenvectors()(p, 0)) > shown_above)
      parts.push_back(fmt::format("'{}'", names[static_cast<std::size_t>(p + baselines)]));
  found.nearly = fmt::format(
      "{} say nearly the same (condition number {:.0f}): their standard errors are wide and their estimates lean on "
      "each other; remove one of them or give a prior",
      fmt::join(parts, " and "), found.condition_number);
}

}  // namespace

Collinearity find_collinearity(const Eigen::MatrixXd& information, const std::vector<std::string>& names,
                               const std::string& unit) {
  Collinearity found;
  const Eigen::Index n = information.rows();
  if (n == 0) return found;
  const Eigen::VectorXd scale = information.diagonal().cwiseMax(0).cwiseSqrt();
  Indices kept;
  for (Eigen::Index p = 0; p < n; ++p) {
    const std::string& name = names[static_cast<std::size_t>(p)];
    std::string problem;
    if (!(scale(p) > 0)) {
      problem = never_varies(name, unit);
      if (name == "baseline") return {problem, "", 1};
    } else if (!kept.empty()) {
      const Eigen::MatrixXd among = correlations(information(kept, kept));
      const Eigen::VectorXd with = information(kept, p).cwiseQuotient(scale(kept)) / scale(p);
      Eigen::VectorXd weights = among.ldlt().solve(with);
      if (1 - with.dot(weights) < collinear_below) {
        const double unit_part = weights.cwiseAbs().maxCoeff();
        weights = (weights.array().abs() < negligible_part * unit_part).select(0, weights);
        weights = (weights * scale(p)).cwiseQuotient(scale(kept));
        problem = depends(name, weights, kept, names, unit);
      }
    }
    if (problem.empty())
      kept.push_back(p);
    else
      found.exact += (found.exact.empty() ? "" : "; ") + problem;
  }
  if (found.exact.empty()) find_nearly(found, information, names);
  return found;
}

}  // namespace detente
