#include "estimate/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace detente {
namespace {

struct Node {
  double at;
  double weight;
};
constexpr std::array<Node, 5> gauss_legendre{{{0.046910077030668004, 0.11846344252809454},
                                              {0.23076534494715845, 0.23931433524968324},
                                              {0.5, 0.28444444444444444},
                                              {0.76923465505284155, 0.23931433524968324},
                                              {0.953089922969332, 0.11846344252809454}}};
constexpr std::size_t against_listed = 2;

std::vector<Against> find_against(const EventFit& fit, const Eigen::VectorXd& estimate, Eigen::Index before) {
  std::vector<Against> against;
  for (Eigen::Index p = 0; p < fit.x.size(); ++p) {
    const double contribution = estimate(before + p) * (fit.x(p) - fit.mean(p));
    if (contribution < 0) against.push_back({static_cast<std::size_t>(before + p), contribution});
  }
  std::stable_sort(against.begin(), against.end(),
                   [](const Against& a, const Against& b) { return a.contribution < b.contribution; });
  against.resize(std::min(against.size(), against_listed));
  return against;
}

// The places of the smallest values, smallest first.
std::vector<std::size_t> smallest(std::size_t size, const std::function<double(std::size_t)>& value) {
  std::vector<std::size_t> places(size);
  std::iota(places.begin(), places.end(), std::size_t{0});
  const std::size_t count = std::min(size, outliers_listed);
  std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count), places.end(),
                    [&](std::size_t a, std::size_t b) {
                      const double va = value(a);
                      const double vb = value(b);
                      return va != vb ? va < vb : a < b;
                    });
  places.resize(count);
  return places;
}

void rank_events(Explanation& explanation) {
  const auto count = static_cast<double>(explanation.events.size());
  for (const EventFit& fit : explanation.events) {
    const auto at_risk = static_cast<double>(fit.at_risk);
    explanation.mean_rank += fit.rank / (at_risk + 1) / count;
    for (std::size_t k = 0; k < recall_shares.size(); ++k)
      if (fit.rank <= recall_shares[k] * at_risk) explanation.recall[k] += 1 / count;
  }
}

}  // namespace

std::vector<double> gains(const LikelihoodFunction& likelihood, const Eigen::VectorXd& estimate,
                          std::size_t baselines) {
  const auto first = static_cast<Eigen::Index>(baselines);
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(estimate.size());
  for (const Node& node : gauss_legendre) {
    Eigen::VectorXd at = node.at * estimate;
    at.head(first) = estimate.head(first);
    const Likelihood l = likelihood(at);
    sum += node.weight * l.gradient;
    // A baseline's column of the information is what its rate makes expected; the best one makes it expect as many events
    // as there were, which is what the gradient lacks.
    for (Eigen::Index k = 0; k < first; ++k)
      sum -= node.weight * l.gradient(k) / l.information(k, k) * l.information.col(k);
  }
  Eigen::VectorXd gain = sum.cwiseProduct(estimate);
  gain.head(first).setZero();
  return {gain.data(), gain.data() + gain.size()};
}

void summarize(Explanation& explanation, const Eigen::VectorXd& estimate, std::size_t baselines) {
  for (const std::size_t place :
       smallest(explanation.events.size(), [&](std::size_t k) { return explanation.events[k].log_probability; }))
    explanation.outliers.push_back(
        {place, find_against(explanation.events[place], estimate, static_cast<Eigen::Index>(baselines))});
  for (const std::size_t place : smallest(
           explanation.ties.size(), [&](std::size_t k) { return -std::abs(explanation.ties[k].deviance_residual()); }))
    explanation.outliers.push_back({place, {}});
  rank_events(explanation);
}

}  // namespace detente
