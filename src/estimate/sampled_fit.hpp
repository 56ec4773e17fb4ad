// Estimates a hazard from sampled risk sets, and says what the sampling cost.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "estimate/newton.hpp"
#include "hazard/sampling_check.hpp"

namespace detente {

// How controls were drawn, and what that cost.
struct SamplingReport {
  Sampling sampling{};
  std::uint64_t seed = 1;
  bool checked = false;  // there is an estimate to judge
  SamplingCheck check{};
};

[[nodiscard]] std::string to_string(SamplingDesign design);  // "uniform", "activity"

// Where all events are kept this is Newton on them.  Else the kept part gives a start, and each evaluation is a walk.
[[nodiscard]] NewtonResult estimate_sampled(const CaseControlLikelihood& likelihood, const NewtonOptions& options,
                                            const std::function<void()>& on_pass);

// Judges a converged estimate; nothing else.
[[nodiscard]] SamplingReport report_sampling(const CaseControlLikelihood& likelihood, const NewtonResult& estimate);

// "the draw of controls makes 61 % of the variance of 'inertia': ..."; empty when all is well.
[[nodiscard]] std::vector<std::string> sampling_warnings(const SamplingReport& report, const NewtonResult& estimate,
                                                         const std::vector<std::string>& names);

}  // namespace detente
