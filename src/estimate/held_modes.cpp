#include "estimate/held_modes.hpp"

#include "estimate/joint_mode.hpp"
#include "estimate/variance_steps.hpp"

namespace detente {
namespace {

std::vector<Eigen::MatrixXd> precisions_of(const std::vector<RandomEffects>& effects) {
  std::vector<Eigen::MatrixXd> precisions;
  for (const RandomEffects& block : effects) {
    Variances variances(block.terms.size(), block.correlated);
    variances.set(block.covariance);
    precisions.push_back(variances.precision());
  }
  return precisions;
}

// By coefficient.
Eigen::VectorXd events_behind(const RowTable& table) {
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(table.own_size()));
  std::vector<RowTable::Entry> entries;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.events(row) == 0) continue;
    table.entries(row, entries);
    for (const RowTable::Entry& entry : entries) counts(entry.coefficient) += table.events(row);
  }
  return counts;
}

HeldModes modes_of(const RowTable::Block& block, const JointMode& mode, const Eigen::VectorXd& counts,
                   const RandomEffects& effects) {
  const auto n = static_cast<Eigen::Index>(block.groups.size());
  const auto q = static_cast<Eigen::Index>(block.terms);
  HeldModes modes{block.groups, Eigen::MatrixXd(n, q), {}, Eigen::MatrixXd(n, q)};
  for (Eigen::Index g = 0; g < n; ++g) {
    const auto at = static_cast<Eigen::Index>(block.first) + g * q;
    modes.estimate.row(g) = mode.own().segment(at, q).transpose();
    modes.events.row(g) = counts.segment(at, q).transpose();
    Eigen::MatrixXd conditional = mode.covariance_of(block, static_cast<std::size_t>(g));
    for (Eigen::Index k = 0; k < q; ++k) {
      if (effects.covariance(k, k) > 0) continue;
      modes.estimate(g, k) = 0;
      conditional.row(k).setZero();
      conditional.col(k).setZero();
    }
    modes.conditional.push_back(std::move(conditional));
  }
  return modes;
}

}  // namespace

std::vector<HeldModes> held_modes(const RowTable& table, const Eigen::VectorXd& fixed,
                                  const std::vector<RandomEffects>& effects) {
  std::vector<HeldModes> all(effects.size());
  if (table.rows() == 0) return all;
  const std::vector<Eigen::MatrixXd> precisions = precisions_of(effects);
  JointMode mode(table, fixed, Eigen::VectorXd::Zero(fixed.size()));
  mode.hold_fixed();
  if (!mode.maximize(precisions)) {
    for (HeldModes& modes : all) modes.found = false;
    return all;
  }
  const Eigen::VectorXd counts = events_behind(table);
  for (std::size_t b = 0; b < effects.size(); ++b) all[b] = modes_of(table.blocks()[b], mode, counts, effects[b]);
  return all;
}

}  // namespace detente
