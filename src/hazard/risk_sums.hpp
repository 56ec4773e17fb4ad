// Sums over the risk set that a likelihood needs: with z = (1, x_1 ... x_P) and lambda = exp(theta x),
//
//   moments = sum over dyads at risk of lambda_ij z_ij z_ij'        ((1+P) x (1+P), symmetric)
//
// so moments(0,0) is the total rate, its first row the gradient's part and the rest the information's.
//
// Two ways to the same numbers, held to one test against the dense oracle (hazard/reference):
//   FactorisedSums  keeps the sums up to date event by event where the formula factors
//   BlockedSums     visits every dyad at risk, a block at a time, for any formula and any risk set
// A hazard of kind rate sums over senders (SenderSums), one of kind choice over the dyads of one sender.
#pragma once

#include <memory>
#include <span>

#include <Eigen/Dense>

#include "hazard/model.hpp"

namespace detente {

class RiskSums {
 public:
  virtual ~RiskSums() = default;
  // Makes everything anew from the memory, for these coefficients (one for each term, no baseline).
  virtual void refresh(const Memory& memory, std::span<const double> theta) = 0;
  // Follows the memory after it applied events: what it touched since clear_touched() may have changed.
  virtual void update(const Memory& memory) = 0;
  // Follows the memory after time passed without anything else: what drifts has changed, and the dyads of a file.
  virtual void fade(const Memory& memory) = 0;
  [[nodiscard]] virtual const Eigen::MatrixXd& moments() = 0;
  // Those of one sender's dyads, up to a factor.
  [[nodiscard]] virtual const Eigen::MatrixXd& row_moments(ActorId sender) = 0;
  // The largest relative difference between kept sums and sums made anew so far.
  [[nodiscard]] virtual double drift() const { return 0; }

  // For simulation: the total rate, and the dyad in which the given share (0 to 1) of it falls.
  [[nodiscard]] virtual double total_rate() = 0;
  [[nodiscard]] virtual Dyad locate(double share) = 0;
  // The same of one sender's dyads alone.  The receiver is no_id where none of them is at risk, the sender too where their
  // rates are beyond all numbers.
  [[nodiscard]] virtual Dyad locate_from(ActorId sender, double share) = 0;
  [[nodiscard]] virtual std::unique_ptr<RiskSums> clone() const = 0;
};

// A formula that does not factor is blocked whatever is asked for.
enum class Evaluation : std::uint8_t { automatic, factorised, blocked };

// Without moments only the total rate is kept (moments() is then not to be called): what simulation needs.  Rows alone:
// row_moments() and locate_from() are all that may be called.
enum class Keep : std::uint8_t { moments, rate, rows };

[[nodiscard]] std::unique_ptr<RiskSums> make_risk_sums(const Hazard& hazard, const Memory& memory,
                                                       Evaluation evaluation, Keep keep = Keep::moments);

// Values of a hazard's terms for one dyad; their mean over both directions where the model is undirected.
void fill_terms(const Hazard& hazard, const Memory& memory, Dyad dyad, std::span<double> x);

}  // namespace detente
