#include "log/missing.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace detente {
namespace {

const std::string indicator_ending = "_missing";

std::span<const AttributeValue> values_of(const Attribute& attribute, ActorId actor) {
  const auto by_actor = [](const AttributeValue& value, ActorId id) { return value.actor < id; };
  const auto first = std::lower_bound(attribute.values.begin(), attribute.values.end(), actor, by_actor);
  const auto last = std::lower_bound(first, attribute.values.end(), actor + 1, by_actor);
  return {first, last};
}

// The value known at a time; NaN when there is none.
double known_at(const Attribute& attribute, ActorId actor, Time time) {
  double value = std::nan("");
  for (const AttributeValue& one : values_of(attribute, actor))
    if (one.time <= time) value = one.value;
  return value;
}

double mean_at(const Attribute& attribute, std::size_t actors, Time time, const Record& record,
               const MissingText& policy) {
  double sum = 0;
  double count = 0;
  for (ActorId actor = 0; actor < actors; ++actor) {
    const double value = known_at(attribute, actor, time);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  if (count > 0) return sum / count;
  throw Error({.what = fmt::format("nobody's '{}' is known by {}: there is no mean", policy.attribute,
                                   format_time(time, record.clock)),
               .where = policy.where,
               .hint = "\"drop\" or \"zero\", or dates in attributes.csv from which the values hold"});
}

Attribute& find(Record& record, const MissingText& policy) {
  std::vector<std::string> names;
  for (Attribute& attribute : record.attributes) {
    if (attribute.name == policy.attribute) return attribute;
    names.push_back(attribute.name);
  }
  throw Error(
      {.what = fmt::format("the record has no attribute '{}'", printable(policy.attribute)),
       .where = policy.where,
       .expected = names.empty() ? "a record with attributes" : fmt::format("one of: {}", fmt::join(names, ", ")),
       .hint = hint_for(policy.attribute, names)});
}

void check_sort(const Attribute& attribute, const MissingText& policy) {
  if (policy.policy == MissingPolicy::drop) return;
  if (attribute.is_factor() == (policy.policy == MissingPolicy::level)) return;
  throw Error({.what = fmt::format("'{}' has {}", policy.attribute, attribute.is_factor() ? "words" : "numbers"),
               .where = policy.where,
               .expected = attribute.is_factor() ? "\"level\" or \"drop\"" : "\"mean\", \"zero\" or \"drop\""});
}

// From when an actor's value is needed: when it enters, or for ever.
Time needed_from(const Record& record, ActorId actor) { return record.actors[actor].enters; }

bool lacks(const Record& record, const Attribute& attribute, ActorId actor) {
  const std::span<const AttributeValue> values = values_of(attribute, actor);
  return values.empty() || values.front().time > needed_from(record, actor);
}

void drop(Record& record, Attribute& attribute) {
  for (ActorId actor = 0; actor < record.actors.size(); ++actor) {
    if (!lacks(record, attribute, actor)) continue;
    const std::span<const AttributeValue> values = values_of(attribute, actor);
    record.actors[actor].enters = values.empty() ? never : values.front().time;
    ++attribute.filled;
  }
}

double unknown_level(Attribute& attribute) {
  const auto found = std::find(attribute.levels.begin(), attribute.levels.end(), "unknown") - attribute.levels.begin();
  if (static_cast<std::size_t>(found) == attribute.levels.size()) attribute.levels.emplace_back("unknown");
  return static_cast<double>(found);
}

void fill(Record& record, const MissingText& policy, std::size_t which) {
  Attribute before = record.attributes[which];
  const double level = policy.policy == MissingPolicy::level ? unknown_level(before) : 0;
  Attribute after{before.name, before.levels, {}, before.of_layer, before.filled};
  Attribute indicator{before.name + indicator_ending, {}, {}};
  std::map<Time, double> means;  // many enter at one time
  const auto mean_by = [&](Time time) {
    const auto [mean, is_new] = means.try_emplace(time, 0.0);
    if (is_new) mean->second = mean_at(before, record.actors.size(), time, record, policy);
    return mean->second;
  };
  for (ActorId actor = 0; actor < record.actors.size(); ++actor) {
    const std::span<const AttributeValue> values = values_of(before, actor);
    const bool filled = lacks(record, before, actor);
    indicator.values.push_back({actor, always, filled ? 1.0 : 0.0});
    if (filled) {
      const Time from = needed_from(record, actor);
      const Time first = record.events.empty() ? from : record.events.front().time;
      const double value = policy.policy == MissingPolicy::mean ? mean_by(std::max(from, first)) : level;
      after.values.push_back({actor, from, value});
      if (!values.empty()) indicator.values.push_back({actor, values.front().time, 0});
      ++after.filled;
    }
    after.values.insert(after.values.end(), values.begin(), values.end());
  }
  record.attributes[which] = std::move(after);
  if (policy.policy != MissingPolicy::level) record.attributes.push_back(std::move(indicator));
}

}  // namespace

void fill_missing(Record& record, std::span<const MissingText> policies) {
  for (const MissingText& policy : policies) {
    Attribute& attribute = find(record, policy);
    const std::string indicator = policy.attribute + indicator_ending;
    const bool done = attribute.filled > 0 || std::any_of(record.attributes.begin(), record.attributes.end(),
                                                          [&](const Attribute& a) { return a.name == indicator; });
    if (done) continue;
    check_sort(attribute, policy);
    if (policy.policy == MissingPolicy::drop)
      drop(record, attribute);
    else
      fill(record, policy, static_cast<std::size_t>(&attribute - record.attributes.data()));
  }
}

}  // namespace detente
