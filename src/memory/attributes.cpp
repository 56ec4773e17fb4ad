#include "memory/attributes.hpp"

#include <algorithm>
#include <limits>

namespace detente {

AttributeBook::AttributeBook(const Record& record) : attributes_(&record.attributes) {
  names_.emplace_back("kind");
  std::vector<std::string> kinds;
  std::vector<double> kind_of;
  for (const Actor& actor : record.actors) {
    auto found = std::find(kinds.begin(), kinds.end(), actor.kind);
    if (found == kinds.end()) found = kinds.insert(kinds.end(), actor.kind);
    kind_of.push_back(static_cast<double>(found - kinds.begin()));
  }
  if (kinds.empty()) kinds.emplace_back();
  levels_.push_back(std::move(kinds));
  current_.push_back(std::move(kind_of));
  for (const Attribute& attribute : record.attributes) {
    const auto id = static_cast<AttributeId>(names_.size());
    names_.push_back(attribute.name);
    levels_.push_back(attribute.levels);
    current_.emplace_back(record.actors.size(), std::numeric_limits<double>::quiet_NaN());
    for (const AttributeValue& v : attribute.values) changes_.push_back({v.time, id, v.actor, v.value});
  }
  std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) { return a.time < b.time; });
}

bool AttributeBook::advance(Time now) {
  const std::size_t start = next_;
  for (; next_ < changes_.size() && changes_[next_].time <= now; ++next_)
    current_[changes_[next_].attribute][changes_[next_].actor] = changes_[next_].value;
  return next_ != start;
}

double AttributeBook::value_at(AttributeId id, ActorId actor, Time time) const {
  if (id == 0) return current_[0][actor];  // kinds stay
  const std::vector<AttributeValue>& values = (*attributes_)[id - 1].values;
  const auto after = std::upper_bound(values.begin(), values.end(), std::pair(actor, time),
                                      [](const std::pair<ActorId, Time>& at, const AttributeValue& value) {
                                        return at < std::pair(value.actor, value.time);
                                      });
  const bool known = after != values.begin() && (after - 1)->actor == actor;
  return known ? (after - 1)->value : std::numeric_limits<double>::quiet_NaN();
}

AttributeId AttributeBook::find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? no_id : static_cast<AttributeId>(found - names_.begin());
}

}  // namespace detente
