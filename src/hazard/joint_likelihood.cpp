#include "hazard/joint_likelihood.hpp"

#include <cmath>

namespace detente {
namespace {

using Entries = std::vector<RowTable::Entry>;

constexpr Eigen::Index means_at_once = 256;

// Products of the means of strata, taken off the information many at a time.
class Means {
 public:
  Means(Eigen::Index fixed, Eigen::Index own, JointInformation& information)
      : fixed_(Eigen::MatrixXd::Zero(fixed, means_at_once)),
        own_(Eigen::MatrixXd::Zero(own, means_at_once)),
        information_(information) {}

  void add(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own) {
    fixed_.col(count_) = fixed;
    own_.col(count_) = own;
    if (++count_ == means_at_once) flush();
  }

  void flush() {
    const auto fixed = fixed_.leftCols(count_);
    const auto own = own_.leftCols(count_);
    information_.fixed.noalias() -= fixed * fixed.transpose();
    information_.border.noalias() -= own * fixed.transpose();
    information_.dense.selfadjointView<Eigen::Lower>().rankUpdate(own, -1);
    count_ = 0;
  }

 private:
  Eigen::MatrixXd fixed_, own_;
  JointInformation& information_;
  Eigen::Index count_ = 0;
};

}  // namespace

struct JointLikelihood::Rows {
  double value = 0;
  std::vector<double> linear;
  std::vector<double> residual;  // events less those expected: the gradient is sum residual x d
  std::vector<double> weight;    // the information is sum weight x d d', less means
};

bool JointLikelihood::by_group() const {
  return table_->kind() != RowTable::Kind::conditional && table_->blocks().size() == 1 &&
         table_->blocks().front().members == 1;
}

JointLikelihood::Rows JointLikelihood::evaluate(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own,
                                                JointValue* derivatives) const {
  const auto columns = static_cast<Eigen::Index>(table_->columns());
  Rows rows;
  rows.linear.resize(table_->rows());
  Entries entries;
  for (std::size_t r = 0; r < table_->rows(); ++r) {
    double sum = Eigen::Map<const Eigen::VectorXd>(table_->x(r), columns).dot(fixed.head(columns));
    table_->entries(r, entries);
    for (const RowTable::Entry& entry : entries) sum += own(entry.coefficient) * entry.value;
    rows.linear[r] = sum;
  }
  if (derivatives != nullptr) {
    rows.residual.assign(table_->rows(), 0.0);
    rows.weight.assign(table_->rows(), 0.0);
  }
  if (table_->kind() == RowTable::Kind::conditional)
    add_strata(rows, derivatives);
  else
    add_independent(fixed, rows, derivatives);
  return rows;
}

void JointLikelihood::add_independent(const Eigen::VectorXd& fixed, Rows& rows, JointValue* derivatives) const {
  const auto columns = static_cast<Eigen::Index>(table_->columns());
  const Eigen::Index shapes = fixed.size() - columns;
  const std::span<const double> shape(fixed.data() + columns, static_cast<std::size_t>(shapes));
  Entries entries;
  for (std::size_t r = 0; r < table_->rows(); ++r) {
    const double ratio = std::exp(rows.linear[r]);
    const double events = table_->events(r);
    ShapeValue passed{.value = table_->exposure(r)};
    ShapeValue now;
    if (shapes > 0) {
      const double until = table_->from(r) + table_->exposure(r);
      passed = cumulative_baseline(table_->baseline(), shape, table_->from(r), until);
      if (events > 0) now = log_baseline(table_->baseline(), shape, until);
    }
    const double expected = ratio * passed.value;
    rows.value += events * (rows.linear[r] + now.value) - expected;
    if (derivatives == nullptr) continue;
    rows.residual[r] = events - expected;
    rows.weight[r] = expected;
    if (shapes == 0) continue;
    JointInformation& information = derivatives->information;
    derivatives->fixed.tail(shapes) += (events * now.gradient - ratio * passed.gradient).head(shapes);
    const Eigen::VectorXd cross = ratio * passed.gradient.head(shapes);
    const Eigen::Map<const Eigen::VectorXd> x(table_->x(r), columns);
    information.fixed.topRightCorner(columns, shapes) += x * cross.transpose();
    information.fixed.bottomLeftCorner(shapes, columns) += cross * x.transpose();
    information.fixed.bottomRightCorner(shapes, shapes) +=
        (ratio * passed.hessian - events * now.hessian).topLeftCorner(shapes, shapes);
    table_->entries(r, entries);
    for (const RowTable::Entry& entry : entries)
      information.border.row(entry.coefficient).tail(shapes) += entry.value * cross.transpose();
  }
}

// Efron (1977): of the d events of a stratum the k-th finds k/d of the weight of all who act gone; after Breslow nothing.
void JointLikelihood::add_strata(Rows& rows, JointValue* derivatives) const {
  const auto columns = static_cast<Eigen::Index>(table_->columns());
  const auto size = static_cast<Eigen::Index>(table_->own_size());
  const bool wanted = derivatives != nullptr;
  JointInformation nothing;
  Means means(wanted ? columns : 0, wanted ? size : 0, wanted ? derivatives->information : nothing);
  Entries entries;
  Eigen::VectorXd fixed(columns), own(size), acting_fixed(columns), acting_own(size);
  const auto add_mean = [&](std::uint32_t r, double w, Eigen::VectorXd& to_fixed, Eigen::VectorXd& to_own) {
    to_fixed += w * Eigen::Map<const Eigen::VectorXd>(table_->x(r), columns);
    table_->entries(r, entries);
    for (const RowTable::Entry& entry : entries) to_own(entry.coefficient) += w * entry.value;
  };
  std::vector<double> ratio;
  for (const RowTable::Stratum& stratum : table_->strata()) {
    double top = -std::numeric_limits<double>::infinity();  // no exponential overflows
    for (const std::uint32_t r : stratum.at_risk) top = std::max(top, rows.linear[r] + table_->offset(r));
    const auto ratio_of = [&](std::uint32_t r) { return std::exp(rows.linear[r] + table_->offset(r) - top); };
    double total = 0, acting = 0;
    for (const std::uint32_t r : stratum.at_risk) total += ratio_of(r);
    for (const std::uint32_t r : stratum.ended) {
      acting += ratio_of(r);
      rows.value += table_->events(r) * rows.linear[r];
    }
    const bool efron = table_->efron() && stratum.events > 1;
    const auto steps = static_cast<std::size_t>(efron ? stratum.events : 1);
    const double each = efron ? 1 : stratum.events;
    if (wanted) {
      fixed.setZero(), own.setZero(), acting_fixed.setZero(), acting_own.setZero();
      for (const std::uint32_t r : stratum.at_risk) add_mean(r, ratio_of(r), fixed, own);
      if (efron)
        for (const std::uint32_t r : stratum.ended) add_mean(r, ratio_of(r), acting_fixed, acting_own);
    }
    double of_all = 0, of_acting = 0;  // the weight of a row, per its ratio, over all steps
    for (std::size_t k = 0; k < steps; ++k) {
      const double gone = efron ? static_cast<double>(k) / stratum.events : 0;
      const double left = total - gone * acting;
      rows.value -= each * (std::log(left) + top);
      of_all += each / left;
      of_acting += each * (1 - gone) / left;
      if (!wanted) continue;
      const double root = std::sqrt(each) / left;
      means.add(root * (fixed - gone * acting_fixed), root * (own - gone * acting_own));
    }
    if (!wanted) continue;
    for (const std::uint32_t r : stratum.at_risk) {
      const double w = ratio_of(r) * of_all;
      rows.weight[r] += w;
      rows.residual[r] -= w;
    }
    for (const std::uint32_t r : stratum.ended) {
      const double w = ratio_of(r) * (of_acting - of_all);
      rows.weight[r] += w;
      rows.residual[r] += table_->events(r) - w;
    }
  }
  if (wanted) means.flush();
}

void JointLikelihood::add_rows(const Rows& rows, JointValue& to) const {
  const auto columns = static_cast<Eigen::Index>(table_->columns());
  JointInformation& information = to.information;
  const std::size_t terms = table_->blocks().front().terms;
  Entries entries;
  for (std::size_t r = 0; r < table_->rows(); ++r) {
    const Eigen::Map<const Eigen::VectorXd> x(table_->x(r), columns);
    const double w = rows.weight[r];
    to.fixed.head(columns) += rows.residual[r] * x;
    information.fixed.topLeftCorner(columns, columns).noalias() += w * x * x.transpose();
    table_->entries(r, entries);
    for (const RowTable::Entry& one : entries) {
      to.own(one.coefficient) += rows.residual[r] * one.value;
      information.border.row(one.coefficient).head(columns) += w * one.value * x.transpose();
      for (const RowTable::Entry& other : entries) {
        const double product = w * one.value * other.value;
        if (information.blocks.empty()) {
          if (other.coefficient <= one.coefficient) information.dense(one.coefficient, other.coefficient) += product;
        } else {
          information.blocks[one.coefficient / terms](one.coefficient % terms, other.coefficient % terms) += product;
        }
      }
    }
  }
  if (information.blocks.empty())
    information.dense.triangularView<Eigen::StrictlyUpper>() = information.dense.transpose();
}

double JointLikelihood::value(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own) const {
  return evaluate(fixed, own, nullptr).value;
}

JointValue JointLikelihood::operator()(const Eigen::VectorXd& fixed, const Eigen::VectorXd& own) const {
  JointValue to;
  to.fixed = Eigen::VectorXd::Zero(fixed.size());
  to.own = Eigen::VectorXd::Zero(own.size());
  JointInformation& information = to.information;
  information.fixed = Eigen::MatrixXd::Zero(fixed.size(), fixed.size());
  information.border = Eigen::MatrixXd::Zero(own.size(), fixed.size());
  if (by_group()) {
    const auto terms = static_cast<Eigen::Index>(table_->blocks().front().terms);
    information.blocks.assign(table_->blocks().front().groups.size(), Eigen::MatrixXd::Zero(terms, terms));
  } else {
    information.dense = Eigen::MatrixXd::Zero(own.size(), own.size());
  }
  const Rows rows = evaluate(fixed, own, &to);
  to.value = rows.value;
  add_rows(rows, to);
  return to;
}

}  // namespace detente
