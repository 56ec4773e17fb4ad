// An effect is one number for (sender, receiver, time), read from memory.  Each is one small file: a formula, its source,
// its arguments, a pure function.  effects.def has a line for each; help, the reference page and the tests derive from
// that line.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "memory/memory.hpp"

namespace detente {

// What the number depends on.  The engine uses it to avoid visiting every dyad.
enum class Scope : std::uint8_t { sender, receiver, dyad };

// What decides it: what happened, or attributes of its actors alone, which are of few kinds or of any number.
enum class Reads : std::uint8_t { categories, numbers, events };

// Whether it changes as time passes, without an event: all the time or by steps, as windows do; as fast as the traces it
// reads, or on a scale of its own.
struct Drift {
  bool any = false;
  bool smooth = false;
  bool own_scale = false;  // of one unit of time
  constexpr Drift() = default;
  constexpr Drift(bool drifts)
      : any(drifts), smooth(drifts), own_scale(drifts) {}  // NOLINT(google-explicit-constructor)
  constexpr Drift(bool drifts, bool all_the_time) : any(drifts), smooth(all_the_time) {}
  constexpr operator bool() const { return any; }  // NOLINT(google-explicit-constructor): asked as a question
  friend constexpr Drift operator|(Drift a, Drift b) {
    Drift both(a.any || b.any, a.smooth || b.smooth);
    both.own_scale = a.own_scale || b.own_scale;
    return both;
  }
};

struct Traits {
  Scope scope = Scope::dyad;
  bool sparse = false;      // dyad scope: zero until the memory has touched the dyad
  Drift drifts{};           // changes as time passes, without an event
  bool unprompted = false;  // it drifts before anything has happened
  bool shifts_all = false;  // an event may change it for every actor, not only for those of the dyads it touched
  bool two_paths = false;   // dyad scope: what a third actor does may change it
  bool wakes = false;       // dyad scope: zero when touched, it may grow with time alone
  bool spreads = false;     // dyad scope: an event may change it in every dyad of those it touched
  bool of_others = false;   // attributes of third actors, which must then be known of all
  bool of_pairs = false;  // dyad scope: where the record has a number of the pair, it may be other than zero untouched
  bool gaps = false;      // it may have no value in one dyad and have one in another, until the record knows it
  TwoPathId sum_of = no_id;  // dyad scope: it is this two-path sum and nothing else
  Reads reads = Reads::events;
  bool standardized = false;  // over the risk set: what changes it anywhere changes it everywhere
};

// Recorded events an effect rests on: those that `trace` remembers from sender to receiver.
struct Source {
  TraceId trace;
  Dyad dyad;
};

class Effect {
 public:
  virtual ~Effect() = default;
  [[nodiscard]] virtual std::unique_ptr<Effect> clone() const = 0;
  // In many dyads at once: values[k] of links[k].
  virtual void values(const Memory& memory, std::span<const Link> links, double* values) const = 0;
  [[nodiscard]] virtual double value(const Memory& memory, const Link& link) const = 0;
  [[nodiscard]] double value(const Memory& memory, Dyad dyad) const { return value(memory, memory.link(dyad)); }
  // For a tie: an effect of the tie itself reads that one, whichever others are between the two.
  [[nodiscard]] virtual double value_of_tie(const Memory& memory, TieId tie, const Link& link) const = 0;
  [[nodiscard]] virtual Traits traits() const = 0;
  virtual void sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const = 0;
  virtual void attributes(std::vector<AttributeId>& out) const = 0;  // that it reads
  // Effects whose sum it is, each of one actor or sparse, where it is neither; empty where there are none.
  [[nodiscard]] virtual std::vector<std::unique_ptr<Effect>> parts() const { return {}; }
};

enum class Argument : std::uint8_t {
  trace,
  flag,
  choice,
  attribute,
  vector,     // of numeric attributes NAME.1, NAME.2, ... or NAME.COMPONENT
  reference,  // a level of the attribute, a factor
  tie_kind,
  actor_kind,
  tie_attribute,
  pair_attribute,
  series,
  number,
  duration,
  moment
};

struct ArgumentDoc {
  std::string_view name;
  Argument kind;
  std::string_view fallback;  // default, as it would be typed; for a choice, the first of `choices`
  std::string_view text;
  std::string_view choices = "";  // "sender|receiver"
  bool required = false;          // of a choice: it has no default
};

struct EffectDoc {
  std::string_view name;
  std::string_view summary;  // one sentence
  std::string_view
      words;  // in a sentence on a forecast; {x}: the trace, attribute or kind of tie it reads; {who}: whose
  std::string_view formula;  // plain text
  std::string_view unit;
  std::string_view scope;   // sender, receiver, dyad, or what decides it
  std::string_view source;  // paper, equation
  std::string_view example;
  std::span<const ArgumentDoc> arguments;
};

inline constexpr ArgumentDoc trace_argument{"trace", Argument::trace, "all", "the trace that is read"};
inline constexpr ArgumentDoc goodwill_argument{"goodwill", Argument::trace, "all", "a trace of cooperation"};
inline constexpr ArgumentDoc grievance_argument{"grievance", Argument::trace, "all", "a trace of conflict"};
inline constexpr ArgumentDoc missing_argument{"missing", Argument::number, "",
                                              "what stands for a value that is not known; without it a fit says so"};
inline constexpr ArgumentDoc level_argument{
    "attribute", Argument::attribute, "",
    "a numeric attribute, kind=leader for one level of a factor, or a factor: a term for each level but one"};
inline constexpr ArgumentDoc reference_argument{
    "reference", Argument::reference, "",
    "the level of a factor that the others are compared with; without it the first that the record names"};
inline constexpr ArgumentDoc of_argument{"of", Argument::choice, "", "whose number", "sender|receiver"};

}  // namespace detente
