// The likelihood of what happens to units once at most while they are at risk: ties that end (end_likelihood.hpp), pairs
// whose tie starts (start_likelihood.hpp).  A row is an episode: a stretch of a unit's time at risk in which its covariates
// x stay as they are, of the length `exposure`, from the age `age` on, at whose end it happened or not.
//
//   sum over rows that end in it [ theta x + log h0(age) ] - sum over rows [ e^{theta x} (H0(to) - H0(from)) ]
//
// For a baseline that is constant in pieces (h0 = 1) that is a Poisson likelihood of rows; for Cox's it is partial.
#pragma once

#include <string>
#include <vector>

#include "hazard/end_baseline.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/model.hpp"

namespace detente {

class EpisodeLikelihood {
 public:
  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] std::size_t units() const { return units_; }  // ever at risk
  [[nodiscard]] double exposure() const { return exposure_; }
  [[nodiscard]] Eigen::VectorXd start() const;  // where Newton may begin

  struct Row {
    TieId tie;  // the unit: a tie, or a pair by its place in StartLikelihood::pairs()
    Time from;
    double age;  // at `from`
    double exposure;
    bool ended;        // it happened at the end of this row
    double until = 0;  // the age there
  };
  [[nodiscard]] std::span<const Row> rows() const { return rows_; }
  [[nodiscard]] std::span<const double> covariates(std::size_t row) const {
    return std::span(x_).subspan(row * columns_, columns_);
  }
  // Of a row: how often it is to be expected in it, and its part of the gradient.  Not for Cox, whose rows share one risk
  // set.
  [[nodiscard]] double expected(std::size_t row, const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] Eigen::VectorXd score(std::size_t row, const Eigen::VectorXd& coefficients) const;
  // P(of two units at one age it happens first to the one with the higher hazard), Harrell's C with covariates that change;
  // NaN where no two can be compared.  Harrell, Lee & Mark (1996).
  [[nodiscard]] double concordance(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] double concordance(std::span<const double> predictors) const;  // one for each row

 protected:
  EpisodeLikelihood(EndBaseline baseline, Simultaneous simultaneous, std::size_t columns,
                    std::vector<std::string> names);

  [[nodiscard]] std::size_t columns() const { return columns_; }
  // Appends a row, or lengthens the unit's last one (`last`, no_id for none) where the covariates are the same.
  void add(const Row& row, std::span<const double> x, std::size_t& last);
  // After the last row.  Ages that differ by rounding alone are one age: 0.3 and 0.1 + 0.2 are a tie in time.
  void settle_ages(double tolerance);
  // Leaves the rows of some units only.
  void keep(const std::vector<bool>& units);

 private:
  void start_on_grid(Eigen::VectorXd& start) const;
  void add_row(std::size_t row, const Eigen::VectorXd& coefficients, Likelihood& sum) const;
  [[nodiscard]] Likelihood partial(const Eigen::VectorXd& coefficients) const;  // Cox
  [[nodiscard]] double linear(std::size_t row, const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] std::span<const double> shape(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] bool at_risk(std::size_t row, double age) const {
    return rows_[row].age < age && age <= rows_[row].until;
  }

  EndBaseline baseline_;
  Simultaneous simultaneous_;
  std::size_t columns_;
  std::vector<std::string> names_;
  std::vector<Row> rows_;
  std::vector<double> x_;  // rows x columns
  std::size_t events_ = 0;
  std::size_t units_ = 0;
  double exposure_ = 0;
};

}  // namespace detente
