// The likelihood of how ties end: a hazard over the ties in force, lambda = e^{theta x} h0(age) (end_baseline.hpp).
//
//   sum over ends [ theta x + log h0(age) ] - sum over ties and stretches at risk [ e^{theta x} (H0(to) - H0(from)) ]
//
// On a clock that ticks, covariates are those at the start of a tick, before its events; a tie is at risk from the tick
// after its start until the tick of its end, which counts half.  Without ticks a stretch lasts from one change to the next
// and durations are exact.  Other endings and the end of the record censor.  An effect of two actors is read both ways and
// averaged, as a tie has no direction.  x begins with 1 (baseline), except for Cox, and a step for each age cut; the
// coefficients of the baseline's shape stand last.
#pragma once

#include <string>
#include <vector>

#include "hazard/end_baseline.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/model.hpp"

namespace detente {

// Values of an end hazard's covariates for one tie: end_columns() of them.
void fill_end_terms(const Hazard& hazard, const Memory& memory, TieId tie, std::span<double> x);
[[nodiscard]] std::size_t end_columns(const Hazard& hazard);
// Names of all coefficients: of the covariates, then of the baseline's shape.
[[nodiscard]] std::vector<std::string> end_names(const Hazard& hazard, Clock clock);
// The hazard of one tie over the next tick, on average.  `x` is room for its covariates.
[[nodiscard]] double end_rate(const Hazard& hazard, const Memory& memory, TieId tie,
                              const Eigen::VectorXd& coefficients, std::vector<double>& x);

class EndLikelihood {
 public:
  EndLikelihood(const Record& record, const Model& model, const Hazard& hazard, Time until);

  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] std::size_t ties() const { return ties_; }  // ever at risk
  [[nodiscard]] double exposure() const { return exposure_; }
  [[nodiscard]] Eigen::VectorXd start() const;

  // One row for each tie and stretch of constant covariates.
  struct Row {
    TieId tie;
    Time from;
    double age;  // at `from`
    double exposure;
    bool ended;
  };
  [[nodiscard]] std::span<const Row> rows() const { return rows_; }
  [[nodiscard]] std::span<const double> covariates(std::size_t row) const {
    return std::span(x_).subspan(row * columns_, columns_);
  }
  // Of a row: the ends to be expected in it, and its part of the gradient.  Not for Cox, whose rows share one risk set.
  [[nodiscard]] double expected(std::size_t row, const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] Eigen::VectorXd score(std::size_t row, const Eigen::VectorXd& coefficients) const;
  // P(of two ties at one age the one with the higher hazard ends first), Harrell's C with covariates that change; NaN
  // where no two can be compared.  Harrell, Lee & Mark (1996).
  [[nodiscard]] double concordance(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] double concordance(std::span<const double> predictors) const;  // one for each row
  // The likelihood of some of the ties alone.
  [[nodiscard]] EndLikelihood of_ties(const std::vector<bool>& kept) const;

 private:
  void tick_by_tick(const Record& record, const Model& model, const Hazard& hazard, Time until);
  void change_by_change(const Record& record, const Model& model, const Hazard& hazard, Time until);
  void start_on_grid(Eigen::VectorXd& start) const;
  void add(const Row& row, std::span<const double> x, std::size_t& last);
  void add_row(std::size_t row, const Eigen::VectorXd& coefficients, Likelihood& sum) const;
  [[nodiscard]] Likelihood partial(const Eigen::VectorXd& coefficients) const;  // Cox
  [[nodiscard]] double linear(std::size_t row, const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] std::span<const double> shape(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] bool at_risk(std::size_t row, double age) const {
    return rows_[row].age < age && age <= rows_[row].age + rows_[row].exposure;
  }

  EndBaseline baseline_;
  Simultaneous simultaneous_;
  std::size_t columns_;
  std::vector<std::string> names_;
  std::vector<Row> rows_;
  std::vector<double> x_;  // rows x columns
  std::size_t events_ = 0;
  std::size_t ties_ = 0;
  double exposure_ = 0;
};

}  // namespace detente
