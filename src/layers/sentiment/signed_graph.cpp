#include "layers/sentiment/signed_graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Eigenvalues>

namespace detente {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

Eigen::MatrixXd undirected(const Eigen::MatrixXd& X) {
  Eigen::MatrixXd between = (X + X.transpose()) / 2;
  between.diagonal().setZero();
  return between;
}

// With nothing on the diagonal each triad is counted six times.
double sum_over_triads(const Eigen::MatrixXd& X) { return (X * X).cwiseProduct(X).sum() / 6; }

}  // namespace

std::vector<int> camps_of(const Eigen::MatrixXd& X, double clear) {
  std::vector<int> camps(static_cast<std::size_t>(X.rows()), 0);
  if (X.size() == 0 || !(X.cwiseAbs().maxCoeff() >= clear)) return camps;
  const Eigen::MatrixXd symmetric = (X + X.transpose()) / 2;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(symmetric);
  const Eigen::VectorXd leading = solver.eigenvectors().col(X.rows() - 1);
  const double least = 1e-3 * leading.cwiseAbs().maxCoeff();
  int first = 0;
  for (Eigen::Index i = 0; i < leading.size(); ++i) {
    const int side = std::abs(leading(i)) < least ? 0 : (leading(i) > 0 ? 1 : -1);
    if (first == 0) first = side;
    camps[static_cast<std::size_t>(i)] = side * first;
  }
  return camps;
}

int number_of_camps(const std::vector<int>& camps) {
  return static_cast<int>(std::count(camps.begin(), camps.end(), 1) > 0) +
         static_cast<int>(std::count(camps.begin(), camps.end(), -1) > 0);
}

double balanced_share(const Eigen::MatrixXd& X) {
  const Eigen::MatrixXd signs = undirected(X).array().sign().matrix();
  const double triads = sum_over_triads(signs.cwiseAbs());
  return triads > 0 ? (1 + sum_over_triads(signs) / triads) / 2 : unknown;
}

double balance_energy(const Eigen::MatrixXd& X) {
  const double n = static_cast<double>(X.rows());
  return n < 3 ? unknown : -sum_over_triads(undirected(X)) / (n * (n - 1) * (n - 2) / 6);
}

}  // namespace detente
