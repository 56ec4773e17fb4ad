#include "layers/along_record.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/catalogue.hpp"

namespace detente {
namespace {

constexpr LayerDraws drawn_once{.seed = 1, .replicate = 0};

// Whoever is taken to take part because nobody is named may be known only from later rows.
void require_names(const LayerSpec& spec, const std::string& file) {
  for (const SettingDoc& doc : find_layer(spec.layer, spec.model, spec.where).doc->settings)
    if (doc.name == "leaders" && doc.fallback.empty() && !spec.settings.contains("leaders"))
      throw Error({.what = fmt::format("[layers.{}] does not say who takes part", spec.layer),
                   .where = spec.where.file.empty() ? Place{.file = file} : spec.where,
                   .expected = "leaders = [...]: along a record they do not depend on who appears in it"});
}

void check(const Record& record, const AlongRecord& along) {
  if (!along.ticks.any())
    throw Error({.what = "layers need a clock that ticks",
                 .where = along.layers.front().where,
                 .expected = "tick = a duration in [clock]: layers flow from one tick to the next"});
  for (const LayerSpec& spec : along.layers) require_names(spec, along.file);
  for (const Attribute& attribute : record.attributes)
    for (const SignalColumn& column : signal_columns)
      if (attribute.name == column.name && !attribute.of_layer)
        throw Error({.what = fmt::format("the record has an attribute '{}' of its own", column.name),
                     .where = along.layers.front().where,
                     .hint = "rename the column in attributes.csv, or remove the model's [layers]"});
}

// The columns of signals, as attributes that take a new value whenever it changes.
class Columns {
 public:
  explicit Columns(std::size_t actors) {
    for (std::size_t k = 0; k < std::size(signal_columns); ++k) by_actor_[k].resize(actors);
  }

  void note(const Signals& signals, Time time) {
    for (std::size_t k = 0; k < by_actor_.size(); ++k) {
      const std::vector<double>& values = signals.*signal_columns[k].values;
      for (ActorId actor = 0; actor < by_actor_[k].size(); ++actor) {
        std::vector<AttributeValue>& own = by_actor_[k][actor];
        if (std::isnan(values[actor]) || (!own.empty() && own.back().value == values[actor])) continue;
        own.push_back({actor, time, values[actor]});
      }
    }
  }

  void add_to(Record& record) const {
    std::erase_if(record.attributes, [](const Attribute& attribute) { return attribute.of_layer; });
    for (std::size_t k = 0; k < by_actor_.size(); ++k) {
      Attribute attribute{std::string(signal_columns[k].name), {}, {}, true};
      if (std::all_of(by_actor_[k].begin(), by_actor_[k].end(), [](const auto& own) { return own.empty(); })) continue;
      for (ActorId actor = 0; actor < by_actor_[k].size(); ++actor) {
        const std::vector<AttributeValue>& own = by_actor_[k][actor];
        attribute.values.push_back({actor, always, own.empty() ? signal_columns[k].neutral : own.front().value});
        attribute.values.insert(attribute.values.end(), own.begin(), own.end());
      }
      record.attributes.push_back(std::move(attribute));
    }
  }

 private:
  std::array<std::vector<std::vector<AttributeValue>>, std::size(signal_columns)> by_actor_;
};

bool names(const Setting& setting, const std::string& actor) {
  if (const auto* word = std::get_if<std::string>(&setting.value)) return *word == actor;
  const auto* words = std::get_if<std::vector<std::string>>(&setting.value);
  return words != nullptr && std::find(words->begin(), words->end(), actor) != words->end();
}

}  // namespace

Cast layer_cast(const Record& record, std::span<const Actor> everybody, const LayerSpecs& layers) {
  Cast cast;
  for (const Actor& actor : record.actors) cast.actors.push_back(actor.id);
  std::vector<std::string> known = cast.actors;
  std::sort(known.begin(), known.end());
  for (const Actor& actor : everybody) {
    if (std::binary_search(known.begin(), known.end(), actor.id)) continue;
    const bool named = std::any_of(layers.begin(), layers.end(), [&](const LayerSpec& spec) {
      return std::any_of(spec.settings.begin(), spec.settings.end(),
                         [&](const auto& setting) { return names(setting.second, actor.id); });
    });
    if (named) cast.actors.push_back(actor.id);
  }
  return cast;
}

LayerEvent heard(const Event& event, const std::vector<EventType>& types, const LayerDraws& draws, unsigned threads) {
  const QuadClass quad = types[event.type].quad;
  const double size = std::abs(static_cast<double>(event.intensity));
  const double warmth = is_conflict(quad) ? -size : is_cooperation(quad) ? size : 0;
  return {event.time, event.sender, event.receiver, warmth, draws, threads};
}

CoupledLayers add_layers(Record& record, const AlongRecord& along) {
  if (along.layers.empty()) return {};
  check(record, along);
  CoupledLayers layers(along.layers, along.file, layer_cast(record, along.everybody, along.layers), drawn_once);
  Columns columns(record.actors.size());
  auto event = record.events.begin();
  if (event == record.events.end()) return layers;
  const double first = along.ticks.index(event->time);
  const double last = along.ticks.index(along.until);
  for (double k = first; k <= last; ++k) {
    const Time now = along.ticks.at(k);
    const Time next = along.ticks.at(k + 1);
    columns.note(layers.signals(), now);
    for (; event != record.events.end() && event->time < next; ++event)
      layers.hear(heard(*event, record.types, drawn_once, along.threads));
    layers.flow({now, next - now, static_cast<std::uint32_t>(k - first), drawn_once, along.threads});
    if (along.progress) along.progress((k - first + 1) / (last - first + 1));
  }
  columns.note(layers.signals(), along.ticks.at(last + 1));
  columns.add_to(record);
  return layers;
}

}  // namespace detente
