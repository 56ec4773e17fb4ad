// Diagnostics of a fit on request: profile intervals, robust standard errors, residuals.  Each walks the record anew.
#pragma once

#include <string>
#include <vector>

#include "estimate/fit.hpp"

namespace detente {

struct DiagnosticOptions {
  double level = 0.95;
  bool profile_all = false;
  std::vector<std::string> profile{};  // or these coefficients, wherever they stand
  bool robust = false;
  bool residuals = false;
};

// Throws Error when a coefficient to profile is none of the model's.
void check_profile_names(const Model& model, const Record& record, const std::vector<std::string>& names);

// Adds to each hazard of `fit`, which `options` made from this record and model.  A hazard without an estimate is passed
// over; one that is separated gets its profile, which is bounded on one side.
void diagnose(const Record& record, const Model& model, const FitOptions& options, const DiagnosticOptions& wanted,
              Fit& fit);

}  // namespace detente
