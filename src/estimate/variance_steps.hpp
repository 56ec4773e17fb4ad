// Variance components on their way to the fixed point of random_effects.hpp: Schall's steps, taken in the logarithms of a
// Cholesky factor and accelerated (Anderson 1965; Walker & Ni 2011).
#pragma once

#include <vector>

#include <Eigen/Dense>

namespace detente {

// Of one block: a matrix, or its diagonal; some of its variances may have gone to 0.
class Variances {
 public:
  Variances(std::size_t terms, bool correlated);

  void set(const Eigen::MatrixXd& covariance);
  [[nodiscard]] const Eigen::MatrixXd& covariance() const { return covariance_; }
  [[nodiscard]] Eigen::MatrixXd precision() const;  // very large where a variance is 0
  [[nodiscard]] std::vector<Eigen::Index> positive() const;
  void drop(Eigen::Index term);  // its variance is 0 from here on

  // Coordinates without bounds: log of the Cholesky factor's diagonal, and its other entries over their row's diagonal.
  [[nodiscard]] std::vector<double> coordinates(const Eigen::MatrixXd& covariance) const;
  void move_to(const double* coordinates);  // as many as coordinates() has

  [[nodiscard]] bool correlated() const { return correlated_; }

 private:
  bool correlated_;
  Eigen::MatrixXd covariance_;
};

// Over the groups of a block: how many, sum of b b', sum of C.
struct GroupMoments {
  double groups;
  Eigen::MatrixXd products;
  Eigen::MatrixXd covariance;
};

class VarianceSteps {
 public:
  explicit VarianceSteps(std::vector<Variances>& variances) : variances_(&variances) {}  // which must outlive it

  // Moves the variances on; the largest change that an unaccelerated step would have made to a coordinate.
  double advance(const std::vector<GroupMoments>& moments);

 private:
  [[nodiscard]] bool drop_vanishing(const std::vector<GroupMoments>& moments);
  [[nodiscard]] Eigen::VectorXd accelerated(const Eigen::VectorXd& at, const Eigen::VectorXd& step);

  std::vector<Variances>* variances_;
  std::vector<Eigen::VectorXd> places_, steps_;  // the last few
};

}  // namespace detente
