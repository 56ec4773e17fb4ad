// Which coefficients of an actor make which index of its profile (docs/guide/profiles.md says it to users).  Labels of
// recorded behaviour, and no more than that:
//
//   index = sum of weight x component,   component = the actor's own deviation from the common coefficient, in units of
//                                                    the standard deviation between actors
#pragma once

#include <span>
#include <string_view>

namespace detente {

struct ProfileComponent {
  std::string_view key;
  std::string_view label;
  std::string_view hazard;
  std::string_view term;  // of the hazard's by_actor(...)
};

struct ProfilePart {
  std::size_t component;  // in profile_components()
  double weight;
};

struct ProfileIndex {
  std::string_view key;
  std::string_view label;
  std::string_view text;
  std::span<const ProfilePart> parts;
};

[[nodiscard]] std::span<const ProfileComponent> profile_components();
[[nodiscard]] std::span<const ProfileIndex> profile_indices();

}  // namespace detente
