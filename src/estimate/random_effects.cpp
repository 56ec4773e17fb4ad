#include "estimate/random_effects.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "estimate/joint_mode.hpp"
#include "estimate/variance_steps.hpp"

namespace detente {
namespace {

constexpr std::size_t most_dense = 2500;  // coefficients whose information is a full matrix

void check_size(const RowTable& table, const Hazard& hazard) {
  if (JointLikelihood(table).by_group() || table.own_size() <= most_dense) return;
  throw Error({.what = fmt::format("the hazard '{}' has {} coefficients by actor or pair: too many for a full matrix",
                                   hazard.name, table.own_size()),
               .where = hazard.text.formula.where,
               .expected = fmt::format("at most {}", most_dense),
               .hint = hazard.text.kind == HazardKind::tie
                           ? "timing = \"exact\" with one by_actor(...) or by_pair(...) takes any number"
                           : "by_pair(...) alone takes any number, unless baseline = \"cox\""});
}

// Alternates between the mode for given variances and the variances for that mode.
class Estimation {
 public:
  Estimation(const RowTable& table, const Hazard& hazard, const Eigen::VectorXd& fixed, const RandomOptions& options)
      : table_(table), hazard_(hazard), options_(options), mode_(table, fixed, precision_of(fixed.size())) {
    for (std::size_t b = 0; b < table.blocks().size(); ++b)
      variances_.emplace_back(table.blocks()[b].terms, hazard.random[b].correlated);
  }

  RandomFit run() {
    const bool given = !options_.covariance.empty();
    VarianceSteps steps(variances_);
    for (fit_.iterations = 0; fit_.iterations < options_.max_iterations; ++fit_.iterations) {
      if (given)
        for (std::size_t b = 0; b < variances_.size(); ++b) variances_[b].set(options_.covariance[b]);
      if (options_.progress) options_.progress(fit_.iterations + 1);
      if (!mode_.maximize(precisions())) {
        fit_.message =
            "the penalized likelihood has no maximum that Newton's steps could reach; give a prior or fewer "
            "effects";
        break;
      }
      fit_.converged = given || steps.advance(moments()) < options_.tolerance;
      if (fit_.converged) break;
    }
    if (!fit_.converged && fit_.message.empty())
      fit_.message = fmt::format("the variances by actor or pair did not settle in {} steps", fit_.iterations);
    report();
    return std::move(fit_);
  }

 private:
  [[nodiscard]] Eigen::VectorXd precision_of(Eigen::Index size) const {
    Eigen::VectorXd precision = Eigen::VectorXd::Zero(size);
    for (std::size_t p = 0; p < options_.prior_scale.size(); ++p)
      if (options_.prior_scale[p] > 0) precision(static_cast<Eigen::Index>(p)) = std::pow(options_.prior_scale[p], -2);
    return precision;
  }

  // Kept while the mode refers to them.
  const std::vector<Eigen::MatrixXd>& precisions() {
    precisions_.clear();
    for (const Variances& variances : variances_) precisions_.push_back(variances.precision());
    return precisions_;
  }

  [[nodiscard]] Eigen::VectorXd own_of(const RowTable::Block& block, std::size_t group) const {
    return mode_.own().segment(static_cast<Eigen::Index>(block.first + group * block.terms),
                               static_cast<Eigen::Index>(block.terms));
  }

  [[nodiscard]] std::vector<GroupMoments> moments() const {
    std::vector<GroupMoments> all;
    for (const RowTable::Block& block : table_.blocks()) {
      const auto q = static_cast<Eigen::Index>(block.terms);
      GroupMoments sums{static_cast<double>(block.groups.size()), Eigen::MatrixXd::Zero(q, q),
                        Eigen::MatrixXd::Zero(q, q)};
      for (std::size_t g = 0; g < block.groups.size(); ++g) {
        const Eigen::VectorXd b = own_of(block, g);
        sums.products += b * b.transpose();
        sums.covariance += mode_.covariance_of(block, g);
      }
      all.push_back(std::move(sums));
    }
    return all;
  }

  void report() {
    fit_.fixed = mode_.fixed();
    fit_.covariance = mode_.fixed_covariance();
    fit_.log_likelihood = mode_.log_likelihood();
    fit_.evaluations = mode_.evaluations();
    double log_precision = 0;
    for (std::size_t b = 0; b < variances_.size(); ++b)
      log_precision += static_cast<double>(table_.blocks()[b].groups.size()) * std::log(precisions_[b].determinant());
    fit_.marginal = mode_.penalized() + 0.5 * log_precision - 0.5 * mode_.log_determinant();
    for (std::size_t b = 0; b < variances_.size(); ++b) fit_.effects.push_back(effects_of(b));
    fit_.posterior = {mode_.own(), -mode_.weights(), mode_.dense_root(), mode_.block_roots()};
  }

