#include "simulate/coupled_path.hpp"

#include <cmath>

namespace detente {

std::vector<SignalAttribute> signal_attributes(const AttributeBook& book) {
  std::vector<SignalAttribute> attributes;
  for (std::size_t column = 0; column < std::size(signal_columns); ++column)
    if (const AttributeId id = book.find(signal_columns[column].name); id != no_id) attributes.push_back({id, column});
  return attributes;
}

void tell(Path& path, const Signals& signals, std::span<const SignalAttribute> attributes) {
  const auto actors = static_cast<ActorId>(path.start().record().actors.size());
  for (const SignalAttribute& one : attributes) {
    const std::vector<double>& values = signals.*signal_columns[one.column].values;
    for (ActorId actor = 0; actor < actors; ++actor)
      if (!std::isnan(values[actor])) path.set_attribute(one.attribute, actor, values[actor]);
  }
}

bool tick_together(Path& path, CoupledLayers& layers, std::span<const SignalAttribute> attributes,
                   const LayerStep& step, const PathObserver& observer) {
  tell(path, layers.signals(), attributes);
  PathObserver listening = observer;
  listening.on_event = [&](const Event& event, std::size_t hazard) {
    layers.hear(heard(event, path.start().record().types, step.draws, step.threads));
    if (observer.on_event) observer.on_event(event, hazard);
  };
  const bool sound = path.tick(step.number, listening);
  layers.flow(step);
  return sound;
}

bool run_coupled_path(const PathStart& start, const Coefficients& theta, PathKey key, std::size_t ticks,
                      const CoupledLayers& layers, const PathObserver& observer) {
  if (layers.empty()) return run_path(start, theta, key, ticks, observer);
  Path path(start, theta, key);
  CoupledLayers own = layers;
  const std::vector<SignalAttribute> attributes = signal_attributes(start.memory().attributes());
  bool sound = true;
  for (std::size_t number = 0; number < ticks; ++number) {
    const Time now = start.at(number);
    const LayerStep step{now, start.at(number + 1) - now, static_cast<std::uint32_t>(number),
                         LayerDraws{key.seed, key.replicate}};
    sound = tick_together(path, own, attributes, step, observer) && sound;
  }
  return sound;
}

}  // namespace detente
