// A layer in a TOML file: [publics] of a scenario, [layers.publics] of a model.
#pragma once

#include "io/toml_table.hpp"
#include "layers/layer_spec.hpp"

namespace detente {

// A path as written in `file`, which stands beside it.
[[nodiscard]] std::string beside(const std::string& file, const std::string& path);

// A value of a setting.  Throws Error at its place: of no kind that a setting has.
[[nodiscard]] Setting read_setting(const toml::node& node, const std::string& file);

// Throws Error: it does not say its model, or there is none of that name.
[[nodiscard]] LayerSpec read_layer(std::string_view layer, const toml::table& table, const std::string& file);

}  // namespace detente
