#include "estimate/joint_mode.hpp"

#include <cmath>

namespace detente {
namespace {

constexpr int most_mode_steps = 100;
constexpr int most_halvings = 40;
constexpr double near_enough = 1e-13;  // of the decrement

Eigen::MatrixXd root_of(const Eigen::MatrixXd& matrix, bool& sound) {
  const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
  sound = sound && factor.info() == Eigen::Success;
  return factor.matrixL();
}

}  // namespace

JointMode::JointMode(const RowTable& table, Eigen::VectorXd fixed, Eigen::VectorXd fixed_precision)
    : table_(&table),
      likelihood_(table),
      fixed_(std::move(fixed)),
      own_(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(table.own_size()))),
      fixed_precision_(std::move(fixed_precision)) {}

double JointMode::penalty(const Eigen::VectorXd& own) const {
  double sum = 0;
  for (std::size_t b = 0; b < table_->blocks().size(); ++b) {
    const RowTable::Block& block = table_->blocks()[b];
    const auto q = static_cast<Eigen::Index>(block.terms);
    const Eigen::Map<const Eigen::MatrixXd> each(own.data() + block.first, q,
                                                 static_cast<Eigen::Index>(block.groups.size()));
    sum += 0.5 * each.cwiseProduct((*precision_)[b] * each).sum();
  }
  return sum;
}

double JointMode::prior(const Eigen::VectorXd& fixed) const {
  return 0.5 * fixed.cwiseProduct(fixed_precision_).dot(fixed);
}

// Adds what is known before to the likelihood at hand.
void JointMode::add_priors() {
  now_ = at_;
  objective_ = now_.value - penalty(own_);
  now_.fixed -= fixed_precision_.cwiseProduct(fixed_);
  now_.information.fixed.diagonal() += fixed_precision_;
  for (std::size_t b = 0; b < table_->blocks().size(); ++b) {
    const RowTable::Block& block = table_->blocks()[b];
    const auto q = static_cast<Eigen::Index>(block.terms);
    for (std::size_t g = 0; g < block.groups.size(); ++g) {
      const auto at = static_cast<Eigen::Index>(block.first + g * block.terms);
      now_.own.segment(at, q) -= (*precision_)[b] * own_.segment(at, q);
      if (now_.information.blocks.empty())
        now_.information.dense.block(at, at, q, q) += (*precision_)[b];
      else
        now_.information.blocks[g] += (*precision_)[b];
    }
  }
}

void JointMode::evaluate(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own) {
  at_ = likelihood_(fixed, own);
  ++evaluations_;
}

void JointMode::factorize() {
  sound_ = true;
  block_roots_.clear();
  if (now_.information.blocks.empty())
    dense_root_ = root_of(now_.information.dense, sound_);
  else
    for (const Eigen::MatrixXd& block : now_.information.blocks) block_roots_.push_back(root_of(block, sound_));
  w_ = solve(now_.information.border);
  fixed_covariance_ = Eigen::MatrixXd::Zero(fixed_.size(), fixed_.size());
  if (held_) return;
  const Eigen::MatrixXd schur = now_.information.fixed - now_.information.border.transpose() * w_;
  const Eigen::LDLT<Eigen::MatrixXd> factor(schur);
  sound_ = sound_ && factor.isPositive();
  fixed_covariance_ = factor.solve(Eigen::MatrixXd::Identity(schur.rows(), schur.cols()));
}

Eigen::MatrixXd JointMode::solve(const Eigen::MatrixXd& right) const {
  Eigen::MatrixXd result = right;
  const auto apply = [](const Eigen::MatrixXd& root, auto&& to) {
    root.triangularView<Eigen::Lower>().solveInPlace(to);
    root.triangularView<Eigen::Lower>().transpose().solveInPlace(to);
  };
  if (block_roots_.empty()) {
    if (result.rows() > 0) apply(dense_root_, result);
    return result;
  }
  const Eigen::Index q = block_roots_.front().rows();
  for (std::size_t g = 0; g < block_roots_.size(); ++g) {
    Eigen::MatrixXd part = result.middleRows(static_cast<Eigen::Index>(g) * q, q);
    apply(block_roots_[g], part);
    result.middleRows(static_cast<Eigen::Index>(g) * q, q) = part;
  }
  return result;
}

bool JointMode::maximize(const std::vector<Eigen::MatrixXd>& precision) {
  precision_ = &precision;
  if (evaluations_ == 0) evaluate(fixed_, own_);
  add_priors();
  for (int step = 0;; ++step) {
    factorize();
    const Eigen::VectorXd plain = solve(now_.own);
    const Eigen::VectorXd fixed_step = fixed_covariance_ * (now_.fixed - w_.transpose() * now_.own);
    const Eigen::VectorXd own_step = plain - w_ * fixed_step;
    const double decrement = now_.fixed.dot(fixed_step) + now_.own.dot(own_step);
    if (!sound_ || !(decrement >= -near_enough) || step == most_mode_steps) return false;
    if (decrement < near_enough) break;
    const double before = objective_ - prior(fixed_);
    double length = 1;
    for (int halving = 0;; ++halving, length *= 0.5) {
      const Eigen::VectorXd fixed = fixed_ + length * fixed_step;
      const Eigen::VectorXd own = own_ + length * own_step;
      JointValue before_step = std::move(at_);
      evaluate(fixed, own);
      const double value = at_.value - penalty(own) - prior(fixed);
      if (value >= before - 1e-10 * (1 + std::abs(before))) {
        fixed_ = fixed;
        own_ = own;
        break;
      }
      at_ = std::move(before_step);
      if (halving == most_halvings) return false;
    }
    add_priors();
  }
  dense_inverse_ = {};
  if (block_roots_.empty()) dense_inverse_ = solve(Eigen::MatrixXd::Identity(own_.size(), own_.size()));
  return true;
}

Eigen::MatrixXd JointMode::covariance_of(const RowTable::Block& block, std::size_t group) const {
  const auto q = static_cast<Eigen::Index>(block.terms);
  const auto at = static_cast<Eigen::Index>(block.first + group * block.terms);
  Eigen::MatrixXd inverse;
  if (block_roots_.empty()) {
    inverse = dense_inverse_.block(at, at, q, q);
  } else {
    const Eigen::MatrixXd half =
        block_roots_[group].triangularView<Eigen::Lower>().solve(Eigen::MatrixXd::Identity(q, q));
    inverse = half.transpose() * half;
  }
  const auto w = w_.middleRows(at, q);
  return inverse + w * fixed_covariance_ * w.transpose();
}

double JointMode::log_determinant() const {
  double sum = 0;
  if (block_roots_.empty()) sum = 2 * dense_root_.diagonal().array().log().sum();
  for (const Eigen::MatrixXd& root : block_roots_) sum += 2 * root.diagonal().array().log().sum();
  return sum;
}

}  // namespace detente
