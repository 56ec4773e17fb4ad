// Layers along a recorded history (design section 9): they hear what was recorded, tick by tick, as they would hear what is
// simulated, and what they publish becomes attributes of the record's actors, known from the start of each tick.  So the
// state of a layer is a function of the events, like a trace, and its columns (approval, morale, board confidence,
// resources) are fitted like any other attribute.
//
//   column_i(tick k) = what the layers publish of actor i after the events of the ticks before k
//
// Nothing of a tick is seen in it, and nothing later: cut at a date, a column is what it would have been had the record
// ended there.  Random models are drawn once (seed 1, replicate 0).  What a layer would have brought about along the record
// (a dismissal) ends no tie: the record says what happened.  Before the first event a column is what it is at it; of an
// actor of whom no layer says anything it is the column's neutral value (layers/signals.hpp).
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/ticks.hpp"
#include "layers/coupling.hpp"
#include "log/record.hpp"

namespace detente {

struct AlongRecord {
  const LayerSpecs& layers;
  std::string file{};  // of the model, for messages
  Ticks ticks{};
  Time until = never;                  // the last moment known; its tick is run to its end
  std::span<const Actor> everybody{};  // of the whole record, when this one is cut: an actor not known yet may be named
  unsigned threads = 1;
  std::function<void(double share)> progress{};
};

// Runs the layers from the first event of `record` on and adds their columns to its attributes.  Returns the layers at the
// end of the last tick.  Does nothing without layers.  Throws Error: time does not tick, a layer does not name who takes
// part, a column that the record has itself, or what the layers themselves refuse.
CoupledLayers add_layers(Record& record, const AlongRecord& along);

// The actors of a record, and those of `everybody` besides whom the layers name.
[[nodiscard]] Cast layer_cast(const Record& record, std::span<const Actor> everybody, const LayerSpecs& layers);

// An event as layers hear it.
[[nodiscard]] LayerEvent heard(const Event& event, const std::vector<EventType>& types, const LayerDraws& draws,
                               unsigned threads = 1);

}  // namespace detente
