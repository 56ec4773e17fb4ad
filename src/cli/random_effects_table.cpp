#include "cli/random_effects_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ostream>

#include <fmt/ostream.h>

namespace detente::cli {
namespace {

constexpr std::size_t shown_each_way = 3;

std::string group_name(const RandomEffects& effects, std::size_t number, const Record& record) {
  const Group& group = effects.groups[number];
  std::string name = printable(record.actors[group.a].id, 30);
  if (effects.grouping == Grouping::pair) name += " and " + printable(record.actors[group.b].id, 30);
  return name;
}

const char* noun(Grouping grouping) {
  switch (grouping) {
    case Grouping::sender: return "senders";
    case Grouping::receiver: return "receivers";
    case Grouping::both: return "actors, both of each tie or event";
    case Grouping::pair: return "pairs";
  }
  return "";
}

// Those with the largest and the smallest estimates, from the top; all where they are few.
std::vector<std::size_t> extremes(const RandomEffects& effects, Eigen::Index term) {
  std::vector<std::size_t> order(effects.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return effects.estimate(static_cast<Eigen::Index>(a), term) > effects.estimate(static_cast<Eigen::Index>(b), term);
  });
  if (order.size() > 2 * shown_each_way)
    order.erase(order.begin() + shown_each_way, order.end() - static_cast<std::ptrdiff_t>(shown_each_way));
  return order;
}

void print_groups(const RandomEffects& effects, Eigen::Index term, const Record& record, double level,
                  std::ostream& out) {
  const double z = normal_quantile_two_sided(level);
  const std::vector<std::size_t> shown = extremes(effects, term);
  std::size_t width = 8;
  for (const std::size_t g : shown) width = std::max(width, group_name(effects, g, record).size());
  fmt::print(out, "      {:<{}}  {:>9}  {:>9}  {:>9}  {:>7}  {:>8}\n", "", width, "estimate",
             fmt::format("{:g} % low", 100 * level), "high", "events", "own data");
  for (std::size_t k = 0; k < shown.size(); ++k) {
    const auto g = static_cast<Eigen::Index>(shown[k]);
    if (k == shown_each_way && effects.groups.size() > shown.size()) fmt::print(out, "      ...\n");
    const double estimate = effects.estimate(g, term);
    const double error = std::sqrt(effects.conditional[shown[k]](term, term));
    fmt::print(out, "      {:<{}}  {:>9.4f}  {:>9.4f}  {:>9.4f}  {:>7}  {:>6.0f} %\n",
               group_name(effects, shown[k], record), width, estimate, estimate - z * error, estimate + z * error,
               effects.events[shown[k]], 100 * effects.shrinkage(g, term));
  }
}

void print_correlations(const RandomEffects& effects, std::ostream& out) {
  for (Eigen::Index k = 0; effects.correlated && k < effects.covariance.rows(); ++k)
    for (Eigen::Index l = 0; l < k; ++l) {
      const double scale = std::sqrt(effects.covariance(k, k) * effects.covariance(l, l));
      if (scale > 0)
        fmt::print(out, "    correlation of {} with {}: {:.3f}\n", effects.terms[static_cast<std::size_t>(l)],
                   effects.terms[static_cast<std::size_t>(k)], effects.covariance(k, l) / scale);
    }
}

}  // namespace

void print_random_effects(const HazardFit& fit, const Record& record, double level, std::ostream& out) {
  for (const RandomEffects& effects : fit.random) {
    fmt::print(out, "  {}: {} {}\n", effects.name, effects.groups.size(), noun(effects.grouping));
    for (std::size_t term = 0; term < effects.terms.size(); ++term) {
      const auto k = static_cast<Eigen::Index>(term);
      const double variance = effects.covariance(k, k);
      fmt::print(out, "    {}: standard deviation {:.4f}{}\n", effects.terms[term], std::sqrt(variance),
                 variance > 0 ? "" : ", no more spread than chance");
      if (variance > 0) print_groups(effects, k, record, level, out);
    }
    print_correlations(effects, out);
  }
}

}  // namespace detente::cli
