#include "hazard/risk_set.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "hazard/vocabulary.hpp"

namespace detente {
namespace {

constexpr std::string_view negation = "not ";
constexpr std::string_view tie_call = "tie(";
constexpr const char* rules =
    "all, observed, allied, not_allied, tie(KIND), not tie(KIND), bipartite(FROM, TO), from(KIND), to(KIND) or a .csv "
    "file of dyads";

// The place of a character of the text.
Place place_in(const RiskSetText& text, std::size_t offset) {
  Place place = text.where;
  place.column = place.column > 0 ? place.column + offset : offset + 1;
  return place;
}

Error unknown_rule(const RiskSetText& text, const Record& record) {
  std::vector<std::string> known{"all", "observed", "allied", "not_allied"};
  for (const std::string& kind : tie_kinds(record))
    known.insert(known.end(), {fmt::format("tie({})", kind), fmt::format("not tie({})", kind)});
  return Error({.what = fmt::format("unknown risk set '{}'", printable(text.rule)),
                .where = place_in(text, 0),
                .expected = rules,
                .hint = hint_for(text.rule, known)});
}

std::vector<std::string> actor_kinds(const Record& record) {
  std::vector<std::string> kinds;
  for (const Actor& actor : record.actors)
    if (!actor.kind.empty() && std::find(kinds.begin(), kinds.end(), actor.kind) == kinds.end())
      kinds.push_back(actor.kind);
  return kinds;
}

// By actor: is it of the kind that stands at this place of the rule?
std::vector<bool> of_kind(std::string_view kind, const RiskSetText& text, const Record& record) {
  const auto offset = static_cast<std::size_t>(kind.data() - text.rule.data());
  while (kind.starts_with(' ')) kind.remove_prefix(1);
  while (kind.ends_with(' ')) kind.remove_suffix(1);
  const std::vector<std::string> kinds = actor_kinds(record);
  if (kinds.empty())
    throw Error({.what = fmt::format("unknown kind of actor '{}'", printable(kind)),
                 .where = place_in(text, offset),
                 .expected = "actors with kinds",
                 .hint = "a column 'kind' in actors.csv"});
  check_words({std::string(kind)}, kinds, "kind of actor", place_in(text, offset));
  std::vector<bool> actors;
  for (const Actor& actor : record.actors) actors.push_back(actor.kind == kind);
  return actors;
}

class ActorIndex {
 public:
  explicit ActorIndex(const Record& record) : record_(record) {
    for (ActorId id = 0; id < record.actors.size(); ++id) ids_.emplace(record.actors[id].id, id);
  }
  [[nodiscard]] bool knows(const std::string& id) const { return ids_.contains(id); }
  [[nodiscard]] ActorId at(const std::string& id, std::string_view column, const Place& where) const {
    if (const auto found = ids_.find(id); found != ids_.end()) return found->second;
    std::vector<std::string> names;
    for (const Actor& actor : record_.actors) names.push_back(actor.id);
    const std::string near = closest(id, names);
    throw Error({.what = fmt::format("unknown actor '{}' in column '{}'", printable(id), column),
                 .where = where,
                 .expected = "an actor of the record",
                 .hint = near.empty() ? "" : fmt::format("a similar actor exists: '{}'", printable(near))});
  }

