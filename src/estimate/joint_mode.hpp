// The penalized maximum of a joint likelihood for given variances, by damped Newton steps that use its border:
//
//   W = D^-1 B,  S = A - B' W,   step of beta = S^-1 (g_beta - W' g_b),   step of b = D^-1 g_b - W step of beta
//
// S^-1 is the covariance of beta, D^-1 + W S^-1 W' that of b.
#pragma once

#include <string>
#include <vector>

#include "hazard/joint_likelihood.hpp"

namespace detente {

class JointMode {
 public:
  // `fixed_precision`: of the prior of beta.  Both must outlive it.
  JointMode(const RowTable& table, Eigen::VectorXd fixed, Eigen::VectorXd fixed_precision);

  // From here on beta is known and stays: the mode and covariance are those of b given beta.
  void hold_fixed() { held_ = true; }

  // Moves to the maximum; `precision` is Sigma^-1 of each block.  False where it is not found.
  bool maximize(const std::vector<Eigen::MatrixXd>& precision);

  [[nodiscard]] const Eigen::VectorXd& fixed() const { return fixed_; }
  [[nodiscard]] const Eigen::VectorXd& own() const { return own_; }
  [[nodiscard]] double log_likelihood() const { return now_.value; }
  [[nodiscard]] double penalized() const { return objective_; }  // without the prior of beta
  [[nodiscard]] double log_determinant() const;                  // of D, the prior included
  [[nodiscard]] int evaluations() const { return evaluations_; }

  // Valid after maximize().
  [[nodiscard]] const Eigen::MatrixXd& fixed_covariance() const { return fixed_covariance_; }
  [[nodiscard]] const Eigen::MatrixXd& weights() const { return w_; }  // W
  [[nodiscard]] Eigen::MatrixXd covariance_of(const RowTable::Block& block, std::size_t group) const;
  [[nodiscard]] const Eigen::MatrixXd& dense_root() const { return dense_root_; }
  [[nodiscard]] const std::vector<Eigen::MatrixXd>& block_roots() const { return block_roots_; }

 private:
  void evaluate(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own);
  void add_priors();
  void factorize();
  [[nodiscard]] double penalty(const Eigen::VectorXd& own) const;
  [[nodiscard]] double prior(const Eigen::VectorXd& fixed) const;
  [[nodiscard]] Eigen::MatrixXd solve(const Eigen::MatrixXd& right) const;  // D^-1 right

  const RowTable* table_;
  JointLikelihood likelihood_;
  Eigen::VectorXd fixed_, own_, fixed_precision_;
  const std::vector<Eigen::MatrixXd>* precision_ = nullptr;
  JointValue at_;   // the likelihood where the coefficients stand
  JointValue now_;  // and with what is known before
  double objective_ = 0;
  int evaluations_ = 0;
  Eigen::MatrixXd w_, fixed_covariance_, dense_root_, dense_inverse_;
  std::vector<Eigen::MatrixXd> block_roots_;
  bool sound_ = true;
  bool held_ = false;
};

}  // namespace detente
