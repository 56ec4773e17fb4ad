#include "simulate/coupling.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {

std::size_t place_in_coupling(std::string_view layer, const Place& where) {
  const auto found = std::find(coupling_order.begin(), coupling_order.end(), layer);
  if (found != coupling_order.end()) return static_cast<std::size_t>(found - coupling_order.begin());
  const std::vector<std::string> known(coupling_order.begin(), coupling_order.end());
  const std::string near = closest(layer, known);
  throw Error({.what = fmt::format("there is no layer '{}'", printable(layer)),
               .where = where,
               .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
               .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
}

void jump_layers(std::vector<Layer>& layers, const LayerEvent& event, const Signals& signals) {
  for (Layer& layer : layers) layer.jump(event, signals);
}

void flow_layers(std::vector<Layer>& layers, const LayerStep& step, Signals& signals) {
  for (Layer& layer : layers) {
    layer.flow(step, signals);
    layer.publish(signals);
  }
}

}  // namespace detente
