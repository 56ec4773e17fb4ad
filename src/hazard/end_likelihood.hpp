// The likelihood of how ties end: a hazard over the ties in force, constant within a tick.
//
//   sum over ends [ theta x ] - sum over ties and ticks at risk [ e^{theta x} dt ]
//
// A tie is at risk from the tick after its start until the tick of its end, which counts half.  Other endings and the end
// of the record censor.  Covariates are those at the start of a tick, before its events; an effect of two actors is read
// both ways and averaged, as a tie has no direction.  x begins with 1 (baseline) and a step for each age cut.
#pragma once

#include <string>
#include <vector>

#include "hazard/likelihood.hpp"
#include "hazard/model.hpp"

namespace detente {

// Values of an end hazard's coefficients' covariates for one tie.
void fill_end_terms(const Hazard& hazard, const Memory& memory, TieId tie, std::span<double> x);
[[nodiscard]] std::vector<std::string> end_names(const Hazard& hazard, Clock clock);

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
    double exposure;
    bool ended;
  };
  [[nodiscard]] std::span<const Row> rows() const { return rows_; }
  [[nodiscard]] std::span<const double> covariates(std::size_t row) const {
    return std::span(x_).subspan(row * names_.size(), names_.size());
  }

 private:
  std::vector<std::string> names_;
  std::vector<Row> rows_;
  std::vector<double> x_;  // rows x names
  std::size_t events_ = 0;
  std::size_t ties_ = 0;
  double exposure_ = 0;
};

}  // namespace detente
