// One naive function for each effect of effects.def: its formula written out over the list of events, with none of the
// engine's memory.  A new effect needs one here, or the test of the catalogue fails.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "effects/call.hpp"
#include "memory/reference/history.hpp"

namespace detente::reference {

using NaiveEffect = std::function<double(const History&, ActorId sender, ActorId receiver)>;

[[nodiscard]] bool has_naive_effect(std::string_view name);

// `traces` must outlive the function.
[[nodiscard]] NaiveEffect naive_effect(const Call& call, std::span<const TraceSpec> traces);

}  // namespace detente::reference
