#include "estimate/sampled_fit.hpp"

#include <cmath>

#include <fmt/ranges.h>

#include "estimate/thin_start.hpp"

namespace detente {
namespace {

constexpr double walk_tolerance = 1e-6;  // of the decrement: a walk costs more than a thousandth of a standard error
constexpr double large_share = 0.5;      // of a variance
constexpr double large_shift = 2;        // standard errors of the estimate
constexpr double longest_said = 20;      // standard errors
constexpr double sure = 3;               // standard errors of the shift

// A Newton step that long says where to, not how far.
std::string in_standard_errors(double shift) {
  if (std::abs(shift) < longest_said) return fmt::format("{:+.1f} standard errors", shift);
  return fmt::format("{:+.0f} standard errors or more", std::copysign(longest_said, shift));
}

}  // namespace

std::string to_string(SamplingDesign design) { return design == SamplingDesign::uniform ? "uniform" : "activity"; }

NewtonResult estimate_sampled(const CaseControlLikelihood& likelihood, const NewtonOptions& options,
                              const std::function<void()>& on_pass) {
  const std::vector<std::string> names = likelihood.names();
  const Eigen::VectorXd zero = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(names.size()));
  const LikelihoodFunction kept = [&](const Eigen::VectorXd& theta) { return likelihood.kept(theta); };
  if (likelihood.keeps_all()) return maximize(kept, zero, names, options);
  const Eigen::VectorXd start = thin_start(kept, zero, names, {});
  NewtonOptions walked = options;
  walked.tolerance = walk_tolerance;
  return maximize(
      [&](const Eigen::VectorXd& theta) {
        on_pass();
        return likelihood(theta);
      },
      start, names, walked);
}

SamplingReport report_sampling(const CaseControlLikelihood& likelihood, const NewtonResult& estimate) {
  SamplingReport report{.sampling = likelihood.hazard().text.sampling, .seed = likelihood.options().seed};
  if (estimate.status != FitStatus::converged || estimate.estimate.size() == 0) return report;
  report.check = check_sampling(likelihood, estimate.estimate, estimate.covariance);
  report.checked = true;
  return report;
}

std::vector<std::string> sampling_warnings(const SamplingReport& report, const NewtonResult& estimate,
                                           const std::vector<std::string>& names) {
  if (!report.checked) return {};
  const SamplingCheck& check = report.check;
  std::vector<std::string> shares, shifts;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto p = static_cast<Eigen::Index>(k);
    const double error = std::sqrt(estimate.covariance(p, p));
    const double share = check.sampling_variance(p) / (error * error);
    if (share > large_share) shares.push_back(fmt::format("'{}' ({:.0f} %)", names[k], 100 * std::min(share, 1.0)));
    const double shift = check.shift(p);
    if (std::abs(shift) > large_shift * error && std::abs(shift) > sure * check.shift_error(p))
      shifts.push_back(fmt::format("'{}' by {}", names[k], in_standard_errors(shift / error)));
  }
  std::vector<std::string> warnings;
  if (!shifts.empty())
    warnings.push_back(fmt::format(
        "without sampling estimates would move: {}, judged on {} events against {}; the effects do not describe who "
        "acts "
        "well enough for a sample to stand for the risk set: add effects, or more controls",
        fmt::join(shifts, ", "), check.events_referred,
        check.full_reference ? "their full risk sets" : fmt::format("{} controls each", reference_controls)));
  if (!shares.empty())
    warnings.push_back(fmt::format(
        "the draw of controls makes most of the variance of {}: more controls{} would "
        "give smaller standard errors",
        fmt::join(shares, ", "), report.sampling.design == SamplingDesign::uniform ? ", or --sampling activity," : ""));
  return warnings;
}

}  // namespace detente
