// A prior from a reference class as a TOML file, to be read and edited by people: what `detente fit --save` writes and
// `--prior` reads.  docs/guide/models.md describes it.
#pragma once

#include <string>
#include <string_view>

#include "estimate/reference_prior.hpp"

namespace detente {

// Throws Error with file, line and column: unreadable file, broken TOML, unknown or missing key, a value of the wrong kind,
// correlations that are none.
[[nodiscard]] ReferencePrior read_prior(const std::string& path);
[[nodiscard]] ReferencePrior parse_prior(std::string_view text, const std::string& name);

[[nodiscard]] std::string prior_text(const ReferencePrior& prior);

}  // namespace detente
