#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

bool remembered(const TraceSpec& trace, const Event& e) { return trace.types.empty() || trace.types[e.type]; }

// Does i -> j (or i alone) follow a -> b in this form?
bool follows(const std::string& form, const auto& is_group, ActorId a, ActorId b, ActorId i, ActorId j) {
  const bool to_group = form.starts_with("A0");
  if (is_group(a) || is_group(b) != to_group) return false;
  const std::string next = form.substr(3);
  const ActorId who[] = {i, j};
  for (std::size_t k = 0; k < next.size(); ++k) {
    const bool was_there = who[k] == a || who[k] == b;
    if (next[k] == 'A' && who[k] != a) return false;
    if (next[k] == 'B' && who[k] != b) return false;
    if (next[k] == '0' && !is_group(who[k])) return false;
    if ((next[k] == 'X' || next[k] == 'Y') && (was_there || is_group(who[k]))) return false;
  }
  return true;
}

double shift(const Given& g, const History& h, ActorId i, ActorId j) {
  const std::string form = g.text(0, "form", "AB-BA");
  const std::string kind = g.text(2, "group", "group");
  const auto is_group = [&](ActorId actor) { return h.record->actors[actor].kind == kind; };
  const TraceSpec& trace = g.traces[g.id(1, "trace")];
  Time latest = always;
  for (const Event& e : h.past)
    if (remembered(trace, e)) latest = std::max(latest, e.time);
  for (const Event& e : h.past) {
    if (!remembered(trace, e) || e.time != latest) continue;
    if (follows(form, is_group, e.sender, e.receiver, i, j)) return 1;
    if (h.directed) continue;
    if (follows(form, is_group, e.receiver, e.sender, i, j)) return 1;
    if (form.size() == 4) continue;
    if (follows(form, is_group, e.sender, e.receiver, j, i)) return 1;
    if (follows(form, is_group, e.receiver, e.sender, j, i)) return 1;
  }
  return 0;
}

// The time of the last act from one to another, on the clock of events.
Time last_time(const Given& g, const History& h, ActorId from, ActorId to) {
  Time latest = always;
  for (const Event& e : h.past) {
    const bool acts = (e.sender == from && e.receiver == to) || (!h.directed && e.sender == to && e.receiver == from);
    if (acts && remembered(g.trace(), e)) latest = e.time;
  }
  return latest;
}

double recency_rank(const Given& g, const History& h, ActorId i, ActorId j) {
  const bool back = g.text(1, "way", "out") == "back";
  const auto time = [&](ActorId other) { return back ? last_time(g, h, other, i) : last_time(g, h, i, other); };
  if (time(j) == always) return 0;
  double rank = 1;
  for (ActorId other = 0; other < h.record->actors.size(); ++other) rank += time(other) > time(j) ? 1 : 0;
  return 1 / rank;
}

double last_act(const Given& g, const History& h, ActorId i, ActorId j) {
  const bool received = g.text(2, "as", "sender") == "receiver";
  const ActorId actor = g.of(i, j);
  Time latest = always;
  for (ActorId other = 0; other < h.record->actors.size(); ++other)
    latest = std::max(latest, received ? last_time(g, h, other, actor) : last_time(g, h, actor, other));
  return latest == always ? 0 : 1 / (1 + tick_of(h, h.now) - tick_of(h, latest));
}

}  // namespace

NaiveEffects naive_turns() { return {{"shift", shift}, {"recency_rank", recency_rank}, {"last_act", last_act}}; }

}  // namespace detente::reference
