// What drawing controls costs, judged at an estimate on a part of the events, spread over the record:
//
//   sampling variance   Score s_e of an event under two independent draws of controls.  Half the sum of the squares of their
//                       differences is what the draw adds to the variance of the score; between C and C, the estimate's
//                       covariance, that of the estimate.  To first order it is the variance between refits with other
//                       controls.
//   shift               d_e = score of the event under a reference (its full risk set; where that is too large, 2000 controls
//                       by activity) less its score under the sample.  Where the model is right every d_e has expectation
//                       zero, since both likelihoods are right for the same coefficients.  H^-1 sum of d_e, with H the
//                       reference's information, is one Newton step from the sampled estimate to the reference's.
#pragma once

#include "hazard/case_control.hpp"

namespace detente {

struct SamplingCheck {
  std::size_t events_redrawn = 0;
  std::size_t events_referred = 0;
  bool full_reference = true;         // against full risk sets, all of them
  Eigen::VectorXd sampling_variance;  // of each coefficient; part of its variance
  Eigen::VectorXd shift;              // estimate by the reference less the sampled one
  Eigen::VectorXd shift_error;        // standard error of `shift`
};

inline constexpr std::size_t reference_controls = 2000;

// `estimate` maximizes the likelihood, `covariance` is its inverse information.
[[nodiscard]] SamplingCheck check_sampling(const CaseControlLikelihood& likelihood, const Eigen::VectorXd& estimate,
                                           const Eigen::MatrixXd& covariance);

}  // namespace detente
