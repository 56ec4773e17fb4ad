// What several effects are made of: which trace, pair, actor or tie they read, their traits, and the events behind them.
// An effect is then its description and a formula.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "effects/arguments.hpp"

namespace detente {

// An effect of one trace between the two actors.
struct OfDyad {
  explicit OfDyad(const Arguments& given)
      : trace(given.trace("trace")), own_traits{.scope = Scope::dyad, .sparse = true, .drifts = given.drifts(trace)} {}
  [[nodiscard]] Traits traits() const { return own_traits; }

  TraceId trace;
  Traits own_traits;
};

inline constexpr ArgumentDoc any_argument{"unique", Argument::flag, "", "1 where there is any, in place of how much"};

// How much there is in one direction between the two, or whether there is any.
struct OfWeight : OfDyad {
  explicit OfWeight(const Arguments& given) : OfDyad(given), unique(given.flag("unique")) {
    if (unique) own_traits.drifts = given.share_drifts(trace);
  }
  [[nodiscard]] double read(double weight) const { return unique && weight > 0 ? 1 : weight; }

  bool unique;
};

// An effect of one trace and the actor that `of` names.
struct OfActor {
  explicit OfActor(const Arguments& given)
      : trace(given.trace("trace")),
        of_sender(given.choice_is("of", "sender")),
        own_traits{.scope = of_sender ? Scope::sender : Scope::receiver, .drifts = given.drifts(trace)} {}
  [[nodiscard]] Traits traits() const { return own_traits; }
  [[nodiscard]] ActorId actor(Dyad d) const { return of_sender ? d.sender : d.receiver; }
  void add_received(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for (const Partner& p : memory.pairs().in(actor(d))) out.push_back({trace, {p.actor, actor(d)}});
  }
  void add_sent(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for (const Partner& p : memory.pairs().out(actor(d))) out.push_back({trace, {actor(d), p.actor}});
  }

  TraceId trace;
  bool of_sender;
  Traits own_traits;
};

inline constexpr ArgumentDoc others_argument{"unique", Argument::flag, "", "count others, in place of how much"};

// How much an actor did, or was done towards it; or with how many others.
struct OfDegree : OfActor {
  explicit OfDegree(const Arguments& given) : OfActor(given), unique(given.flag("unique")) {
    if (!unique) return;
    own_traits.drifts = given.share_drifts(trace);
    given.keep(trace, &Keeps::partners);
  }

  bool unique;
};

// The degrees of both actors: an event changes them in every dyad of the two who took part.
struct OfDegrees {
  OfDegrees(const Arguments& given, bool sent, bool received)
      : trace(given.trace("trace")),
        counts_sent(sent),
        counts_received(received),
        own_traits{.scope = Scope::dyad, .drifts = given.drifts(trace), .spreads = true} {}
  explicit OfDegrees(const Arguments& given)
      : OfDegrees(given, !given.choice_is("of_degree", "in"), !given.choice_is("of_degree", "out")) {}
  [[nodiscard]] Traits traits() const { return own_traits; }
  [[nodiscard]] double degree(const Memory& memory, ActorId actor) const {
    const Trace& all = memory.trace(trace);
    return (counts_sent ? all.out_sum(actor) : 0) + (counts_received ? all.in_sum(actor) : 0);
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    for (const ActorId actor : {d.sender, d.receiver}) {
      for (const Partner& p : memory.pairs().out(actor))
        if (counts_sent) out.push_back({trace, {actor, p.actor}});
      for (const Partner& p : memory.pairs().in(actor))
        if (counts_received) out.push_back({trace, {p.actor, actor}});
    }
  }

  TraceId trace;
  bool counts_sent;
  bool counts_received;
  Traits own_traits;
};

// The same, or as shares of the degrees of all actors: then any act changes them for all.
struct OfScaledDegrees : OfDegrees {
  explicit OfScaledDegrees(const Arguments& given)
      : OfDegrees(given), even(given.choice_is("scale", "even")), shares(even || given.choice_is("scale", "share")) {
    if (!shares) return;
    own_traits.drifts = given.share_drifts(trace);
    own_traits.shifts_all = true;
  }
  [[nodiscard]] double degree(const Memory& memory, ActorId actor) const {
    const double sum = OfDegrees::degree(memory, actor);
    if (!shares) return sum;
    const double all = memory.trace(trace).total();
    const double total = counts_sent && counts_received ? 2 * all : all;
    if (total > 0) return sum / total;
    return even ? 1 / static_cast<double>(memory.present_count()) : 0;
  }

