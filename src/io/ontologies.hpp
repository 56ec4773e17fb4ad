// Published ontologies of events, as text with the columns of types.csv: what a code means, its quad class and its
// Goldstein intensity.  Sources and choices: data/ontologies/README.md.
#pragma once

#include <string_view>

namespace detente {

[[nodiscard]] std::string_view cameo_types();   // CAMEO 1.1b3: ICEWS and GDELT
[[nodiscard]] std::string_view plover_types();  // PLOVER: POLECAT

}  // namespace detente
