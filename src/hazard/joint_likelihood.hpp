// The likelihood of a table (row_table.hpp) in the coefficients of all, beta, and those of each group, b, together: its
// gradient and information
//
//   I = ( A   B' )      A  P x P        of beta, the baseline's shape last
//       ( B   D  )      D  of b: blocks by group where each row belongs to one group and rows are independent, else dense
//
// In a stratum the information of a row of weight w is w d d' less the products of means, so that D fills up there.
#pragma once

#include <vector>

#include "hazard/row_table.hpp"

namespace detente {

struct JointInformation {
  Eigen::MatrixXd fixed;                // A
  Eigen::MatrixXd border;               // B
  Eigen::MatrixXd dense;                // D, or empty where it is
  std::vector<Eigen::MatrixXd> blocks;  // by group
};

struct JointValue {
  double value = 0;
  Eigen::VectorXd fixed;  // gradient
  Eigen::VectorXd own;
  JointInformation information;
};

class JointLikelihood {
 public:
  explicit JointLikelihood(const RowTable& table) : table_(&table) {}  // which must outlive it

  // Is D a matrix for each group?
  [[nodiscard]] bool by_group() const;
  [[nodiscard]] double value(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own) const;
  [[nodiscard]] JointValue operator()(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own) const;

 private:
  struct Rows;  // what each row adds

  [[nodiscard]] Rows evaluate(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own, JointValue* derivatives) const;
  void add_independent(const Eigen::VectorXd& fixed, Rows& rows, JointValue* derivatives) const;
  void add_strata(Rows& rows, JointValue* derivatives) const;
  void add_rows(const Rows& rows, JointValue& to) const;

  const RowTable* table_;
};

}  // namespace detente
