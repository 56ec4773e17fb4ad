// Every effect by name: its description and how to bind it to a record.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "effects/arguments.hpp"
#include "effects/effect.hpp"

namespace detente {

struct CatalogueEntry {
  const EffectDoc* doc;
  std::unique_ptr<Effect> (*bind)(const Call& call, BindContext& context);
};

[[nodiscard]] std::span<const CatalogueEntry> catalogue();
[[nodiscard]] const CatalogueEntry* find_effect(std::string_view name);
[[nodiscard]] std::vector<std::string> effect_names();

// Binds one call.  Throws FormulaProblem.
[[nodiscard]] std::unique_ptr<Effect> bind_effect(const Call& call, BindContext& context);

}  // namespace detente
