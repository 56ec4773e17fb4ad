// The order in which the parts of the world follow each other, in one place.
//
// In every tick:
//   1. interventions that are due
//   2. hazards see the signals as published at the end of the last tick, as attributes of actors
//   3. ties start and end; leaders' events, drawn one by one; each is told to every layer in the order below
//   4. layers flow in the order below; each sees what those before it have published in this tick, and what those after it
//      published in the last
//   5. what the layers brought about (a dismissal, a return) ends ties or renews them
//
//   sentiment      leaders' feelings, moved by their events
//   publics        followers hear leaders' events and see leaders' feelings
//   organizations  boards and staff see events, and what the public thinks of their leader
//   arena          labs race with the enmity of their leaders and the means their alliances leave them
//
// A layer that is off publishes nothing: its columns are unknown, and each model documents what it does without.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "layers/layer.hpp"
#include "layers/layer_spec.hpp"

namespace detente {

inline constexpr std::array<std::string_view, 4> coupling_order{"sentiment", "publics", "organizations", "arena"};

// Place in the order; Error at `where` for another name.
[[nodiscard]] std::size_t place_in_coupling(std::string_view layer, const Place& where);

// Layers that run together, and what they tell each other and the hazards.  A value: a copy is a snapshot.
class CoupledLayers {
 public:
  CoupledLayers() = default;
  // Each made as `specs` say, in the order of coupling, and published.  Those that are `of_model` go on as they are in
  // `before`.  Throws Error at their place: a layer twice, an unknown setting or actor, too little memory.
  CoupledLayers(const LayerSpecs& specs, const std::string& file, const Cast& cast, const LayerDraws& draws,
                const CoupledLayers* before = nullptr);

  void hear(const LayerEvent& event);                                     // an event, told to every layer
  void flow(const LayerStep& step);                                       // one step of every layer
  void set(std::string_view layer, std::string_view name, double value);  // a setting that changes
  void observe(ReadOuts& out, unsigned threads) const;                    // "publics.approval:musk"

  [[nodiscard]] const Signals& signals() const { return signals_; }
  [[nodiscard]] bool empty() const { return layers_.empty(); }

 private:
  std::vector<Layer> layers_;
  Signals signals_;
};

}  // namespace detente
