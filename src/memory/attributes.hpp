// The values of actors' attributes at one time.  `kind` is an attribute every actor has.
#pragma once

#include <cmath>
#include <string_view>
#include <vector>

#include "log/record.hpp"

namespace detente {

using AttributeId = std::uint32_t;

class AttributeBook {
 public:
  explicit AttributeBook(const Record& record);

  // Moves on to `now`; true when any value changed.
  bool advance(Time now);
  // The present value, whatever the record says; true when it changed.
  bool set(AttributeId id, ActorId actor, double value) {
    double& current = current_[id][actor];
    if (current == value || (std::isnan(current) && std::isnan(value))) return false;
    current = value;
    return true;
  }

  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] AttributeId find(std::string_view name) const;  // no_id when unknown
  [[nodiscard]] const std::vector<std::string>& levels(AttributeId id) const { return levels_[id]; }  // empty = numeric
  [[nodiscard]] double value(AttributeId id, ActorId actor) const { return current_[id][actor]; }     // NaN = unknown
  // The value at an earlier time, not after the present one.
  [[nodiscard]] double value_at(AttributeId id, ActorId actor, Time time) const;

 private:
  struct Change {
    Time time;
    AttributeId attribute;
    ActorId actor;
    double value;
  };
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> levels_;
  std::vector<std::vector<double>> current_;  // [attribute][actor]
  const std::vector<Attribute>* attributes_;
  std::vector<Change> changes_;  // in time order
  std::size_t next_ = 0;
};

}  // namespace detente
