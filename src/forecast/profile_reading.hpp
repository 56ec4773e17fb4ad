// Where the coefficients of a profile stand in a model and its fit, and weighted sums of them for one actor.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "estimate/fit.hpp"
#include "estimate/held_modes.hpp"
#include "forecast/profile_mapping.hpp"
#include "hazard/model.hpp"

namespace detente {

struct ProfileValue {
  double value = 0;
  double error = 0;  // posterior standard deviation
  double low = 0;
  double high = 0;
};

// Where the coefficients of a component stand.
struct ProfilePlace {
  std::size_t hazard;  // in the model and its fit
  std::size_t block;
  Eigen::Index term;
};
using ProfilePlaces = std::vector<std::optional<ProfilePlace>>;  // as profile_components()

// The coefficients of all actors, by hazard and block.
using ProfilePosterior = std::vector<std::vector<HeldModes>>;

// The hazards of a model that have components, by their name.
[[nodiscard]] ModelSpec with_components(ModelSpec spec);

// Throws Error, of the model's file, where none is found.
[[nodiscard]] ProfilePlaces find_places(const Model& model, const std::string& path);

[[nodiscard]] ProfilePosterior posterior_of(const Fit& fit);

// What a profile is read off: which coefficients, and how far actors differ on them.
struct ProfileReading {
  const Model& model;
  const Fit& fit;
  const ProfilePlaces& places;
  double z;

  // Null where the component is not in the model or was not estimated.
  [[nodiscard]] const RandomEffects* effects_of(std::size_t component) const;
  // 0 where there is no spread, or no estimate.
  [[nodiscard]] double deviation(std::size_t component) const;

  // A weighted sum of an actor's components; nothing where none has any spread, or a part of it was not estimated.
  [[nodiscard]] std::optional<ProfileValue> sum(std::span<const ProfilePart> parts, const ProfilePosterior& posterior,
                                                ActorId actor) const;
};

}  // namespace detente
