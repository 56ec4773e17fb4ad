#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

double any_or_all(const Given& g, double weight) { return g.flag("unique") && weight > 0 ? 1 : weight; }

double sum_over_others(const History& h, const auto& value) {
  double sum = 0;
  for (ActorId other = 0; other < h.record->actors.size(); ++other) sum += value(other);
  return sum;
}

bool between(const Tie& tie, ActorId i, ActorId j) { return (tie.a == i && tie.b == j) || (tie.a == j && tie.b == i); }

// Whether a tie of the kind, the argument at `position`, is in force between the two.
bool are_tied(const Given& g, const History& h, ActorId i, ActorId j, std::size_t position = 0) {
  return std::any_of(h.record->ties.begin(), h.record->ties.end(),
                     [&](const Tie& tie) { return g.wants(tie, position) && between(tie, i, j) && in_force(h, tie); });
}

double tie_degree(const Given& g, const History& h, ActorId i) {
  return sum_over_others(h, [&](ActorId other) { return are_tied(g, h, i, other) ? 1.0 : 0.0; });
}

double share(const Given& g, const History& h, double part, double all) {
  if (all > 0) return part / all;
  return g.flag("even") && present_count(h) > 1 ? 1 / (present_count(h) - 1) : 0;
}

// Of all that anybody did, or that was done to anybody: what `sum` says of the actor that of= names.
double share_of_actor(const Given& g, const History& h, double (*sum)(const History&, const TraceSpec&, ActorId),
                      ActorId actor) {
  double everybody = 0;
  for (ActorId a = 0; a < h.record->actors.size(); ++a) everybody += sum(h, g.trace(), a);
  if (everybody > 0) return sum(h, g.trace(), actor) / everybody;
  return g.flag("even") ? 1 / present_count(h) : 0;
}

double signed_paths(const Given& g, const History& h, TraceId first, TraceId second, ActorId i, ActorId j) {
  return two_paths(h, g.traces, {first, Leg::both, second, Leg::both, Combine::min_sum}, i, j);
}

// The newest tie in force between the two, the later row of two that started together.
TieId newest_tie(const History& h, ActorId i, ActorId j) {
  TieId newest = no_id;
  for (TieId id = 0; id < h.record->ties.size(); ++id) {
    const Tie& tie = h.record->ties[id];
    if (!between(tie, i, j) || !in_force(h, tie)) continue;
    if (newest == no_id || tie.start >= h.record->ties[newest].start) newest = id;
  }
  return newest;
}

// At a moment ties change first; before that, those that end then are still in force.
bool has_ended(const History& h, const Tie& tie) {
  return tie.start < tie.end && (h.ties_changed ? tie.end <= h.now : tie.end < h.now);
}

// How far the attribute of `actor` moved, seen from the pair i, j.
double moved(const Given& g, const History& h, ActorId actor, ActorId i, ActorId j) {
  const std::string over = g.text(1, "over", "");
  const TieId id = newest_tie(h, i, j);
  if (over.empty() && id == no_id) return 0;
  Time then = over.empty() ? h.record->ties[id].start : tick_of(h, h.now) - *duration_on(over, 1);
  if (over.empty() && h.tick > 0) then = tick_of(h, then) + h.tick;
  History before = h;
  before.now = std::min(then, h.now);
  const double log = std::stod(g.text(2, "log", "nan"));
  const auto scaled = [&](double value) { return std::isnan(log) ? value : std::log(value + log); };
  const std::string name = g.text(0, "attribute", "");
  const double change = scaled(attribute(h, name, actor)) - scaled(attribute(before, name, actor));
  const double cap = std::stod(g.text(3, "cap", "nan"));
  if (std::isnan(change)) return std::stod(g.text(9, "missing", "nan"));
  return std::isnan(cap) ? change : std::min(cap, std::max(-cap, change));
}

}  // namespace

