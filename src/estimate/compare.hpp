// Compares fits of several models to the same events: information criteria, and likelihood-ratio tests where one model is
// nested in the other.
//
//   LR = 2 (l_larger - l_smaller), chi-square with as many degrees of freedom as there are coefficients more
//
// A model is nested in another when each of its effects stands in the other's formula, reading traces that are defined the
// same, whatever they are called.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "estimate/fit.hpp"

namespace detente {

struct FittedModel {
  std::string name;  // a file or a formula
  const Model* model;
  const Fit* fit;
};

struct ModelPair {
  std::size_t smaller;  // places in the models compared; where not nested, the earlier one
  std::size_t larger;
  bool nested = false;
  double statistic = 0;  // LR; NaN where not nested or not both converged
  std::size_t df = 0;
  double p_value = 0;  // NaN where LR is, or where a prior keeps LR from being chi-square
  std::string note{};  // why there is no p-value
};

struct HazardComparison {
  std::string hazard;
  std::vector<const HazardFit*> fits;  // one for each model
  std::vector<ModelPair> pairs;
};

// One comparison for each hazard that all models have, of the same events, ties and timing: only then are their likelihoods
// to be compared.  Throws Error where there is none between the first model and another.
[[nodiscard]] std::vector<HazardComparison> compare(std::span<const FittedModel> models);

// The hazards of two models that compare() leaves out, each with why: "b.toml: no hazard 'conflict', which 'a.toml' has".
[[nodiscard]] std::vector<std::string> not_compared(const std::string& first_name, const Model& first,
                                                    const std::string& name, const Model& other);

// Throws what compare() would, before any of them is fitted.
void require_comparable(const std::string& first_name, const Model& first, const std::string& name, const Model& other);

}  // namespace detente
