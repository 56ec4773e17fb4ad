// The risk set of a tie hazard: the dyads that it may strike at one time (Butts 2008; "active" and "manual" risk sets of
// Meijerink-Matejka et al. 2022).  Both actors must be present whatever the rule.
//
//   all                   every dyad                                        kind all
//   observed              those with an event of the hazard in the record   kind listed, never changes
//   allied, tie(KIND)     those with a tie of the kind in force             kind listed, changes with the ties
//   FILE.csv              those that the file lists at the time             kind listed, changes with time
//   not_allied, not tie(KIND)   those without                               kind complement of the same list
//   bipartite(FROM, TO)   those from an actor of one kind to one of another (two-mode data: people and petitions)
//   from(KIND), to(KIND)  those whose sender, or receiver, is of the kind   kind all, of some senders and receivers
//
// Kinds of actor make the set a product: who may send times who may receive.
//
// An undirected model has dyads without a direction, each written with its lower id first.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "log/record.hpp"
#include "memory/memory.hpp"

namespace detente {

// A row of a file of dyads: actors by id, moments as the record writes them; empty = open.
struct DyadText {
  std::string sender{};
  std::string receiver{};
  std::string from{};   // at risk from here (inclusive) ...
  std::string until{};  // ... to here (exclusive); a month is its first day
  Place where{};
};

struct RiskSetText {
  std::string rule{"all"};
  std::vector<DyadText> dyads{};  // what the file holds where `rule` names one
  Place where{};
};

[[nodiscard]] bool names_file(const RiskSetText& text);

// Drops the rows with an actor whom a record as of some date does not know; how many they were.
std::size_t keep_known(RiskSetText& text, const Record& record);

// Constant once bound.
class RiskSet {
 public:
  enum class Kind : std::uint8_t { all, listed, complement };

  RiskSet() = default;  // every directed dyad
  // `makes_events`: by TypeId, for `observed`.  Throws Error: unknown rule, kind of tie or actor, unreadable moment.
  RiskSet(const RiskSetText& text, const Record& record, const std::vector<bool>& makes_events, bool directed);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool directed() const { return directed_; }
  [[nodiscard]] const std::string& rule() const { return rule_; }  // as written

  // Lifetimes included.  An undirected risk set takes a dyad either way.
  [[nodiscard]] bool contains(const Memory& memory, Dyad dyad) const;
  // The dyad as the risk set writes it: the lower id first where there is no direction.
  [[nodiscard]] Dyad canonical(Dyad dyad) const;
  // The times at which a file's list changes, in order: moments of a replay.
  [[nodiscard]] std::span<const Time> turns() const { return turns_; }
  [[nodiscard]] bool turns_between(Time after, Time until) const;  // the last included

  // Whether the rule's kinds of actor allow it; lifetimes aside.
  [[nodiscard]] bool may_send(ActorId actor) const { return senders_.empty() || senders_[actor]; }
  [[nodiscard]] bool may_receive(ActorId actor) const { return receivers_.empty() || receivers_[actor]; }
  [[nodiscard]] bool is_by_kind() const { return !senders_.empty() || !receivers_.empty(); }
  [[nodiscard]] bool may_act(Dyad dyad) const {
    const auto may = [&](Dyad d) { return may_send(d.sender) && may_receive(d.receiver); };
    return !is_by_kind() || may(dyad) || (!directed_ && may(reversed(dyad)));
  }
  // Whether a dyad without a direction is allowed both ways.
  [[nodiscard]] bool both_ways() const { return !directed_ && senders_ == receivers_; }

 private:
  friend class RiskList;

  struct Stretch {  // a dyad is listed from one time to another
    Dyad dyad;
    Time from;
    Time until;
  };
  struct Turn {
    Time time;
    Dyad dyad;
  };

  void bind_ties(std::string_view rule, const RiskSetText& text, const Record& record);
  [[nodiscard]] bool bind_kinds(const RiskSetText& text, const Record& record);  // false: the rule has none
  void bind_observed(const Record& record, const std::vector<bool>& makes_events);
  void bind_dyads(const std::vector<DyadText>& dyads, const Record& record);
  [[nodiscard]] bool lists(const Memory& memory, Dyad dyad) const;  // `dyad` as canonical() has it
  [[nodiscard]] bool lists_by_tie(const Memory& memory, Dyad dyad) const;

