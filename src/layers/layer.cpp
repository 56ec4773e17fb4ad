#include "layers/layer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {

ActorId Cast::find(std::string_view name, const Place& where) const {
  const auto found = std::find(actors.begin(), actors.end(), name);
  if (found != actors.end()) return static_cast<ActorId>(found - actors.begin());
  const std::string near = closest(name, actors);
  throw Error({.what = fmt::format("unknown actor '{}'", printable(name)),
               .where = where,
               .hint = near.empty() ? "the actors of the record, or of `actors = [...]` in the scenario, take part"
                                    : fmt::format("did you mean '{}'?", near)});
}

double ReadOuts::value(std::string_view name) const {
  for (const auto& [key, value] : values_)
    if (key == name) return value;
  return Signals::unknown;
}

}  // namespace detente
