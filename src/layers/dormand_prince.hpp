// A flow of a whole matrix, integrated with its own error control: the embedded pair of orders 5 and 4 of Dormand & Prince
// (1980), the higher order carried on, the step chosen so that the largest error of an entry is below the tolerance.
#pragma once

#include <functional>

#include <Eigen/Core>

namespace detente {

// rate(X, change): change = f(X); change has the shape of X.
using MatrixRate = std::function<void(const Eigen::MatrixXd& X, Eigen::MatrixXd& change)>;

struct FlowOptions {
  double tolerance = 1e-9;  // largest error of an entry in one step
  double relative = 0;      // besides, in shares of the entry
  double first_step = 0;    // 0: chosen
  double shortest = 0;      // a step so short is taken whatever its error, as at a kink; 0: none is
};

struct FlowSummary {
  std::size_t accepted = 0;
  std::size_t rejected = 0;
  double next_step = 0;   // to begin the following call with
  bool finished = false;  // false: the step shrank to nothing (a blow-up); X is where it stopped
};

// Moves X on by `time` >= 0.
[[nodiscard]] FlowSummary integrate(const MatrixRate& rate, Eigen::MatrixXd& X, double time,
                                    const FlowOptions& options = {});

}  // namespace detente