  Kind kind_ = Kind::all;
  bool directed_ = true;
  bool by_ties_ = false;
  std::string rule_ = "all";
  std::vector<bool> ties_;     // by TieId: is it of the kind?
  std::vector<bool> senders_;  // by ActorId: is it of the kind?  Empty: all are
  std::vector<bool> receivers_;
  std::vector<Stretch> stretches_;  // by dyad, then time
  std::vector<Turn> dyad_turns_;    // by time
  std::vector<Time> turns_;
};

// The dyads that a risk set lists now, kept up with a memory; nothing for kind `all`.  A value: a copy goes on by itself.
class RiskList {
 public:
  explicit RiskList(const RiskSet& risk_set) : risk_set_(&risk_set) {}  // which must outlive it

  // Makes the list anew.
  void refresh(const Memory& memory);
  // Follows the memory: time, and the ties it touched since clear_touched(), which is to be called after this.
  void advance(const Memory& memory);

  // In order of sender and receiver, as canonical() has them, whether present or not: the risk set itself for kind
  // `listed`, what it lacks for kind `complement`.
  [[nodiscard]] std::span<const Dyad> dyads() const { return dyads_; }
  // Those that came or went at the last advance(); may repeat.
  [[nodiscard]] std::span<const Dyad> changed() const { return changed_; }
  // How many dyads are at risk now, lifetimes included.
  [[nodiscard]] std::size_t size(const Memory& memory);

 private:
  void check(const Memory& memory, Dyad dyad);
  [[nodiscard]] std::size_t size_by_kind(const Memory& memory) const;

  const RiskSet* risk_set_;
  std::vector<Dyad> dyads_;
  std::vector<Dyad> changed_;
  std::size_t next_turn_ = 0;
  // Of dyads_, those with both actors present, counted at present_epoch_ of the memory; counted again when either changes.
  std::size_t present_ = 0;
  std::size_t by_kind_ = 0;  // of a product of kinds, all dyads; likewise
  std::uint64_t present_epoch_ = 0;
  bool counted_ = false;
};

// The order of dyads: by sender, then receiver.
[[nodiscard]] constexpr bool precedes(Dyad a, Dyad b) {
  return a.sender != b.sender ? a.sender < b.sender : a.receiver < b.receiver;
}

// Calls body(Dyad) for every dyad at risk, in order of sender and receiver.
template <class Body>
void for_each_at_risk(const RiskSet& risk_set, const RiskList& list, const Memory& memory, Body body) {
  if (risk_set.kind() == RiskSet::Kind::listed) {
    for (const Dyad dyad : list.dyads())
      if (memory.both_present(dyad)) body(dyad);
    return;
  }
  // Looked up once: the compiler cannot tell that body() leaves them as they are.
  const std::size_t actors = memory.actors();
  const bool directed = risk_set.directed(), by_kind = risk_set.is_by_kind();
  const std::span<const Dyad> dyads = list.dyads();
  auto lacking = dyads.begin();
  for (ActorId i = 0; i < actors; ++i) {
    if (!memory.present(i) || (directed && !risk_set.may_send(i))) continue;
    for (ActorId j = directed ? 0 : i + 1; j < actors; ++j) {
      const Dyad dyad{i, j};
      if (j == i || !memory.present(j) || (by_kind && !risk_set.may_act(dyad))) continue;
      while (lacking != dyads.end() && precedes(*lacking, dyad)) ++lacking;
      if (lacking == dyads.end() || *lacking != dyad) body(dyad);
    }
  }
}

// The same for those of one sender, of a directed risk set.
template <class Body>
void for_each_at_risk_from(const RiskSet& risk_set, const RiskList& list, const Memory& memory, ActorId sender,
                           Body body) {
  if (!memory.present(sender) || !risk_set.may_send(sender)) return;
  const std::span<const Dyad> dyads = list.dyads();
  const auto from = std::lower_bound(dyads.begin(), dyads.end(), Dyad{sender, 0}, precedes);
  if (risk_set.kind() == RiskSet::Kind::listed) {
    for (auto dyad = from; dyad != dyads.end() && dyad->sender == sender; ++dyad)
      if (memory.present(dyad->receiver)) body(*dyad);
    return;
  }
  auto lacking = from;
  for (ActorId j = 0; j < memory.actors(); ++j) {
    if (j == sender || !memory.present(j) || !risk_set.may_receive(j)) continue;
    const Dyad dyad{sender, j};
    while (lacking != dyads.end() && precedes(*lacking, dyad)) ++lacking;
    if (lacking == dyads.end() || *lacking != dyad) body(dyad);
  }
}

}  // namespace detente
