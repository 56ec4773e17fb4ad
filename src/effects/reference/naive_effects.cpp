#include "effects/reference/naive_effects.hpp"

#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

const NaiveEffects& naive_effects() {
  static const NaiveEffects all = [] {
    NaiveEffects merged;
    for (const auto family :
         {naive_of_the_two, naive_closure, naive_degrees, naive_of_attributes, naive_turns, naive_of_the_record})
      merged.merge(family());
    return merged;
  }();
  return all;
}

}  // namespace

bool has_naive_effect(std::string_view name) { return naive_effects().contains(name); }

NaiveEffect naive_effect(const Call& call, std::span<const TraceSpec> traces) {
  const Naive naive = naive_effects().at(call.name);
  return [given = Given{call, traces}, naive](const History& h, ActorId i, ActorId j) { return naive(given, h, i, j); };
}

}  // namespace detente::reference
