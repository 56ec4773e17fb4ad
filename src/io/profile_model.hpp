// The model that profiles are read off where none is named: data/models/profile.toml, compiled in.
#pragma once

#include <string_view>

namespace detente {

inline constexpr std::string_view profile_model_name = "data/models/profile.toml (built in)";

[[nodiscard]] std::string_view profile_model_text();

}  // namespace detente
