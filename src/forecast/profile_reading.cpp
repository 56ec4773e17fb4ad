#include "forecast/profile_reading.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace detente {
namespace {

std::string without_spaces(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return kept;
}

std::optional<ProfilePlace> find_place(const Model& model, const ProfileComponent& component) {
  for (std::size_t h = 0; h < model.hazards.size(); ++h) {
    const Hazard& hazard = model.hazards[h];
    if (hazard.name != component.hazard) continue;
    for (std::size_t b = 0; b < hazard.random.size(); ++b) {
      if (hazard.random[b].grouping != Grouping::sender) continue;
      const std::vector<std::string> names = hazard.random[b].term_names();
      for (std::size_t k = 0; k < names.size(); ++k)
        if (without_spaces(names[k]) == without_spaces(component.term))
          return ProfilePlace{h, b, static_cast<Eigen::Index>(k)};
    }
  }
  return std::nullopt;
}

}  // namespace

ModelSpec with_components(ModelSpec spec) {
  const auto named = [](const HazardText& hazard) {
    const auto components = profile_components();
    return hazard.kind == HazardKind::tie && std::any_of(components.begin(), components.end(),
                                                         [&](const auto& one) { return one.hazard == hazard.name; });
  };
  std::erase_if(spec.hazards, [&](const HazardText& hazard) { return !named(hazard); });
  return spec;
}

ProfilePlaces find_places(const Model& model, const std::string& path) {
  ProfilePlaces places;
  for (const ProfileComponent& component : profile_components()) places.push_back(find_place(model, component));
  if (std::none_of(places.begin(), places.end(), [](const auto& place) { return place.has_value(); }))
    throw Error({.what = "the model has no coefficients that a profile is made of",
                 .where = {.file = path},
                 .expected =
                     "hazards 'conflict', 'cooperation' or 'memory' of kind tie, with by_actor(...) of directed "
                     "events",
                 .hint = "docs/guide/profiles.md lists the terms; without --model the built-in model is used"});
  return places;
}

ProfilePosterior posterior_of(const Fit& fit) {
  ProfilePosterior posterior;
  for (const HazardFit& hazard : fit.hazards) {
    std::vector<HeldModes>& blocks = posterior.emplace_back();
    for (const RandomEffects& effects : hazard.random)
      blocks.push_back({effects.groups, effects.estimate, effects.conditional, {}});
  }
  return posterior;
}

const RandomEffects* ProfileReading::effects_of(std::size_t component) const {
  const std::optional<ProfilePlace>& place = places[component];
  if (!place || fit.hazards[place->hazard].newton.status != FitStatus::converged) return nullptr;
  return place->block < fit.hazards[place->hazard].random.size() ? &fit.hazards[place->hazard].random[place->block]
                                                                 : nullptr;
}

double ProfileReading::deviation(std::size_t component) const {
  const RandomEffects* effects = effects_of(component);
  if (effects == nullptr) return 0;
  const Eigen::Index term = places[component]->term;
  return std::sqrt(effects->covariance(term, term));
}

std::optional<ProfileValue> ProfileReading::sum(std::span<const ProfilePart> parts, const ProfilePosterior& posterior,
                                                ActorId actor) const {
  for (const ProfilePart& part : parts)
    if (places[part.component] && effects_of(part.component) == nullptr) return std::nullopt;
  ProfileValue found;
  double variance = 0;
  bool spread = false;
  for (std::size_t h = 0; h < fit.hazards.size(); ++h)
    for (std::size_t b = 0; b < fit.hazards[h].random.size(); ++b) {
      const RandomEffects& effects = fit.hazards[h].random[b];
      Eigen::VectorXd weights = Eigen::VectorXd::Zero(effects.covariance.rows());
      for (const ProfilePart& part : parts)
        if (effects_of(part.component) == &effects && deviation(part.component) > 0)
          weights(places[part.component]->term) += part.weight / deviation(part.component);
      if (weights.isZero(0)) continue;
      spread = true;
      if (b >= posterior[h].size()) return std::nullopt;
      const HeldModes& modes = posterior[h][b];
      if (!modes.found) return std::nullopt;
      const auto at = std::lower_bound(modes.groups.begin(), modes.groups.end(), Group{actor, no_id});
      if (at == modes.groups.end() || at->a != actor) {  // never at risk: nothing but what holds for all
        variance += weights.dot(effects.covariance * weights);
        continue;
      }
      const auto g = at - modes.groups.begin();
      found.value += modes.estimate.row(g).dot(weights);
      variance += weights.dot(modes.conditional[static_cast<std::size_t>(g)] * weights);
    }
  if (!spread) return std::nullopt;
  found.error = std::sqrt(variance);
  found.low = found.value - z * found.error;
  found.high = found.value + z * found.error;
  return found;
}

}  // namespace detente
