// The pairs at risk of one moment, for a choice without direction: two actors act together when each chooses the other
// (Stadtfeld, Hollway & Block 2017, Sociological Methodology 47, eq. 5-11).
//
//   p_i(j) = exp(theta x_ij) / sum_k exp(theta x_ik)       over those k with whom i may act
//   P(ij)  = p_i(j) p_j(i) / sum over pairs kl of p_k(l) p_l(k)
//
// x_ij is how i sees j, not the mean of both directions.  With m_i and V_i the mean and covariance of x_ij over p_i,
// s_kl = (x_kl - m_k) + (x_lk - m_l), and w_k the probability that k is one of the two,
//
//   d log P(ab) / d theta    = s_ab - sum of P s                                       the score
//   - its derivative         = V_a + V_b - sum of w V + covariance of s over P         the observed information
//
// The first three parts of the last line cancel on average over P, so the covariance of s is the expected information; it
// is never negative, and the observed one may be.
//
// Every pair at risk is read both ways: O(n^2) values of each effect, O(n^2 P^2) sums.
#pragma once

#include <span>
#include <vector>

#include "hazard/likelihood.hpp"
#include "hazard/model.hpp"

namespace detente {

class CoordinationSums {
 public:
  explicit CoordinationSums(const Hazard& hazard);  // which must outlive it

  // Reads who is at risk now and how they see each other; then the probabilities at these coefficients.
  void read(const Memory& memory, const RiskList& list, const Eigen::VectorXd& theta);

  [[nodiscard]] std::span<const Dyad> pairs() const { return pairs_; }  // the lower id first, in order
  [[nodiscard]] std::size_t place_of(Dyad pair) const;                  // in pairs(), of one at risk
  [[nodiscard]] std::span<const double> log_probabilities() const { return log_probability_; }  // by pair
  [[nodiscard]] Eigen::VectorXd relative(std::size_t pair) const;                               // s
  [[nodiscard]] const Eigen::VectorXd& mean() const { return mean_; }                           // sum of P s
  [[nodiscard]] Eigen::MatrixXd observed_information(std::size_t pair) const;
  [[nodiscard]] const Eigen::MatrixXd& expected_information() const { return covariance_; }

 private:
  struct Row {  // of one actor: links_[begin ... end)
    std::size_t begin = 0, end = 0;
    double weight = 0;  // w
  };
  struct Place {  // of a pair in links_, both ways
    std::size_t there, back;
  };

  void place_pairs(const Memory& memory);
  void choose(const Row& row);
  void centre(const Row& row);
  void weigh_pairs();
  void compare_pairs();
  [[nodiscard]] Eigen::MatrixXd covariance(const Row& row) const;  // V

  const Hazard* hazard_;
  std::vector<Dyad> pairs_;
  std::vector<Place> places_;
  std::vector<Row> rows_;                              // by actor
  std::vector<Link> links_;                            // actor by actor
  std::vector<std::vector<double>> x_;                 // by term, by link: less the mean of its row once that is known
  std::vector<double> log_choice_, choice_;            // by link: log p, p
  std::vector<double> log_probability_, probability_;  // by pair
  std::vector<std::vector<double>> s_;                 // by term, by pair: less its mean
  Eigen::VectorXd mean_;
  Eigen::MatrixXd covariance_;   // of s
  Eigen::MatrixXd within_rows_;  // sum of w V
};

}  // namespace detente
