// The likelihood of which pairs act together, given that some pair does: the sum over events of log P(ab), as
// coordination_sums.hpp has it.  Events at one time see the same history.
//
// It is not concave everywhere.  Where the observed information is not positive definite the expected one stands for it, so
// that Newton's steps go uphill (Fisher scoring); at a maximum it is the observed one, from which standard errors come.
// One thread walks the record.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hazard/event_fit.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/model.hpp"

namespace detente {

struct CoordinationOptions {
  std::size_t first = 1;                                    // the first event that enters the likelihood
  Time until = never;                                       // end of observation; `never` = the last event
  std::function<void(std::size_t events_done)> progress{};  // of one pass; may throw to cancel
};

class CoordinationLikelihood {
 public:
  // All must outlive it.
  CoordinationLikelihood(const Record& record, const Model& model, const Hazard& hazard, CoordinationOptions options);

  struct Both {
    Likelihood observed;
    Eigen::MatrixXd expected;  // information
  };
  [[nodiscard]] Both both(const Eigen::VectorXd& coefficients) const;
  // With the observed information where that is positive definite, else with the expected one.
  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;

  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] Eigen::VectorXd start() const;
  [[nodiscard]] std::size_t events() const { return events_; }                      // that enter the likelihood
  [[nodiscard]] std::size_t outside_lifetime() const { return outside_lifetime_; }  // whose actors were not present
  [[nodiscard]] std::size_t outside_risk_set() const { return outside_risk_set_; }  // whose pair was not at risk
  [[nodiscard]] double mean_at_risk() const;                                        // pairs at an event, on average

 private:
  const Record* record_;
  const Model* model_;
  const Hazard* hazard_;
  CoordinationOptions options_;
  std::size_t events_ = 0, outside_lifetime_ = 0, outside_risk_set_ = 0;
  double at_risk_ = 0;  // summed over events
};

// for_each_event_fit() of such a hazard: x is s and mean the sum of P s, ranks are among pairs.
void for_each_coordination_fit(const Record& record, const Model& model, const Hazard& hazard,
                               const EventFitOptions& options, const Eigen::VectorXd& coefficients,
                               const std::function<void(const EventFit&)>& take);

}  // namespace detente
