#include "layers/catalogue.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "layers/layers_includes.inc"  // made from layers.def

namespace detente {
namespace {

template <LayerModel M>
Layer make_layer(const Settings& settings, const Cast& cast, const LayerDraws& draws) {
  return Layer(M(settings, cast, draws));
}

#define DETENTE_LAYER(type) LayerEntry{&type::doc, &make_layer<type>},
const LayerEntry entries[] = {
#include "layers/layers_entries.inc"
};
#undef DETENTE_LAYER

}  // namespace

std::span<const LayerEntry> layer_catalogue() { return entries; }

const LayerEntry& find_layer(std::string_view layer, std::string_view model, const Place& where) {
  std::vector<std::string> models;
  for (const LayerEntry& entry : entries) {
    if (entry.doc->layer != layer) continue;
    if (entry.doc->model == model) return entry;
    models.emplace_back(entry.doc->model);
  }
  throw Error({.what = fmt::format("[{}] has no model '{}'", layer, printable(model)),
               .where = where,
               .expected = fmt::format("one of: {}", fmt::join(models, ", ")),
               .hint = hint_for(model, models)});
}

}  // namespace detente
