// A path of leaders' events and the layers beside it, one tick at a time: hazards see what layers have published, layers hear
// what leaders do, and then they flow.  What is fitted along a record (layers/along_record.hpp) is what is simulated here.
#pragma once

#include <span>
#include <vector>

#include "layers/coupling.hpp"
#include "simulate/path.hpp"

namespace detente {

// An attribute of the record that layers publish.
struct SignalAttribute {
  AttributeId attribute;
  std::size_t column;  // of signal_columns
};
[[nodiscard]] std::vector<SignalAttribute> signal_attributes(const AttributeBook& book);

// Tells the hazards of a path what layers have published.
void tell(Path& path, const Signals& signals, std::span<const SignalAttribute> attributes);

// Tick number `step.number` of both.  False when the rates exploded.
bool tick_together(Path& path, CoupledLayers& layers, std::span<const SignalAttribute> attributes,
                   const LayerStep& step, const PathObserver& observer);

// run_path() with layers, which begin as `layers` are.
bool run_coupled_path(const PathStart& start, const Coefficients& theta, PathKey key, std::size_t ticks,
                      const CoupledLayers& layers, const PathObserver& observer);

}  // namespace detente
