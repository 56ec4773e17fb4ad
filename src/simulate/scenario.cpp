#include "simulate/scenario.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/catalogue.hpp"

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
  const std::string near = closest(layer, names);
  throw Error({.what = fmt::format("the scenario has no layer '{}'", printable(layer)),
               .where = where,
               .expected = names.empty() ? "a scenario with layers" : fmt::format("one of: {}", fmt::join(names, ", ")),
               .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
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
  const std::string near = closest(key, names);
  throw Error({.what = fmt::format("[{}] with model '{}' has no setting '{}'", layer, spec.model, printable(key)),
               .where = where,
               .expected = fmt::format("one of: {}", fmt::join(names, ", ")),
               .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
}

void set_setting(Scenario& scenario, const std::string& layer, const std::string& key, const Setting& value) {
  (void)find_setting(scenario, layer, key, value.where);
  scenario.layers[find_spec(scenario, layer, value.where)].settings.insert_or_assign(key, value);
}

Scenario of_branch(const Scenario& scenario, const Branch& branch) {
  Scenario own = scenario;
  for (const auto& [layer, setting] : branch.settings) set_setting(own, layer, setting.first, setting.second);
  own.interventions.insert(own.interventions.end(), branch.interventions.begin(), branch.interventions.end());
  return own;
}

}  // namespace detente
