// Leaders' events of a scenario: what is known of the record at its start, and the model fitted to that alone.
#pragma once

#include <functional>
#include <string>

#include "estimate/fit.hpp"
#include "simulate/scenario.hpp"

namespace detente {

struct LeadersFit {
  Record known;
  Model model;
  Fit fit;
  CoupledLayers layers{};  // of the model, at the start
  Cast cast{};             // the actors known, and those whom layers name besides
};

// Throws Error: nothing is known yet at the start; a hazard of ties that end, or of events, could not be estimated and why.
void fit_leaders(LeadersFit& leaders, const Record& record, const ModelSpec& spec, const Scenario& scenario,
                 unsigned threads, const std::function<void(const std::string& hazard, double share)>& progress);

}  // namespace detente
