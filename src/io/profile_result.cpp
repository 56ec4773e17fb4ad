#include "io/profile_result.hpp"

#include <fmt/format.h>

#include "io/csv_cell.hpp"

namespace detente {
namespace {

Json value_json(const ProfileValue& value) {
  return {{"value", value.value}, {"low", value.low}, {"high", value.high}};
}

Json indices_json() {
  Json list = Json::array();
  for (const ProfileIndex& index : profile_indices()) {
    Json parts = Json::array();
    for (const ProfilePart& part : index.parts) {
      const ProfileComponent& component = profile_components()[part.component];
      parts.push_back({{"key", component.key},
                       {"label", component.label},
                       {"coefficient", coefficient_name(component)},
                       {"weight", part.weight}});
    }
    list.push_back({{"key", index.key}, {"label", index.label}, {"components", parts}, {"text", index.text}});
  }
  return list;
}

Json components_of(const ActorProfile& actor) {
  Json json = Json::object();
  for (std::size_t c = 0; c < actor.components.size(); ++c) {
    Json& one = json[std::string(profile_components()[c].key)];
    if (!actor.components[c]) continue;
    one = value_json(*actor.components[c]);
    one["events"] = actor.components[c]->events;
    one["shrinkage"] = actor.components[c]->shrinkage;
  }
  return json;
}

Json indices_of(const ActorProfile& actor) {
  Json json = Json::object();
  for (std::size_t i = 0; i < actor.indices.size(); ++i) {
    Json& one = json[std::string(profile_indices()[i].key)];
    if (!actor.indices[i]) continue;
    const IndexValue& value = *actor.indices[i];
    one = value_json(value);
    one["rank"] = value.rank ? Json(*value.rank) : Json();
    one["rank_low"] = value.rank_low;
    one["rank_high"] = value.rank_high;
  }
  return json;
}

Json window_json(const ProfileWindow& window, Clock clock) {
  return {{"from", format_time(window.from, clock)}, {"to", format_time(window.to, clock)}};
}

Json actor_json(const ActorProfile& actor, const ActorProfiles& profiles) {
  const Record& record = profiles.known;
  Json windows = Json::array();
  for (std::size_t w = 0; w < actor.windows.size(); ++w) {
    Json one = window_json(profiles.windows[w], record.clock);
    one["events"] = actor.windows[w].events;
    Json& indices = one["indices"] = Json::object();
    for (std::size_t i = 0; i < actor.windows[w].indices.size(); ++i) {
      const std::optional<ProfileValue>& value = actor.windows[w].indices[i];
      indices[std::string(profile_indices()[i].key)] = value ? value_json(*value) : Json();
    }
    windows.push_back(std::move(one));
  }
  return {{"id", record.actors[actor.actor].id},
          {"name", record.actors[actor.actor].name},
          {"kind", record.actors[actor.actor].kind},
          {"events", actor.events},
          {"shown", actor.shown()},
          {"needed", actor.needed},
          {"indices", indices_of(actor)},
          {"components", components_of(actor)},
          {"windows", windows}};
}

Json variance_json(const ActorProfiles& profiles) {
  Json list = Json::array();
  for (std::size_t c = 0; c < profiles.spread.size(); ++c) {
    const ComponentSpread& spread = profiles.spread[c];
    if (spread.estimated)
      list.push_back({{"coefficient", coefficient_name(profile_components()[c])},
                      {"sd", spread.deviation},
                      {"groups", spread.groups}});
  }
  return list;
}

template <class Value>
std::string cells(const Value& value) {
  return fmt::format("{},{},{}", csv_cell(value.value), csv_cell(value.low), csv_cell(value.high));
}

}  // namespace

std::string coefficient_name(const ProfileComponent& component) {
  return fmt::format("by_actor({}) of {}", component.term, component.hazard);
}

Json profile_json(const ActorProfiles& profiles) {
  const Clock clock = profiles.known.clock;
  Json windows = Json::array(), actors = Json::array();
  for (const ProfileWindow& window : profiles.windows) windows.push_back(window_json(window, clock));
  for (const ActorProfile& actor : profiles.actors) actors.push_back(actor_json(actor, profiles));
  return {{"as_of", format_time(profiles.as_of, clock)},
          {"clock", clock == Clock::calendar ? "calendar" : "number"},
          {"interval", profiles.interval},
          {"minimum_events", profiles.minimum},
          {"events", profiles.events},
          {"windows", windows},
          {"indices", indices_json()},
          {"actors", actors},
          {"variance", variance_json(profiles)},
          {"notes", profiles.notes}};
}

std::string profile_csv(const ActorProfiles& profiles) {
  std::string csv =
      "id,name,kind,events,shown,needed,measure,value,low,high,rank,rank_low,rank_high,measure_events,shrinkage\n";
  for (const ActorProfile& actor : profiles.actors) {
    const Actor& one = profiles.known.actors[actor.actor];
    const std::string head = fmt::format("{},{},{},{},{},{}", csv_cell(one.id), csv_cell(one.name), csv_cell(one.kind),
                                         actor.events, actor.shown() ? "yes" : "no", actor.needed);
    if (!actor.shown()) csv += head + ",,,,,,,,,\n";
    for (std::size_t i = 0; i < actor.indices.size(); ++i)
      if (const std::optional<IndexValue>& value = actor.indices[i])
        csv += fmt::format("{},{},{},{},{},{},,\n", head, profile_indices()[i].key, cells(*value),
                           value->rank ? std::to_string(*value->rank) : "", value->rank_low, value->rank_high);
    for (std::size_t c = 0; c < actor.components.size(); ++c)
      if (const std::optional<ComponentValue>& value = actor.components[c])
        csv += fmt::format("{},{},{},,,,{},{}\n", head, profile_components()[c].key, cells(*value), value->events,
                           csv_cell(value->shrinkage));
  }
  return csv;
}

}  // namespace detente
