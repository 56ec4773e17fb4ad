#include "layers/coupling.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "layers/catalogue.hpp"

namespace detente {
namespace {

void change_settings(Layer& layer, const LayerSpec& spec, const std::string& file) {
  if (spec.changed.empty()) return;
  const Settings checked(spec.changed, layer.doc().settings, spec.layer, file);
  for (const auto& [key, setting] : spec.changed)
    if (!layer.set(key, checked.number(key)))
      throw Error({.what = fmt::format("'{}.{}' cannot take that value", spec.layer, key), .where = setting.where});
}

}  // namespace

std::size_t place_in_coupling(std::string_view layer, const Place& where) {
  const auto found = std::find(coupling_order.begin(), coupling_order.end(), layer);
  if (found != coupling_order.end()) return static_cast<std::size_t>(found - coupling_order.begin());
  const std::vector<std::string> known(coupling_order.begin(), coupling_order.end());
  throw Error({.what = fmt::format("there is no layer '{}'", printable(layer)),
               .where = where,
               .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
               .hint = hint_for(layer, known)});
}

CoupledLayers::CoupledLayers(const LayerSpecs& specs, const std::string& file, const Cast& cast,
                             const LayerDraws& draws, const CoupledLayers* before)
    : signals_(cast.actors.size()) {
  std::vector<const LayerSpec*> in_order;
  for (const LayerSpec& spec : specs) in_order.push_back(&spec);
  std::stable_sort(in_order.begin(), in_order.end(), [](const LayerSpec* a, const LayerSpec* b) {
    return place_in_coupling(a->layer, a->where) < place_in_coupling(b->layer, b->where);
  });
  for (const LayerSpec* spec : in_order) {
    if (!layers_.empty() && layers_.back().doc().layer == spec->layer)
      throw Error({.what = fmt::format("[{}] stands twice", spec->layer), .where = spec->where});
    const LayerEntry& entry = find_layer(spec->layer, spec->model, spec->where);
    const auto known = [&](const Layer& layer) { return layer.doc().layer == spec->layer; };
    if (spec->of_model && before != nullptr)
      layers_.push_back(*std::find_if(before->layers_.begin(), before->layers_.end(), known));
    else
      layers_.push_back(entry.make(Settings(spec->settings, entry.doc->settings, spec->layer, file), cast, draws));
    change_settings(layers_.back(), *spec, file);
  }
  for (const Layer& layer : layers_) layer.publish(signals_);
}

void CoupledLayers::hear(const LayerEvent& event) {
  for (Layer& layer : layers_) layer.jump(event, signals_);
}

void CoupledLayers::flow(const LayerStep& step) {
  for (Layer& layer : layers_) {
    layer.flow(step, signals_);
    layer.publish(signals_);
  }
}

void CoupledLayers::set(std::string_view layer, std::string_view name, double value) {
  for (Layer& one : layers_)
    if (one.doc().layer == layer) one.set(name, value);
}

void CoupledLayers::observe(ReadOuts& out, unsigned threads) const {
  for (const Layer& layer : layers_) {
    ReadOuts own(threads);
    layer.observe(own);
    for (const auto& [name, value] : own.values()) out.add(fmt::format("{}.{}", layer.doc().layer, name), value);
  }
}

}  // namespace detente
