#include "simulate/scenario.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/catalogue.hpp"
#include "layers/coupling.hpp"

namespace detente {
namespace {

std::vector<std::string> layers_of(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const LayerSpec& one : scenario.layers) names.push_back(one.layer);
  return names;
}

std::size_t find_spec(const Scenario& scenario, const std::string& layer, const Place& where) {
  for (std::size_t k = 0; k < scenario.layers.size(); ++k)
    if (scenario.layers[k].layer == layer) return k;
  const std::vector<std::string> names = layers_of(scenario);
  throw Error({.what = fmt::format("the scenario has no layer '{}'", printable(layer)),
               .where = where,
               .expected = names.empty() ? "a scenario with layers" : fmt::format("one of: {}", fmt::join(names, ", ")),
               .hint = hint_for(layer, names)});
}

}  // namespace

std::size_t Scenario::ticks() const { return static_cast<std::size_t>(std::max(1.0, std::round(horizon / tick))); }

const SettingDoc& find_setting(const Scenario& scenario, const std::string& layer, const std::string& key,
                               const Place& where) {
  const LayerSpec& spec = scenario.layers[find_spec(scenario, layer, where)];
  const LayerDoc& doc = *find_layer(spec.layer, spec.model, spec.where).doc;
  std::vector<std::string> names;
  for (const SettingDoc& one : doc.settings) {
    if (one.name == key) return one;
    names.emplace_back(one.name);
  }
  throw Error({.what = fmt::format("[{}] with model '{}' has no setting '{}'", layer, spec.model, printable(key)),
               .where = where,
               .expected = fmt::format("one of: {}", fmt::join(names, ", ")),
               .hint = hint_for(key, names)});
}

void adopt_layers(Scenario& scenario, const LayerSpecs& of_model) {
  for (const LayerSpec& spec : of_model) {
    for (const LayerSpec& own : scenario.layers)
      if (own.layer == spec.layer)
        throw Error({.what = fmt::format("[{}] is a layer of the scenario's model", spec.layer),
                     .where = own.where,
                     .expected = fmt::format("no [{}] of its own: it goes on as the record left it", spec.layer),
                     .hint = "set = { ... } in an intervention or a branch changes its settings"});
    scenario.layers.push_back(spec);
    scenario.layers.back().of_model = true;
  }
  std::stable_sort(scenario.layers.begin(), scenario.layers.end(), [](const LayerSpec& a, const LayerSpec& b) {
    return place_in_coupling(a.layer, a.where) < place_in_coupling(b.layer, b.where);
  });
}

void set_setting(Scenario& scenario, const std::string& layer, const std::string& key, const Setting& value) {
  const SettingDoc& doc = find_setting(scenario, layer, key, value.where);
  LayerSpec& spec = scenario.layers[find_spec(scenario, layer, value.where)];
  if (spec.of_model && !doc.changes)
    throw Error({.what = fmt::format("'{}.{}' is the model's and cannot change at the start of a scenario", layer, key),
                 .where = value.where,
                 .hint = "the model's coefficients were estimated with it: change it in the model file and fit anew"});
  (spec.of_model ? spec.changed : spec.settings).insert_or_assign(key, value);
}

Scenario of_branch(const Scenario& scenario, const Branch& branch) {
  Scenario own = scenario;
  for (const auto& [layer, setting] : branch.settings) set_setting(own, layer, setting.first, setting.second);
  own.interventions.insert(own.interventions.end(), branch.interventions.begin(), branch.interventions.end());
  return own;
}

}  // namespace detente
