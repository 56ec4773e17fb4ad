// Profiles of actors as JSON and CSV.
#pragma once

#include <string>

#include "forecast/actor_profile.hpp"
#include "io/result.hpp"

namespace detente {

// The "profile" of a result.
[[nodiscard]] Json profile_json(const ActorProfiles& profiles);

// A row for each index and component of each actor, and one for an actor that is not shown.
[[nodiscard]] std::string profile_csv(const ActorProfiles& profiles);

// "conflict: by_actor(1)", as results and tables name a coefficient.
[[nodiscard]] std::string coefficient_name(const ProfileComponent& component);

}  // namespace detente
