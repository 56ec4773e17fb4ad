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
// What to say of a name that is none of them: the term for it, if another package has it, or the closest name.
[[nodiscard]] std::string effect_hint(const std::string& name);

// Binds one call.  Throws FormulaProblem.
[[nodiscard]] std::unique_ptr<Effect> bind_effect(const Call& call, BindContext& context);

}  // namespace detente
