// Every layer model by name: its description and how to make one.
#pragma once

#include <span>
#include <vector>

#include "layers/layer.hpp"

namespace detente {

struct LayerEntry {
  const LayerDoc* doc;
  Layer (*make)(const Settings& settings, const Cast& cast, const LayerDraws& draws);
};

[[nodiscard]] std::span<const LayerEntry> layer_catalogue();
// Throws Error at `where`: no such layer, or the layer has no such model (with the closest one).
[[nodiscard]] const LayerEntry& find_layer(std::string_view layer, std::string_view model, const Place& where);

}  // namespace detente