  bool even;
  bool shares;
};

inline constexpr ArgumentDoc scale_argument{
    "scale", Argument::choice, "",
    "degrees as they are, as shares of those of all actors, or as such shares with equal ones before the first act",
    "raw|share|even"};
inline constexpr ArgumentDoc of_degree_argument{
    "of_degree", Argument::choice, "",
    "what an actor sent and received, or one of the two; without directions both are all of it", "total|in|out"};

inline constexpr ArgumentDoc even_argument{
    "even", Argument::flag, "", "before there is anything to share, equal shares instead of 0 (as relevent has them)"};

// The share of all acts that one actor has.  A half-life cancels out of it, a window does not; any act changes it for all.
struct OfActorShare : OfActor {
  explicit OfActorShare(const Arguments& given) : OfActor(given), even(given.flag("even")) {
    own_traits.drifts = given.share_drifts(trace);
    own_traits.shifts_all = true;
  }
  [[nodiscard]] double share(const Memory& memory, double sum) const {
    const double total = memory.trace(trace).total();
    if (total > 0) return sum / total;
    return even ? 1 / static_cast<double>(memory.present_count()) : 0;
  }

  bool even;
};

// The share that a pair has of all acts of one of the two: an act changes it in every dyad of who acted.  With equal shares
// before the first it is other than zero in dyads that nothing has touched.
struct OfDyadShare {
  explicit OfDyadShare(const Arguments& given)
      : trace(given.trace("trace")),
        even(given.flag("even")),
        own_traits{.scope = Scope::dyad, .sparse = !even, .drifts = given.share_drifts(trace), .spreads = true} {}
  [[nodiscard]] Traits traits() const { return own_traits; }
  [[nodiscard]] double share(const Memory& memory, double weight, double total) const {
    if (total > 0) return weight / total;
    return even && memory.present_count() > 1 ? 1 / static_cast<double>(memory.present_count() - 1) : 0;
  }

  TraceId trace;
  bool even;
  Traits own_traits;
};

inline constexpr ArgumentDoc second_argument{"second", Argument::trace, "",
                                             "the trace of the second leg; without it that of the first"};
inline constexpr ArgumentDoc combine_argument{
    "combine", Argument::choice, "",
    "how a third actor counts: by the smaller leg, by the sum or the product of "
    "both, or once",
    "min|sum|product|unique"};
inline constexpr ArgumentDoc unique_argument{"unique", Argument::flag, "",
                                             "count third actors, in place of combine=unique"};
inline constexpr std::array two_path_arguments{trace_argument, second_argument, combine_argument, unique_argument};
inline constexpr std::string_view two_path_unit =
    "events, or intensity, as the traces weigh them; its square for a product; third actors when unique";

// How the legs of a path make one number.  Refuses `unique` beside `combine`.
[[nodiscard]] Combine combine_of(const Arguments& given);

// A two-path between the two actors.
struct OfTwoPaths {
  OfTwoPaths(const Arguments& given, const TwoPathSpec& spec)
      : paths(given.two_paths(spec)),
        own_traits{.scope = Scope::dyad,
                   .sparse = true,
                   .drifts = given.two_paths_drift(paths),
                   .two_paths = true,
                   .sum_of = paths} {}
  // Of the arguments `trace`, of the leg at the sender, and `second`, of that at the receiver.
  OfTwoPaths(const Arguments& given, Leg first, Leg second)
      : OfTwoPaths(given, {given.trace("trace"), first, given.trace_or("second", "trace"), second, combine_of(given)}) {
  }
  double operator()(const Memory& memory, const Link& d) const { return memory.two_paths(paths, d); }
  void values(const Memory& memory, std::span<const Link> links, double* values) const;
  [[nodiscard]] Traits traits() const { return own_traits; }
  // Both legs through every third actor that has both.
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const;

  TwoPathId paths;
  Traits own_traits;
};

// Ties of one kind between the two actors.
struct OfTies {
  explicit OfTies(const Arguments& given) : matches(given.ties("kind")) {}
  // The start of the newest tie in force; `always` when there is none.
  [[nodiscard]] Time newest(const Memory& memory, Dyad d) const;
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}
  [[nodiscard]] bool is_of_kind(const Memory& memory, TieId id) const { return matches[memory.ties().like(id)]; }
  // Those with whom the actor has such a tie in force: each once, however many ties there are with it.
  template <class Body>
  void for_each_partner(const Memory& memory, ActorId actor, Body body) const {
    const std::vector<TieId>& ties = memory.ties().of(actor);
    const auto other = [&](TieId id) {
      const Tie& tie = memory.ties().tie(id);
      return tie.a == actor ? tie.b : tie.a;
    };
    for (std::size_t k = 0; k < ties.size(); ++k) {
      if (!is_of_kind(memory, ties[k])) continue;
      const auto is_the_same = [&](TieId id) { return is_of_kind(memory, id) && other(id) == other(ties[k]); };
      if (std::none_of(ties.begin(), ties.begin() + static_cast<std::ptrdiff_t>(k), is_the_same)) body(other(ties[k]));
    }
  }

