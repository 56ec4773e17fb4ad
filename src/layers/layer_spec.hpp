// A layer as a scenario or a model names it: which model, and what it is told.  Plain data, read by src/io/layer_table.hpp.
#pragma once

#include <string>
#include <vector>

#include "layers/settings.hpp"

namespace detente {

struct LayerSpec {
  std::string layer;
  std::string model;
  GivenSettings settings{};
  Place where{};
  bool of_model = false;    // it ran along the record before it came into a scenario: see along_record.hpp
  GivenSettings changed{};  // of such a layer: what a scenario sets otherwise from its start on
};

using LayerSpecs = std::vector<LayerSpec>;

}  // namespace detente
