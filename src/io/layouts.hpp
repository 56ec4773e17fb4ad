// Presets of sources whose events programs coded from news, with the columns and file names that each one publishes.
//
//   ICEWS    Boschee et al., "ICEWS Coded Event Data", Harvard Dataverse, doi:10.7910/DVN/28075
//   GDELT    "The GDELT Event Database Data Format Codebook" 1.03 (57 or 58 columns) and 2.0 (61 columns)
//   POLECAT  Scarborough et al., "POLECAT Weekly Data", Harvard Dataverse, doi:10.7910/DVN/AJGVIT
#pragma once

#include "io/presets.hpp"

namespace detente {

[[nodiscard]] Preset icews_preset();
[[nodiscard]] Preset gdelt_preset();
[[nodiscard]] Preset polecat_preset();

}  // namespace detente
