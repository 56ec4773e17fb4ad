// Coefficients by actor or pair: by_actor(...) and by_pair(...) of a hazard (hazard/random_terms.hpp), Gaussian around 0.
//
//   maximize over beta, b   l(beta, b) - 1/2 sum_g b_g' Sigma^-1 b_g - 1/2 sum_p (beta_p / scale_p)^2
//   Sigma = 1/n sum_g ( b_g b_g' + C_gg )             its diagonal where coefficients are not correlated
//
// with C the inverse of the joint information and n the number of groups: the restricted maximum of Laplace's approximation
// (Ripatti & Palmgren 2000, Biometrics 56; McGilchrist & Aisbett 1991), as frailty.gaussian(sparse = FALSE) of R's survival
// has it.  The fixed point is sought by Schall's steps (1991, Biometrika 78), Sigma -> L R L' with Sigma = L L' and
// R = N^-1/2 (L^-1 sum b b' L'^-1) N^-1/2, N = n - L^-1 sum C L'^-1, which are accelerated (Anderson 1965).  A variance
// that shrinks until the record says nothing about its groups is 0: they differ no more than chance would make them.
//
// The marginal log-likelihood is Laplace's: the penalized one less 1/2 log |Sigma D|, D the information of b and its prior.
#pragma once

#include <string>
#include <vector>

#include <Eigen/Dense>

#include "hazard/row_table.hpp"
#include "memory/own_values.hpp"

namespace detente {

[[nodiscard]] std::string to_string(Grouping grouping);  // "sender", "receiver", "both", "pair"

struct RandomEffects {  // of one by_actor(...) or by_pair(...)
  std::string name;     // as typed
  Grouping grouping{};
  std::vector<std::string> terms;  // "1", "reciprocity(grievance)", ...
  bool correlated = false;
  Eigen::MatrixXd covariance;                // q x q variance components; 0 = no more spread than chance
  std::vector<Group> groups;                 // actors, or pairs, in order of their ids
  Eigen::MatrixXd estimate;                  // groups x q: conditional modes, shrunken towards 0
  std::vector<Eigen::MatrixXd> conditional;  // q x q posterior covariance of each group
  std::vector<std::size_t> events;           // in the likelihood, by group
  Eigen::MatrixXd shrinkage;                 // groups x q: 1 - posterior / prior variance (0 = all prior, 1 = all data)
  Eigen::MatrixXd with_fixed;  // groups q x P: posterior covariance with the fixed coefficients, group by group
  std::size_t first_slot = 0;  // of a memory's own values
  std::size_t first = 0;       // of its coefficients among those of all blocks
};

// The Gaussian around the mode of all coefficients b, block by block and group by group:
//   b | beta  ~  N( mode + regression (beta - estimate), D^-1 ),   D = L L'
struct OwnPosterior {
  Eigen::VectorXd mode;
  Eigen::MatrixXd regression;
  Eigen::MatrixXd dense_root;                // L, or empty where it is
  std::vector<Eigen::MatrixXd> block_roots;  // by group
};

struct RandomFit {
  bool converged = false;
  std::string message;
  Eigen::VectorXd fixed;
  Eigen::MatrixXd covariance;  // of the fixed coefficients
  double log_likelihood = 0;   // at the mode
  double marginal = 0;         // Laplace
  int iterations = 0;          // of the variances
  int evaluations = 0;         // of the likelihood
  std::vector<RandomEffects> effects;
  OwnPosterior posterior;
};

struct RandomOptions {
  std::vector<double> prior_scale{};  // of fixed coefficients; 0 or nothing = none
  double tolerance = 1e-8;            // of the logarithms of variances
  int max_iterations = 300;
  // Variances of each block, which are then not estimated; empty = estimated.
  std::vector<Eigen::MatrixXd> covariance{};
  std::function<void(int iteration)> progress{};
};

// `fixed`: where to begin.  Throws Error where there are too many coefficients for matrices that are full.
[[nodiscard]] RandomFit estimate_random(const RowTable& table, const Hazard& hazard, const Eigen::VectorXd& fixed,
                                        const RandomOptions& options);

// b given beta: the mode moved with it, plus L'^-1 z.  Empty z = the mode itself.
[[nodiscard]] Eigen::VectorXd own_given(const OwnPosterior& posterior, const Eigen::VectorXd& fixed_change,
                                        const Eigen::VectorXd& z);

// The posterior variance of a sum over coefficients b with these weights.
[[nodiscard]] double own_variance(const OwnPosterior& posterior, const Eigen::MatrixXd& fixed_covariance,
                                  const Eigen::VectorXd& weights);

// Where a group stands in the block, or no_id.
[[nodiscard]] std::size_t place_of(const RandomEffects& effects, const Group& group);

// Writes coefficients b into the slots of a memory (Memory::set_own_values()).
void place_own_values(const std::vector<RandomEffects>& effects, const Eigen::VectorXd& b,
                      std::vector<OwnValues>& slots);

}  // namespace detente
