#include "effects/catalogue.hpp"

#include <array>

#include <fmt/format.h>

#include "base/error.hpp"
#include "effects/effects_includes.inc"  // made from effects.def
#include "effects/elsewhere.hpp"

namespace detente {
namespace {

template <class E>
class Bound final : public Effect {
 public:
  explicit Bound(const Arguments& arguments) : effect_(arguments), ripens_(arguments.ripen()) {}
  Bound(E effect, bool ripens) : effect_(std::move(effect)), ripens_(ripens) {}
  using Effect::value;
  std::unique_ptr<Effect> clone() const override { return std::make_unique<Bound>(*this); }
  double value(const Memory& memory, const Link& link) const override { return effect_(memory, link); }
  void values(const Memory& memory, std::span<const Link> links, double* values) const override {
    if constexpr (requires { effect_.values(memory, links, values); })
      effect_.values(memory, links, values);
    else
      for (std::size_t k = 0; k < links.size(); ++k) values[k] = effect_(memory, links[k]);
  }
  double value_of_tie(const Memory& memory, TieId tie, const Link& link) const override {
    if constexpr (requires { effect_.of_tie(memory, tie); })
      return effect_.of_tie(memory, tie);
    else if constexpr (requires { effect_.of_tie(memory, tie, link); })
      return effect_.of_tie(memory, tie, link);
    else
      return effect_(memory, link);
  }
  Traits traits() const override {
    Traits traits = effect_.traits();
    traits.wakes = traits.wakes || ripens_;
    return traits;
  }
  void sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const override {
    effect_.sources(memory, dyad, out);
  }
  void attributes(std::vector<AttributeId>& out) const override {
    if constexpr (requires { effect_.attribute.id; }) out.push_back(effect_.attribute.id);
    if constexpr (requires { effect_.components.front().id; })
      for (const AttributeArgument& one : effect_.components) out.push_back(one.id);
  }
  std::vector<std::unique_ptr<Effect>> parts() const override {
    std::vector<std::unique_ptr<Effect>> all;
    if constexpr (requires { effect_.parts(); }) {
      const std::vector<E> parts = effect_.parts();
      for (const E& part : parts) all.push_back(std::make_unique<Bound>(part, ripens_));
    }
    return all;
  }

 private:
  E effect_;
  bool ripens_;
};

template <class E>
constexpr CatalogueEntry entry() {
  return {&E::doc, [](const Call& call, BindContext& context) -> std::unique_ptr<Effect> {
            return std::make_unique<Bound<E>>(Arguments(call, E::doc, context));
          }};
}

constexpr std::array entries{
#define DETENTE_EFFECT(type) entry<type>(),
#include "effects/effects_entries.inc"  // made from effects.def
#undef DETENTE_EFFECT
};

}  // namespace

std::span<const CatalogueEntry> catalogue() { return entries; }

const CatalogueEntry* find_effect(std::string_view name) {
  for (const CatalogueEntry& entry : entries)
    if (entry.doc->name == name) return &entry;
  return nullptr;
}

std::vector<std::string> effect_names() {
  std::vector<std::string> names;
  for (const CatalogueEntry& entry : entries) names.emplace_back(entry.doc->name);
  return names;
}

std::unique_ptr<Effect> bind_effect(const Call& call, BindContext& context) {
  if (const CatalogueEntry* entry = find_effect(call.name)) return entry->bind(call, context);
  throw FormulaProblem{fmt::format("there is no effect '{}'", call.name), call.position, "", effect_hint(call.name)};
}

std::string effect_hint(const std::string& name) {
  for (const EffectElsewhere& row : effects_elsewhere(name))
    if (!row.term.empty())
      return fmt::format("{} in {} is {} here: `detente effects {}` says more", row.theirs, row.section, row.term,
                         name);
  const std::string near = hint_for(name, effect_names());
  return near.empty() ? "`detente effects` lists them" : near;
}

}  // namespace detente