 private:
  const Record& record_;
  std::unordered_map<std::string_view, ActorId> ids_;
};

Time moment_of(const std::string& text, Time open, std::string_view column, const Place& where, Clock clock) {
  if (text.empty()) return open;
  const std::optional<ParsedTime> moment = parse_time(text, clock);
  if (!moment)
    throw Error({.what = fmt::format("unreadable date in column '{}'", column),
                 .where = where,
                 .got = fmt::format("'{}'", printable(text)),
                 .expected = clock == Clock::calendar ? "a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z"
                                                      : "a finite number"});
  if (moment->precision != Precision::month) return moment->time;
  const CivilDate last = civil_from_days(static_cast<std::int64_t>(moment->time));
  return static_cast<Time>(days_from_civil(last.year, last.month, 1));
}

}  // namespace

bool names_file(const RiskSetText& text) { return text.rule.ends_with(".csv"); }

std::size_t keep_known(RiskSetText& text, const Record& record) {
  const ActorIndex actors(record);
  return std::erase_if(text.dyads,
                       [&](const DyadText& row) { return !actors.knows(row.sender) || !actors.knows(row.receiver); });
}

RiskSet::RiskSet(const RiskSetText& text, const Record& record, const std::vector<bool>& makes_events, bool directed)
    : directed_(directed), rule_(text.rule) {
  if (rule_ == "all" || bind_kinds(text, record)) return;
  kind_ = Kind::listed;
  if (rule_ == "observed")
    bind_observed(record, makes_events);
  else if (names_file(text))
    bind_dyads(text.dyads, record);
  else if (rule_ == "allied" || rule_ == "not_allied")
    bind_ties(rule_ == "allied" ? "tie(cooperative)" : "not tie(cooperative)", text, record);
  else
    bind_ties(rule_, text, record);
}

bool RiskSet::bind_kinds(const RiskSetText& text, const Record& record) {
  const std::string_view rule = text.rule;
  const std::size_t open = rule.find('(');
  if (open == std::string_view::npos || !rule.ends_with(")")) return false;
  const std::string_view name = rule.substr(0, open);
  const std::string_view kinds = rule.substr(open + 1, rule.size() - open - 2);
  if (name == "bipartite") {
    const std::size_t comma = kinds.find(',');
    if (comma == std::string_view::npos)
      throw Error({.what = "bipartite needs two kinds of actor",
                   .where = place_in(text, 0),
                   .got = fmt::format("'{}'", printable(rule)),
                   .expected = "bipartite(FROM, TO)"});
    senders_ = of_kind(kinds.substr(0, comma), text, record);
    receivers_ = of_kind(kinds.substr(comma + 1), text, record);
    return true;
  }
  if (name != "from" && name != "to") return false;
  if (!directed_)
    throw Error({.what = fmt::format("the risk set '{}' needs events with a sender", printable(rule)),
                 .where = place_in(text, 0),
                 .hint = "bipartite(FROM, TO), or directed = true"});
  (name == "from" ? senders_ : receivers_) = of_kind(kinds, text, record);
  return true;
}

void RiskSet::bind_ties(std::string_view rule, const RiskSetText& text, const Record& record) {
  std::size_t offset = 0;
  if (rule.starts_with(negation)) {
    kind_ = Kind::complement;
    offset = negation.size();
  }
  const std::string_view call = rule.substr(offset);
  if (!call.starts_with(tie_call) || !call.ends_with(")")) throw unknown_rule(text, record);
  offset += tie_call.size();
  const std::string kind(rule.substr(offset, rule.size() - offset - 1));
  check_words({kind}, tie_kinds(record), "kind of tie", place_in(text, offset));
  by_ties_ = true;
  for (const Tie& tie : record.ties) ties_.push_back(is_of_kind(tie, kind));
}

void RiskSet::bind_observed(const Record& record, const std::vector<bool>& makes_events) {
  std::vector<Dyad> seen;
  for (const Event& event : record.events)
    if (makes_events[event.type]) seen.push_back(canonical({event.sender, event.receiver}));
  std::sort(seen.begin(), seen.end(), precedes);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const Dyad dyad : seen) stretches_.push_back({dyad, always, never});
}

void RiskSet::bind_dyads(const std::vector<DyadText>& dyads, const Record& record) {
  const ActorIndex actors(record);
  for (const DyadText& row : dyads) {
    const Dyad dyad{actors.at(row.sender, "sender", row.where), actors.at(row.receiver, "receiver", row.where)};
    if (dyad.sender == dyad.receiver)
      throw Error({.what = fmt::format("a dyad of '{}' with itself", printable(row.sender)),
                   .where = row.where,
                   .expected = "two actors that differ"});
    const Time from = moment_of(row.from, always, "from", row.where, record.clock);
    const Time until = moment_of(row.until, never, "until", row.where, record.clock);
    if (!(from < until))
      throw Error({.what = "the dyad is at risk at no time",
                   .where = row.where,
                   .got = fmt::format("from {} until {}", printable(row.from), printable(row.until)),
                   .expected = "an until after from: it is the first moment that is not at risk"});
    stretches_.push_back({canonical(dyad), from, until});
    if (from != always) dyad_turns_.push_back({from, canonical(dyad)});
    if (until != never) dyad_turns_.push_back({until, canonical(dyad)});
  }
  std::stable_sort(stretches_.begin(), stretches_.end(),
                   [](const Stretch& a, const Stretch& b) { return precedes(a.dyad, b.dyad); });
  std::stable_sort(dyad_turns_.begin(), dyad_turns_.end(),
                   [](const Turn& a, const Turn& b) { return a.time < b.time; });
  for (const Turn& turn : dyad_turns_)
    if (turns_.empty() || turns_.back() != turn.time) turns_.push_back(turn.time);
}

Dyad RiskSet::canonical(Dyad dyad) const { return directed_ || dyad.sender < dyad.receiver ? dyad : reversed(dyad); }

bool RiskSet::turns_between(Time after, Time until) const {
  const auto next = std::upper_bound(turns_.begin(), turns_.end(), after);
  return next != turns_.end() && *next <= until;
}