NaiveEffects naive_of_the_two() {
  return {
      {"inertia", [](const Given& g, const History& h, ActorId i,
                     ActorId j) { return any_or_all(g, weight(h, g.trace(), i, j)); }},
      {"reciprocity", [](const Given& g, const History& h, ActorId i,
                         ActorId j) { return any_or_all(g, weight(h, g.trace(), j, i)); }},
      {"recency",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const bool back = g.text(1, "way", "out") == "back";
         const Time latest = back ? last(h, g.trace(), j, i) : last(h, g.trace(), i, j);
         return latest == always ? 0 : 1 / (1 + tick_of(h, h.now) - latest);
       }},
      {"contact",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const double there = weight(h, g.trace(), i, j);
         const double back = weight(h, g.trace(), j, i);
         return g.flag("once") ? std::max(there, back) : there + back;
       }},
      {"unanswered_slights",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const double open = weight(h, g.trace(), j, i) - weight(h, g.trace(), i, j);
         return open > 0 ? open : 0;
       }},
      {"ledger", [](const Given& g, const History& h, ActorId i,
                    ActorId j) { return weight(h, g.trace(), i, j) - weight(h, g.trace(), j, i); }},
      {"tie", [](const Given& g, const History& h, ActorId i, ActorId j) { return are_tied(g, h, i, j) ? 1.0 : 0.0; }},
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
         const TieId id = newest_tie(h, i, j);
         const std::vector<TieAttribute>& attributes = h.record->tie_attributes;
         const std::string name = g.text(0, "attribute", "");
         const auto attribute = std::find_if(attributes.begin(), attributes.end(),
                                             [&](const TieAttribute& one) { return one.name == name; });
         const double value = id == no_id ? 0 : g.known(attribute->values[id]);
         const std::string above = g.text(1, "above", "");
         return id == no_id || above.empty() ? value : value > std::stod(above) ? 1.0 : 0.0;
       }},
      {"earlier_ruptures",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         double count = 0;
         for (const Tie& tie : h.record->ties)
           if (g.wants(tie) && between(tie, i, j) && has_ended(h, tie) && tie.ending == "rupture") count += 1;
         return count;
       }},
      {"tie_degree",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::string of = g.text(1, "of", "sender");
         const double mine = tie_degree(g, h, i);
         const double theirs = tie_degree(g, h, j);
         if (of == "sender") return mine;
         if (of == "receiver") return theirs;
         return of == "both" ? mine + theirs : of == "smaller" ? std::min(mine, theirs) : std::max(mine, theirs);
       }},
      {"shared_ties",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return sum_over_others(h, [&](ActorId other) {
           const bool is_third = other != i && other != j;
           return is_third && are_tied(g, h, i, other) && are_tied(g, h, j, other) ? 1.0 : 0.0;
         });
       }},
      {"new_ties",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const double within = *duration_on(g.text(1, "within", "3y"), 1);
         double count = 0;
         for (const Tie& tie : h.record->ties) {
           if (!g.wants(tie) || !(in_force(h, tie) || has_ended(h, tie)) || between(tie, i, j)) continue;
           const bool theirs = tie.a == i || tie.b == i || tie.a == j || tie.b == j;
           const Time now = tick_of(h, h.now);
           if (theirs && tie.start > now - within && tie.start < now) count += 1;
         }
         return count;
       }},
      {"rupture_rate",
       [](const Given& g, const History& h, ActorId, ActorId) {
         const double within = *duration_on(g.text(1, "within", "3y"), 1);
         const Time now = tick_of(h, h.now);
         double ruptures = 0;
         double time = 0;
         for (const Tie& tie : h.record->ties) {
           const bool ended = has_ended(h, tie);
           if (!g.wants(tie) || !(in_force(h, tie) || ended)) continue;
           const Time end = ended ? std::min(tie.end, now) : now;
           time += std::max(0.0, end - std::max(tie.start, now - within));
           if (ended && tie.ending == "rupture" && tie.end > now - within) ruptures += 1;
         }
         return std::log((ruptures + 0.5) / (time / within + 10));
       }},
      {"in_degree",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return sum_over_others(h,
                                [&](ActorId other) { return any_or_all(g, weight(h, g.trace(), other, g.of(i, j))); });
       }},
      {"out_degree",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return sum_over_others(h,
                                [&](ActorId other) { return any_or_all(g, weight(h, g.trace(), g.of(i, j), other)); });
       }},
      {"total_degree", [](const Given& g, const History& h, ActorId i,
                          ActorId j) { return out_sum(h, g.trace(), g.of(i, j)) + in_sum(h, g.trace(), g.of(i, j)); }},
      {"pair_degree",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return out_sum(h, g.trace(), i) + in_sum(h, g.trace(), i) + out_sum(h, g.trace(), j) + in_sum(h, g.trace(), j);
       }},
      {"attention_share",
       [](const Given& g, const History& h, ActorId i, ActorId j) { return share_of_actor(g, h, in_sum, g.of(i, j)); }},
      {"activity_share", [](const Given& g, const History& h, ActorId i,
                            ActorId j) { return share_of_actor(g, h, out_sum, g.of(i, j)); }},
      {"sent_share", [](const Given& g, const History& h, ActorId i,
                        ActorId j) { return share(g, h, weight(h, g.trace(), i, j), out_sum(h, g.trace(), i)); }},
      {"received_share", [](const Given& g, const History& h, ActorId i,
                            ActorId j) { return share(g, h, weight(h, g.trace(), j, i), in_sum(h, g.trace(), i)); }},
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
      {"ally_conflict",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const TraceSpec& trace = g.traces[g.id(0, "grievance")];
         const auto allied = [&](ActorId a, ActorId b) { return are_tied(g, h, a, b, 1); };
         const auto conflict = [&](ActorId a, ActorId b) {
           const double there = weight(h, trace, a, b);
           const double back = weight(h, trace, b, a);
           const double sum = g.flag("once") ? std::max(there, back) : there + back;
           return g.flag("unique") ? (sum > 0 ? 1.0 : 0.0) : sum;
         };
         double sum = 0;
         for (ActorId third = 0; third < h.record->actors.size(); ++third) {
           if (third == i || third == j) continue;
           if (allied(j, third)) sum += conflict(i, third);
           if (allied(i, third)) sum += conflict(j, third);
         }
         return sum;
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
      {"larger",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const double larger = std::max(g.attribute_of(h, i), g.attribute_of(h, j));
         const double log = std::stod(g.text(1, "log", "nan"));
         return std::isnan(log) ? larger : std::log(larger + log);
       }},
      {"at_least",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const ActorId actor = g.text(2, "of", "sender") == "sender" ? i : j;
         return g.attribute_of(h, actor) >= std::stod(g.text(1, "level", "0")) ? 1.0 : 0.0;
       }},
      {"change", [](const Given& g, const History& h, ActorId i, ActorId j) { return moved(g, h, i, i, j); }},
      {"largest_change",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return std::max(std::abs(moved(g, h, i, i, j)), std::abs(moved(g, h, j, i, j)));
       }},
  };
}

}  // namespace detente::reference
