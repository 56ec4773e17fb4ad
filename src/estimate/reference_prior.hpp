// A prior from a reference class: what a large record of the same kind of events says of the effects of a small one.
//
//   prior on the matched effects:  N(b, (w I)^-1),   w = discount x min(1, n / N)
//
// b are the estimates of the large fit and I their information there, all its other coefficients profiled out (the inverse
// of their block of the covariance: a Schur complement); N is how many events it had, n how many the small record has.  A
// discount of 0.2 so makes the prior weigh as a fifth of the record's own events would, if they told as much as those of
// the reference class: a power prior (Ibrahim & Chen 2000) whose weight does not grow with the size of the large record.
// The model's own prior stays in force beside it.
//
// Hazards are matched by kind and name, else by kind and what they are about; effects by meaning (estimate/meaning.hpp),
// half-lives in days.  Levels, age steps and shapes are not carried over, as rates differ between records.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "estimate/newton.hpp"
#include "hazard/model.hpp"

namespace detente {

struct Fit;

struct ReferenceEffect {
  std::string name;  // in the model it was fitted with
  std::string meaning;
  double estimate;
  double standard_error;
};

struct ReferenceHazard {
  std::string name;
  HazardKind kind;
  std::string about;       // the events it makes, or the kinds of tie and how they end
  std::size_t events = 0;  // in its likelihood
  std::vector<ReferenceEffect> effects{};
  Eigen::MatrixXd correlations{};  // of the estimates
};

struct ReferencePrior {
  std::string path{};  // of the file it was read from, for messages
  std::string version{}, command{}, record{};
  std::vector<ReferenceHazard> hazards{};
};

// The matched effects of one hazard.
struct MatchedPrior {
  std::string hazard;     // of the model
  std::string reference;  // of the prior; empty = none
  double discount = 0;
  std::size_t events = 0;            // N
  std::vector<std::string> names{};  // of the effects, in the model
  Eigen::VectorXd mean{};
  Eigen::MatrixXd information{};
  std::vector<std::string> unmatched{};  // effects of the model without a counterpart
  std::vector<std::string> unused{};     // effects of the prior without one
};

// What a reference prior did to a fit.
struct ReferenceUse {
  struct Effect {
    std::size_t coefficient;
    double mean, deviation;                                       // of the prior
    double without = std::nan(""), without_error = std::nan("");  // the fit without it; NaN where it has none
    double share = std::nan("");  // of the precision of the estimate, 1 / variance, that is owed to it
  };
  MatchedPrior from;
  double weight = 0;      // w
  GaussianPrior prior{};  // of all coefficients
  std::vector<Effect> effects{};
};

// Of every hazard that converged and has effects.  Its own priors are in what a fit says.
[[nodiscard]] ReferencePrior make_reference(const Fit& fit, const ModelSpec& spec, Clock clock);

// One for each hazard of the model, whose effects must exist.  Throws Error when no effect at all is matched.
[[nodiscard]] std::vector<MatchedPrior> match_reference(const ReferencePrior& prior, const ModelSpec& spec, Clock clock,
                                                        double discount);

// The prior of a hazard with these coefficients and so many events.
[[nodiscard]] ReferenceUse use_reference(const MatchedPrior& reference, const std::vector<std::string>& names,
                                         std::size_t events);
// Adds what the prior did: the estimates without it, where they were asked for, and its share of the precision.
void add_effect_of_prior(ReferenceUse& use, const NewtonResult& with, const NewtonResult* without);

// What has no counterpart, as a note; empty when everything has.
[[nodiscard]] std::string unmatched_note(const MatchedPrior& reference);

}  // namespace detente
