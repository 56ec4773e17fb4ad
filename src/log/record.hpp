// A record: who did what to whom, when; the actors and their lifetimes; the ties between them and how they ended.
// Plain data.  Readers fill it (src/io), validate() judges it, the engine reads it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace detente {

enum class QuadClass : std::uint8_t {
  verbal_cooperation,
  material_cooperation,
  verbal_conflict,
  material_conflict,
  none
};

[[nodiscard]] constexpr bool is_cooperation(QuadClass q) { return q <= QuadClass::material_cooperation; }
[[nodiscard]] constexpr bool is_conflict(QuadClass q) {
  return q == QuadClass::verbal_conflict || q == QuadClass::material_conflict;
}
[[nodiscard]] std::string_view to_string(QuadClass q);  // "verbal-cooperation", ..., "none"

struct EventType {
  std::string code;
  std::string label;
  QuadClass quad = QuadClass::none;
  double default_intensity = 1;
};

struct Event {
  Time time;  // days (calendar) or the record's own unit; with `time_order`, spread over its day (see order_events)
  ActorId sender;
  ActorId receiver;
  float intensity;  // -10 ... +10
  TypeId type;
  Precision precision;
  std::int32_t order;  // position within the day, 0 when the record gives none
  std::uint32_t line;  // line of its file, or row of its query
};

// What a person would read about an event; empty for records that carry no text.
struct EventText {
  std::string description;
  std::string reference;
  std::string sphere;
  bool verified = true;
};

// An actor is away after `leaves` (inclusive) until it `returns`.
struct Absence {
  Time leaves;
  Time returns;
};

struct Actor {
  std::string id;
  std::string name;
  std::string kind;
  std::string note;                 // display only; may know the end of the record, so a forecast never shows it
  Time enters = always;             // present from here (inclusive) ...
  Time leaves = never;              // ... to here (inclusive), but for
  std::vector<Absence> absences{};  // in the order of time; empty for nearly all
  bool enters_declared = false;
  std::uint32_t line = 0;
};

struct Tie {
  std::string id;
  ActorId a;
  ActorId b;
  std::string kind;  // alliance, office, employment, investment, founding, board, inferred; litigation; or your own
  Time start;
  Time end = never;    // `never` = in force
  std::string ending;  // rupture, exit, fulfilled, renegotiated, closed, loss, faded, other; empty = in force
  std::string how_it_ended;
  std::string reference;
  Precision start_precision = Precision::day;
  Precision end_precision = Precision::day;
  std::uint32_t line = 0;
  bool lost = false;  // the record gives no end: an actor left (end_ties_of_departed)
};

// Alliance, office, employment, investment, founding and board are cooperative, and what was inferred (infer_ties.hpp);
// litigation is not.
[[nodiscard]] bool is_cooperative(std::string_view tie_kind);

// One value of one actor's attribute, in force from `time` until the next one.  A factor keeps its text and the number
// is the index of its level; a numeric attribute has no levels.
struct AttributeValue {
  ActorId actor;
  Time time;
  double value;
};

struct Attribute {
  std::string name;
  std::vector<std::string> levels;     // empty = numeric
  std::vector<AttributeValue> values;  // sorted by actor, then time
  bool of_layer = false;   // not recorded: a layer that ran along the record says so (layers/along_record.hpp)
  std::size_t filled = 0;  // actors whose value was not known when they entered (log/missing.hpp)
  [[nodiscard]] bool is_factor() const { return !levels.empty(); }
};

// One number of two actors, sender first, in force from `time` until the next one of the same two.
struct PairValue {
  Dyad dyad;
  Time time;
  double value;
};

// Numbers of pairs: trade, distance, or a statistic that was computed elsewhere.
struct PairAttribute {
  std::string name;
  std::vector<PairValue> values;  // in the order of sort_values()
};

// One number of each tie, such as a clause of a treaty, known from the tie's start.
struct TieAttribute {
  std::string name;
  std::vector<double> values;  // by TieId; NaN = unknown
};

// A number of the times, the same for everybody: an interest rate, an election.
struct SeriesValue {
  Time time;
  double value;
};

struct Series {
  std::string name;
  std::vector<SeriesValue> values;  // in time order, each in force until the next
};

struct Record {
  Clock clock = Clock::calendar;
  double unit_days = unknown_unit;      // how long one unit of a clock of numbers is; see unit_of()
  Time observed_from = always;          // where observation begins; always = see observation_start()
  bool observed_from_is_given = false;  // by the user, and not by the custom of a file's format
  bool closed_actors = false;           // the record declared its actors: an undeclared one is an error
  bool closed_types = false;            // likewise its types
  std::vector<EventType> types;
  std::vector<Actor> actors;
  std::vector<Event> events;     // in time order (order_events)
  std::vector<EventText> texts;  // empty, or one per event
  std::vector<Tie> ties;
  std::vector<Attribute> attributes;
  std::vector<TieAttribute> tie_attributes;
  std::vector<PairAttribute> pair_attributes;
  std::vector<Series> series;
};

// Sorts events (and their texts) by day, then precision (a month's events stand after the days' on its last day), then
// `order`, then line; where a calendar record gives an order for a day, spreads the day's events over it: the k-th
// distinct position of n stands at day + k/(n+1).  Events at one time are simultaneous.  No day depends on another, so
// that what is masked changes no time of what is known.
void order_events(Record& record);

// By sender, receiver, then time.
void sort_values(PairAttribute& attribute);

// Adds ties, of whose attributes nothing is known.
void append_ties(Record& record, std::vector<Tie> ties);

// Sets `enters` of actors that declare none to the first recorded act or tie (`never` when there is none).
void infer_lifetimes(Record& record);

// Ends ties that are in force when one of their actors has left, as `loss`: on the day after `leaves` (calendar), or at it.
// An end that the record gives stands, and so does a tie that starts after its actor left.
void end_ties_of_departed(Record& record);

// How many days one unit of the record's clock lasts: 1 on a calendar; unknown_unit on a clock of numbers of which nobody
// said it.
[[nodiscard]] double unit_of(const Record& record);

// Where observation begins: as told, or else with the first event or tie.  Of one that is dated to the day the whole day is
// observed.  `never` for an empty record.
[[nodiscard]] Time observation_start(const Record& record);

// Times of the record that are closer than this are one: what rounding leaves of sums and differences.
[[nodiscard]] double time_tolerance(const Record& record);

// The last moment that the record knows of: of what happened and of the recorded values of attributes.
[[nodiscard]] Time known_until(const Record& record);

// First and last time of anything that happened: events, tie starts and ends, but not those of ties that are `lost`: a
// departure may be announced for years ahead.  {never, always} for an empty record.
struct Span {
  Time first;
  Time last;
};
[[nodiscard]] Span time_span(const Record& record);

}  // namespace detente