  std::vector<bool> matches;  // by TieId of the record
};

// A number of each of the two, and of nobody else.
struct OfNumbers {
  explicit OfNumbers(const Arguments& given) : attribute(given.number("attribute")) {}
  [[nodiscard]] double sender(const Memory& memory, Dyad d) const { return attribute.value(memory, d.sender); }
  [[nodiscard]] double receiver(const Memory& memory, Dyad d) const { return attribute.value(memory, d.receiver); }
  [[nodiscard]] Traits traits() const { return {.scope = Scope::dyad, .reads = attribute.reads()}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
};

// The larger or the smaller of both numbers, or its log; not known where either is not.
struct OfExtremeNumber : OfNumbers {
  explicit OfExtremeNumber(const Arguments& given) : OfNumbers(given), log(given.plain_number("log")) {}
  // `pick`: std::max or std::min
  template <class Pick>
  [[nodiscard]] double of_both(const Memory& memory, Dyad d, Pick pick) const {
    const double mine = sender(memory, d);
    const double theirs = receiver(memory, d);
    const double number = std::isnan(mine) || std::isnan(theirs) ? mine + theirs : pick(mine, theirs);
    return std::isnan(log) ? number : std::log(number + log);
  }

  double log;
};

// How far an attribute has moved: since the first tick of a tie, or over a time.
struct OfChange {
  explicit OfChange(const Arguments& given)
      : attribute(given.number("attribute")),
        over(given.duration("over")),
        log(given.plain_number("log")),
        cap(given.plain_number("cap")),
        missing(given.plain_number("missing")) {
    given.refuse_below_zero("cap");
  }

  // Where the change is counted from; `never` between two without a tie, who have no beginning.
  [[nodiscard]] Time then(const Memory& memory, Dyad d) const {
    if (!std::isnan(over)) return memory.fade_time() - over;
    const TieId newest = memory.ties().newest(d);
    return newest == no_id ? never : then(memory, newest);
  }
  [[nodiscard]] Time then(const Memory& memory, TieId tie) const;
  // 0 without a beginning; what stands for a change that is not known where either value is not.
  [[nodiscard]] double moved(const Memory& memory, ActorId actor, Time since) const;
  [[nodiscard]] Traits traits_in(Scope scope) const {
    if (std::isnan(over)) return {.scope = Scope::dyad, .sparse = true, .drifts = true, .wakes = true};
    return {.scope = scope, .drifts = true, .shifts_all = scope == Scope::dyad};
  }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}

  AttributeArgument attribute;
  double over;
  double log;
  double cap;
  double missing;
};

inline constexpr ArgumentDoc numeric_attribute_argument{"attribute", Argument::attribute, "", "a numeric attribute"};
inline constexpr ArgumentDoc log_number_argument{"log", Argument::number, "", "log(z + this number), not z"};
inline constexpr ArgumentDoc over_argument{"over", Argument::duration, "",
                                           "the time it may have moved in; without it since the tie began"};
inline constexpr ArgumentDoc log_argument{"log", Argument::number, "", "changes of log(z + this number), not of z"};
inline constexpr ArgumentDoc cap_argument{"cap", Argument::number, "", "larger changes count as this much"};
inline constexpr ArgumentDoc missing_change_argument{
    "missing", Argument::number, "", "what stands for a change that is not known; without it a fit says so"};
inline constexpr ArgumentDoc within_argument{"within", Argument::duration, "3y", "the time looked back over"};

inline constexpr ArgumentDoc once_argument{
    "once", Argument::flag, "", "the larger of both directions, where one incident is often recorded both ways"};
[[nodiscard]] inline double both_ways(double there, double back, bool once) {
  return once ? std::max(there, back) : there + back;
}

// An effect of the time alone, the same for everybody.
struct OfTime {
  [[nodiscard]] Traits traits() const { return {.scope = Scope::sender, .drifts = true, .unprompted = true}; }
  void sources(const Memory&, Dyad, std::vector<Source>&) const {}
  // On the clock of fading, since 1970-01-01.
  [[nodiscard]] static std::int64_t day_of(const Memory& memory) {
    return static_cast<std::int64_t>(std::floor(memory.fade_time()));
  }
};

inline constexpr ArgumentDoc tie_kind_argument{
    "kind", Argument::tie_kind, "cooperative",
    "a kind of tie; cooperative is alliance, office, employment, investment, founding, board and inferred"};

}  // namespace detente
