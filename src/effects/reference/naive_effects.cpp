#include "effects/reference/naive_effects.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

namespace detente::reference {
namespace {

// What was typed between the parentheses.
struct Given {
  Call call;
  std::span<const TraceSpec> traces;

  // The argument at a position or of a name, else the default.
  [[nodiscard]] std::string text(std::size_t position, std::string_view name, std::string_view fallback) const {
    std::size_t at = 0;
    for (const CallArgument& argument : call.arguments) {
      if (argument.key == name || (argument.key.empty() && argument.value != "unique" && at++ == position))
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
  [[nodiscard]] bool unique() const {
    return std::any_of(call.arguments.begin(), call.arguments.end(),
                       [](const CallArgument& a) { return a.value == "unique"; });
  }
  [[nodiscard]] bool wants(const Tie& tie) const {
    const std::string kind = text(0, "kind", "cooperative");
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
    return has_level(h, argument.key, argument.value, actor) ? 1 : 0;
  }
};

using Naive = double (*)(const Given&, const History&, ActorId i, ActorId j);

bool between(const Tie& tie, ActorId i, ActorId j) { return (tie.a == i && tie.b == j) || (tie.a == j && tie.b == i); }

double signed_paths(const Given& g, const History& h, TraceId first, TraceId second, ActorId i, ActorId j) {
  return two_paths(h, g.traces, {first, Leg::both, second, Leg::both, Combine::min_sum}, i, j);
}

const std::map<std::string_view, Naive>& naive_effects() {
  static const std::map<std::string_view, Naive> all{
      {"inertia", [](const Given& g, const History& h, ActorId i, ActorId j) { return weight(h, g.trace(), i, j); }},
      {"reciprocity",
       [](const Given& g, const History& h, ActorId i, ActorId j) { return weight(h, g.trace(), j, i); }},
      {"recency",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const bool back = g.text(1, "way", "out") == "back";
         const Time latest = back ? last(h, g.trace(), j, i) : last(h, g.trace(), i, j);
         return latest == always ? 0 : 1 / (1 + tick_of(h, h.now) - latest);
       }},
      {"unanswered_slights",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const double open = weight(h, g.trace(), j, i) - weight(h, g.trace(), i, j);
         return open > 0 ? open : 0;
       }},
      {"ledger", [](const Given& g, const History& h, ActorId i,
                    ActorId j) { return weight(h, g.trace(), i, j) - weight(h, g.trace(), j, i); }},
      {"tie",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         for (const Tie& tie : h.record->ties)
           if (g.wants(tie) && between(tie, i, j) && in_force(h, tie)) return 1.0;
         return 0.0;
       }},
      {"tie_age",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         double youngest = -1;
         for (const Tie& tie : h.record->ties) {
           if (!g.wants(tie) || !between(tie, i, j) || !in_force(h, tie)) continue;
           const double age = std::max(0.0, tick_of(h, h.now) - tie.start);
           youngest = youngest < 0 ? age : std::min(youngest, age);
         }
         return youngest < 0 ? 0 : std::log(1 + youngest);
       }},
      {"of_tie",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::vector<TieAttribute>& attributes = h.record->tie_attributes;
         const std::string name = g.text(0, "attribute", "");
         const auto attribute = std::find_if(attributes.begin(), attributes.end(),
                                             [&](const TieAttribute& one) { return one.name == name; });
         double value = 0;
         Time newest = always;
         for (TieId id = 0; id < h.record->ties.size(); ++id) {
           const Tie& tie = h.record->ties[id];
           if (!between(tie, i, j) || !in_force(h, tie) || tie.start < newest) continue;
           newest = tie.start;
           value = g.known(attribute->values[id]);
         }
         return value;
       }},
      {"in_degree",
       [](const Given& g, const History& h, ActorId i, ActorId j) { return in_sum(h, g.trace(), g.of(i, j)); }},
      {"out_degree",
       [](const Given& g, const History& h, ActorId i, ActorId j) { return out_sum(h, g.trace(), g.of(i, j)); }},
      {"total_degree", [](const Given& g, const History& h, ActorId i,
                          ActorId j) { return out_sum(h, g.trace(), g.of(i, j)) + in_sum(h, g.trace(), g.of(i, j)); }},
      {"attention_share",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         double everybody = 0;
         for (ActorId a = 0; a < h.record->actors.size(); ++a) everybody += in_sum(h, g.trace(), a);
         return everybody > 0 ? in_sum(h, g.trace(), g.of(i, j)) / everybody : 0;
       }},
      {"activity_share",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         double everybody = 0;
         for (ActorId a = 0; a < h.record->actors.size(); ++a) everybody += out_sum(h, g.trace(), a);
         return everybody > 0 ? out_sum(h, g.trace(), g.of(i, j)) / everybody : 0;
       }},
      {"otp",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const TraceId trace = g.id(0, "trace");
         const Combine how = g.unique() ? Combine::unique : Combine::min_sum;
         return two_paths(h, g.traces, {trace, Leg::forward, trace, Leg::forward, how}, i, j);
       }},
      {"shared_ally", [](const Given& g, const History& h, ActorId i,
                         ActorId j) { return signed_paths(g, h, g.id(0, "goodwill"), g.id(0, "goodwill"), i, j); }},
      {"shared_enemy", [](const Given& g, const History& h, ActorId i,
                          ActorId j) { return signed_paths(g, h, g.id(0, "grievance"), g.id(0, "grievance"), i, j); }},
      {"friend_of_enemy",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return signed_paths(g, h, g.id(1, "grievance"), g.id(0, "goodwill"), i, j);
       }},
      {"enemy_of_friend",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return signed_paths(g, h, g.id(0, "goodwill"), g.id(1, "grievance"), i, j);
       }},
      {"send", [](const Given& g, const History& h, ActorId i, ActorId) { return g.attribute_of(h, i); }},
      {"receive", [](const Given& g, const History& h, ActorId, ActorId j) { return g.attribute_of(h, j); }},
      {"same",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::string name = g.call.arguments.front().value;
         if (name == "kind") return h.record->actors[i].kind == h.record->actors[j].kind ? 1.0 : 0.0;
         return attribute(h, name, i) == attribute(h, name, j) ? 1.0 : 0.0;
       }},
      {"abs_difference", [](const Given& g, const History& h, ActorId i,
                            ActorId j) { return std::abs(g.attribute_of(h, i) - g.attribute_of(h, j)); }},
  };
  return all;
}

}  // namespace

bool has_naive_effect(std::string_view name) { return naive_effects().contains(name); }

NaiveEffect naive_effect(const Call& call, std::span<const TraceSpec> traces) {
  const Naive naive = naive_effects().at(call.name);
  return [given = Given{call, traces}, naive](const History& h, ActorId i, ActorId j) { return naive(given, h, i, j); };
}

}  // namespace detente::reference