  [[nodiscard]] RandomEffects effects_of(std::size_t b) const {
    const RowTable::Block& block = table_.blocks()[b];
    const RandomTerms& random = hazard_.random[b];
    const auto q = static_cast<Eigen::Index>(block.terms);
    const auto n = static_cast<Eigen::Index>(block.groups.size());
    RandomEffects effects{random.name,
                          random.grouping,
                          random.term_names(),
                          random.correlated,
                          variances_[b].covariance(),
                          block.groups,
                          Eigen::MatrixXd(n, q),
                          {},
                          block.events,
                          Eigen::MatrixXd::Zero(n, q),
                          {},
                          random.first_slot,
                          block.first};
    effects.with_fixed = -mode_.weights().middleRows(static_cast<Eigen::Index>(block.first), n * q) * fit_.covariance;
    for (Eigen::Index g = 0; g < n; ++g) {
      Eigen::VectorXd estimate = own_of(block, static_cast<std::size_t>(g));
      Eigen::MatrixXd conditional = mode_.covariance_of(block, static_cast<std::size_t>(g));
      for (Eigen::Index k = 0; k < q; ++k) {
        const double variance = effects.covariance(k, k);
        if (variance > 0) {
          effects.shrinkage(g, k) = std::clamp(1 - conditional(k, k) / variance, 0.0, 1.0);
          continue;
        }
        estimate(k) = 0;
        conditional.row(k).setZero();
        conditional.col(k).setZero();
        effects.with_fixed.row(g * q + k).setZero();
      }
      effects.estimate.row(g) = estimate.transpose();
      effects.conditional.push_back(std::move(conditional));
    }
    return effects;
  }

  const RowTable& table_;
  const Hazard& hazard_;
  const RandomOptions& options_;
  JointMode mode_;
  std::vector<Variances> variances_;
  std::vector<Eigen::MatrixXd> precisions_;
  RandomFit fit_;
};

}  // namespace

std::string to_string(Grouping grouping) {
  switch (grouping) {
    case Grouping::sender: return "sender";
    case Grouping::receiver: return "receiver";
    case Grouping::both: return "both";
    case Grouping::pair: return "pair";
  }
  return "";
}

RandomFit estimate_random(const RowTable& table, const Hazard& hazard, const Eigen::VectorXd& fixed,
                          const RandomOptions& options) {
  check_size(table, hazard);
  return Estimation(table, hazard, fixed, options).run();
}

namespace {

// L^-1 or L'^-1 times a vector over all groups.
template <class Apply>
Eigen::VectorXd by_blocks(const OwnPosterior& posterior, Eigen::VectorXd to, Apply apply) {
  if (posterior.block_roots.empty()) {
    apply(posterior.dense_root, to);
    return to;
  }
  const Eigen::Index q = posterior.block_roots.front().rows();
  for (std::size_t g = 0; g < posterior.block_roots.size(); ++g) {
    Eigen::VectorXd part = to.segment(static_cast<Eigen::Index>(g) * q, q);
    apply(posterior.block_roots[g], part);
    to.segment(static_cast<Eigen::Index>(g) * q, q) = part;
  }
  return to;
}

}  // namespace

Eigen::VectorXd own_given(const OwnPosterior& posterior, const Eigen::VectorXd& fixed_change,
                          const Eigen::VectorXd& z) {
  Eigen::VectorXd b = posterior.mode + posterior.regression * fixed_change;
  if (z.size() == 0) return b;
  return b + by_blocks(posterior, z, [](const Eigen::MatrixXd& root, Eigen::VectorXd& to) {
           root.triangularView<Eigen::Lower>().transpose().solveInPlace(to);
         });
}

double own_variance(const OwnPosterior& posterior, const Eigen::MatrixXd& fixed_covariance,
                    const Eigen::VectorXd& weights) {
  const Eigen::VectorXd given = by_blocks(posterior, weights, [](const Eigen::MatrixXd& root, Eigen::VectorXd& to) {
    root.triangularView<Eigen::Lower>().solveInPlace(to);
  });
  const Eigen::VectorXd fixed = posterior.regression.transpose() * weights;
  return given.squaredNorm() + fixed.dot(fixed_covariance * fixed);
}

std::size_t place_of(const RandomEffects& effects, const Group& group) {
  const auto at = std::lower_bound(effects.groups.begin(), effects.groups.end(), group);
  if (at == effects.groups.end() || *at != group) return no_id;
  return static_cast<std::size_t>(at - effects.groups.begin());
}

void place_own_values(const std::vector<RandomEffects>& effects, const Eigen::VectorXd& b,
                      std::vector<OwnValues>& slots) {
  for (const RandomEffects& block : effects) {
    const std::size_t q = block.terms.size();
    if (slots.size() < block.first_slot + q) slots.resize(block.first_slot + q);
    for (std::size_t g = 0; g < block.groups.size(); ++g)
      for (std::size_t k = 0; k < q; ++k) {
        const auto at = static_cast<Eigen::Index>(block.first + g * q + k);
        const bool spread = block.covariance(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(k)) > 0;
        const double value = spread ? b(at) : 0;
        OwnValues& slot = slots[block.first_slot + k];
        if (block.grouping == Grouping::pair)
          slot.set_pair({block.groups[g].a, block.groups[g].b}, value);
        else
          slot.set(block.groups[g].a, value);
      }
  }
}

}  // namespace detente
