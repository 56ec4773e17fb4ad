// The events behind a two-path: both legs through every third actor that has both.
#pragma once

#include <vector>

#include "effects/effect.hpp"

namespace detente {

void two_path_sources(const Memory& memory, const TwoPathSpec& spec, Dyad dyad, std::vector<Source>& out);

}  // namespace detente