bool RiskSet::contains(const Memory& memory, Dyad dyad) const {
  if (!memory.both_present(dyad)) return false;
  if (kind_ == Kind::all) return may_act(dyad);
  return lists(memory, canonical(dyad)) == (kind_ == Kind::listed);
}

bool RiskSet::lists(const Memory& memory, Dyad dyad) const {
  if (by_ties_) return lists_by_tie(memory, dyad);
  auto at = std::lower_bound(stretches_.begin(), stretches_.end(), dyad,
                             [](const Stretch& s, Dyad d) { return precedes(s.dyad, d); });
  for (; at != stretches_.end() && at->dyad == dyad; ++at)
    if (at->from <= memory.now() && memory.now() < at->until) return true;
  return false;
}

bool RiskSet::lists_by_tie(const Memory& memory, Dyad dyad) const {
  const std::vector<TieId>& of = memory.ties().of(dyad.sender);
  return std::any_of(of.begin(), of.end(), [&](TieId id) {
    const Tie& tie = memory.ties().tie(id);
    return ties_[memory.ties().like(id)] && (tie.a == dyad.receiver || tie.b == dyad.receiver);
  });
}

void RiskList::refresh(const Memory& memory) {
  dyads_.clear();
  changed_.clear();
  counted_ = false;
  const auto keep = [&](Dyad dyad) {
    if (risk_set_->canonical(dyad) == dyad && risk_set_->lists(memory, dyad)) dyads_.push_back(dyad);
  };
  for (const RiskSet::Stretch& stretch : risk_set_->stretches_) keep(stretch.dyad);
  for (ActorId actor = 0; risk_set_->by_ties_ && actor < memory.actors(); ++actor)
    for (const TieId id : memory.ties().of(actor)) {
      const Tie& tie = memory.ties().tie(id);
      keep({actor, tie.a == actor ? tie.b : tie.a});
    }
  std::sort(dyads_.begin(), dyads_.end(), precedes);
  dyads_.erase(std::unique(dyads_.begin(), dyads_.end()), dyads_.end());
  const auto later = [](Time now, const RiskSet::Turn& turn) { return now < turn.time; };
  next_turn_ = static_cast<std::size_t>(
      std::upper_bound(risk_set_->dyad_turns_.begin(), risk_set_->dyad_turns_.end(), memory.now(), later) -
      risk_set_->dyad_turns_.begin());
}

void RiskList::advance(const Memory& memory) {
  changed_.clear();
  if (risk_set_->by_ties_)
    for (const Dyad dyad : memory.touched()) check(memory, risk_set_->canonical(dyad));
  const std::vector<RiskSet::Turn>& turns = risk_set_->dyad_turns_;
  for (; next_turn_ < turns.size() && turns[next_turn_].time <= memory.now(); ++next_turn_)
    check(memory, turns[next_turn_].dyad);
}

void RiskList::check(const Memory& memory, Dyad dyad) {
  const auto at = std::lower_bound(dyads_.begin(), dyads_.end(), dyad, precedes);
  const bool was = at != dyads_.end() && *at == dyad;
  if (was == risk_set_->lists(memory, dyad)) return;
  if (was)
    dyads_.erase(at);
  else
    dyads_.insert(at, dyad);
  changed_.push_back(dyad);
  counted_ = false;
}

std::size_t RiskList::size_by_kind(const Memory& memory) const {
  std::size_t senders = 0, receivers = 0, both = 0;
  for (ActorId i = 0; i < memory.actors(); ++i) {
    if (!memory.present(i)) continue;
    const bool sends = risk_set_->may_send(i), receives = risk_set_->may_receive(i);
    senders += sends ? 1 : 0;
    receivers += receives ? 1 : 0;
    both += sends && receives ? 1 : 0;
  }
  return (senders * receivers - both) / (risk_set_->both_ways() ? 2 : 1);
}

std::size_t RiskList::size(const Memory& memory) {
  if (!counted_ || present_epoch_ != memory.epoch()) {
    if (risk_set_->is_by_kind()) by_kind_ = size_by_kind(memory);
    present_ = static_cast<std::size_t>(
        std::count_if(dyads_.begin(), dyads_.end(), [&](Dyad dyad) { return memory.both_present(dyad); }));
  }
  counted_ = true;
  present_epoch_ = memory.epoch();
  if (risk_set_->kind() == RiskSet::Kind::listed) return present_;
  if (risk_set_->is_by_kind()) return by_kind_;
  const std::size_t n = memory.present_count();
  return n * (n - std::min<std::size_t>(n, 1)) / (risk_set_->directed() ? 1 : 2) - present_;
}

}  // namespace detente
