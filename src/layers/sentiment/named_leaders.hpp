// Who takes part in a sentiment layer, and a matrix over them as a scenario gives it.
#pragma once

#include "layers/layer.hpp"

namespace detente {

// From `leaders`; every actor when it is not given.  Throws Error: an unknown name, a name twice, too many for the memory.
[[nodiscard]] std::vector<ActorId> leaders_from(const Settings& given, const Cast& cast);
[[nodiscard]] std::vector<std::string> names_of(const std::vector<ActorId>& leaders, const Cast& cast);

// size x size, given row by row.  Throws Error when it has another number of entries.
[[nodiscard]] Eigen::MatrixXd square_from(const Settings& given, std::string_view key, std::size_t size);

}  // namespace detente
