// A model file (TOML): the clock, the traces and the hazards, with the files of dyads that they name.  docs/guide/models.md
// describes it.
#pragma once

#include <string>
#include <string_view>

#include "hazard/model.hpp"

namespace detente {

class TomlTable;

// Throws Error with file, line and column: unreadable file, broken TOML, unknown key (with the closest known one), wrong
// kind of value.
[[nodiscard]] ModelSpec read_model(const std::string& path);
[[nodiscard]] ModelSpec parse_model(std::string_view text, const std::string& name);

// The `kind` of a hazard's table; tie where none is given.
[[nodiscard]] HazardKind read_hazard_kind(const TomlTable& table);

}  // namespace detente
