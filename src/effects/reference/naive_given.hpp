// What a naive function is given: the call as typed, read by position or name.  Each family of effects has a file of them.
#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "effects/call.hpp"
#include "memory/reference/history.hpp"

namespace detente::reference {

// What was typed between the parentheses.
struct Given {
  Call call;
  std::span<const TraceSpec> traces;

  // The argument at a position or of a name, else the default.
  [[nodiscard]] std::string text(std::size_t position, std::string_view name, std::string_view fallback) const {
    std::size_t at = 0;
    for (const CallArgument& argument : call.arguments) {
      if (argument.key == name || (argument.key.empty() && argument.value != "unique" && argument.value != "once" &&
                                   argument.value != "even" && argument.value != "weighted" && at++ == position))
        return argument.value;
    }
    return std::string(fallback);
  }
  [[nodiscard]] TraceId id(std::size_t position, std::string_view name) const {
    const std::string wanted = text(position, name, "all");
    const auto found = std::find_if(traces.begin(), traces.end(), [&](const TraceSpec& t) { return t.name == wanted; });
    assert(found != traces.end());
    return static_cast<TraceId>(found - traces.begin());
  }
  [[nodiscard]] const TraceSpec& trace() const { return traces[id(0, "trace")]; }
  [[nodiscard]] ActorId of(ActorId i, ActorId j) const { return text(1, "of", "sender") == "sender" ? i : j; }
  [[nodiscard]] bool flag(std::string_view name) const {
    return std::any_of(call.arguments.begin(), call.arguments.end(),
                       [&](const CallArgument& a) { return a.key.empty() && a.value == name; });
  }
  [[nodiscard]] bool wants(const Tie& tie, std::size_t position = 0) const {
    const std::string kind = text(position, "kind", "cooperative");
    return kind == "cooperative" ? tie.kind != "litigation" : tie.kind == kind;
  }
  // A value, or what stands for one that is not known.
  [[nodiscard]] double known(double value) const {
    return std::isnan(value) ? std::stod(text(9, "missing", "nan")) : value;
  }
  // send(size), or send(camp=red) for a level
  [[nodiscard]] double attribute_of(const History& h, ActorId actor) const {
    const CallArgument& argument = call.arguments.front();
    if (argument.key.empty() || argument.key == "attribute") return known(attribute(h, argument.value, actor));
    if (argument.key != "kind" && std::isnan(attribute(h, argument.key, actor))) return known(std::nan(""));
    return has_level(h, argument.key, argument.value, actor) ? 1 : 0;
  }
};

[[nodiscard]] inline double present_count(const History& h) {
  double count = 0;
  for (ActorId i = 0; i < h.record->actors.size(); ++i) count += present(h, i) ? 1 : 0;
  return count;
}

using Naive = double (*)(const Given&, const History&, ActorId i, ActorId j);
using NaiveEffects = std::map<std::string_view, Naive>;

// One for each file naive_*.cpp.
[[nodiscard]] NaiveEffects naive_of_the_two();  // dyads, ties, degrees, shares, signed triads, attributes of one
[[nodiscard]] NaiveEffects naive_degrees();     // of the pair, and shares of all
[[nodiscard]] NaiveEffects naive_closure();     // two-paths and longer ones
[[nodiscard]] NaiveEffects naive_of_attributes();
[[nodiscard]] NaiveEffects naive_turns();          // who acted last
[[nodiscard]] NaiveEffects naive_of_the_record();  // numbers of pairs and of the times, the calendar

}  // namespace detente::reference
