#include "forecast/profile_mapping.hpp"

#include <array>

namespace detente {
namespace {

enum Component : std::size_t {
  initiative,
  retaliation,
  spotlight_conflict,
  spotlight_cooperation,
  reciprocated,
  closing,
  forgiveness,
  long_memory,
  short_memory
};

constexpr std::array<ProfileComponent, 9> components{{
    {"initiative", "initiative of conflict", "conflict", "1"},
    {"retaliation", "retaliation", "conflict", "log1p(reciprocity(grievance))"},
    {"spotlight_conflict", "conflict with those in the spotlight", "conflict",
     "sqrt(attention_share(spotlight, of=receiver))"},
    {"spotlight_cooperation", "cooperation with those in the spotlight", "cooperation",
     "sqrt(attention_share(spotlight, of=receiver))"},
    {"reciprocated", "reciprocated cooperation", "cooperation", "log1p(reciprocity(goodwill))"},
    {"closing", "cooperation that closes triads", "cooperation", "log1p(shared_ally(goodwill))"},
    {"forgiveness", "forgiveness of old conflict", "cooperation", "log1p(reciprocity(old_grievance))"},
    {"long_memory", "weight on long memory", "memory", "log1p(inertia(long))"},
    {"short_memory", "weight on short memory", "memory", "log1p(inertia(recent))"},
}};

constexpr double third = 1.0 / 3;
constexpr std::array<ProfilePart, 4> ego{
    {{initiative, 0.25}, {retaliation, 0.25}, {spotlight_conflict, 0.25}, {spotlight_cooperation, 0.25}}};
constexpr std::array<ProfilePart, 2> acclaim{{{spotlight_conflict, 0.5}, {spotlight_cooperation, 0.5}}};
constexpr std::array<ProfilePart, 2> dominate{{{initiative, 0.5}, {retaliation, 0.5}}};
constexpr std::array<ProfilePart, 3> eco{{{reciprocated, third}, {closing, third}, {forgiveness, third}}};
constexpr std::array<ProfilePart, 2> intuitive{{{long_memory, 0.5}, {short_memory, -0.5}}};

constexpr std::array<ProfileIndex, 5> indices{{
    {"ego", "Ego", "Turns to conflict often, answers conflict with conflict, and acts towards those in the spotlight.",
     ego},
    {"acclaim", "Ego: need for acclaim", "Acts towards those in the spotlight, in conflict and in cooperation.",
     acclaim},
    {"dominate", "Ego: need to dominate", "Turns to conflict often, and answers conflict with conflict.", dominate},
    {"eco", "Eco",
     "Returns cooperation, cooperates with the allies of its allies, and with those who were in conflict with it.",
     eco},
    {"intuitive", "Intuitive",
     "Goes on with those it dealt with over the years more than with those of the last weeks.", intuitive},
}};

}  // namespace

std::span<const ProfileComponent> profile_components() { return components; }

std::span<const ProfileIndex> profile_indices() { return indices; }

}  // namespace detente
