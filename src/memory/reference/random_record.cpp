#include "memory/reference/random_record.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"

namespace detente::reference {
namespace {

constexpr double first_day = 19000;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  double share() { return uniform({seed_, 0, Purpose::generate, 0, step_++}); }
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(share() * static_cast<double>(n)));
  }
  ActorId actor(std::size_t n) { return static_cast<ActorId>(below(n)); }
  bool chance(double p) { return share() < p; }
  double wait(double mean) { return -mean * std::log(share()); }

 private:
  std::uint64_t seed_;
  std::uint32_t step_ = 0;
};

Time whole(Time time, Clock clock) { return clock == Clock::calendar ? std::floor(time) : time; }

void add_actors(Record& record, const RandomRecord& options, Dice& dice, double span) {
  const Time start = record.clock == Clock::calendar ? first_day : 0;
  for (std::size_t i = 0; i < options.actors; ++i) {
    Actor actor;
    actor.id = actor.name = "a" + std::to_string(i);
    actor.kind = i % 3 == 0 ? "leader" : i % 3 == 1 ? "company" : "public";
    actor.enters_declared = !options.passages || i < 2 || dice.chance(0.5);
    if (actor.enters_declared) actor.enters = always;
    if (options.passages && i >= 2) {
      if (actor.enters_declared && dice.chance(0.6))
        actor.enters = whole(start + 0.7 * span * dice.share(), record.clock);
      if (dice.chance(0.3)) actor.leaves = whole(start + span * (0.7 + 0.3 * dice.share()), record.clock);
      if (options.absences && dice.chance(0.3)) {
        const Time leaves = whole(start + span * (0.3 + 0.2 * dice.share()), record.clock);
        const Time returns = whole(leaves + 1 + span * 0.2 * dice.share(), record.clock);
        const bool within = (actor.enters <= leaves || !actor.enters_declared) && returns < actor.leaves;
        if (within) actor.absences = {{leaves, returns}};
      }
    }
    record.actors.push_back(actor);
  }
}

void add_events(Record& record, const RandomRecord& options, Dice& dice) {
  Time now = record.clock == Clock::calendar ? first_day : 0;
  for (std::size_t k = 0; k < options.events; ++k) {
    if (!dice.chance(0.25)) now += dice.wait(options.step);
    Event e{};
    e.time = whole(now, record.clock);
    e.sender = dice.actor(options.actors);
    do e.receiver = dice.actor(options.actors);
    while (e.receiver == e.sender);
    e.type = static_cast<TypeId>(dice.below(record.types.size()));
    e.intensity = static_cast<float>(std::round(dice.share() * 80) / 10 * (e.type >= 2 ? -1 : 1));
    e.precision = record.clock == Clock::calendar ? Precision::day : Precision::number;
    e.order = static_cast<std::int32_t>(dice.below(3));
    e.line = static_cast<std::uint32_t>(k + 2);
    record.events.push_back(e);
  }
}

void add_ties(Record& record, const RandomRecord& options, Dice& dice, double span) {
  const Time start = record.clock == Clock::calendar ? first_day : 0;
  for (std::size_t k = 0; k < options.ties; ++k) {
    Tie tie{};
    tie.id = "t" + std::to_string(k);
    tie.a = dice.actor(options.actors);
    do tie.b = dice.actor(options.actors);
    while (tie.b == tie.a);
    tie.kind = dice.chance(0.7) ? "alliance" : "litigation";
    tie.start = whole(start + span * dice.share(), record.clock);
    if (dice.chance(0.6)) {
      tie.end = whole(tie.start + span * 0.6 * dice.share(), record.clock);
      tie.ending = dice.chance(0.6) ? "rupture" : dice.chance(0.5) ? "fulfilled" : "exit";
    }
    record.ties.push_back(tie);
    if (tie.end != never && dice.chance(0.3)) {  // renewed on the day it ended
      tie.id += "b";
      tie.start = tie.end;
      tie.end = never;
      tie.ending.clear();
      record.ties.push_back(tie);
    }
  }
}

void add_attributes(Record& record, Dice& dice, double span) {
  const Time start = record.clock == Clock::calendar ? first_day : 0;
  Attribute size{"size", {}, {}};
  Attribute camp{"camp", {"red", "blue"}, {}};
  for (ActorId i = 0; i < record.actors.size(); ++i) {
    size.values.push_back({i, always, std::round(20 * dice.share()) / 10});
    if (dice.chance(0.5)) size.values.push_back({i, whole(start + span * dice.share(), record.clock), dice.share()});
    camp.values.push_back({i, always, dice.chance(0.5) ? 1.0 : 0.0});
  }
  record.attributes = {size, camp};
}

// Two numbers between -1 and 1, of one actor in three both 0.
void add_views(Record& record, const RandomRecord& options, double span) {
  Dice dice(options.seed + 2);  // of its own, as for ties
  const Time start = record.clock == Clock::calendar ? first_day : 0;
  for (const char* name : {"view.1", "view.2"}) {
    Attribute view{name, {}, {}};
    for (ActorId i = 0; i < record.actors.size(); ++i) {
      const bool none = i % 3 == 2;
      view.values.push_back({i, always, none ? 0 : 2 * dice.share() - 1});
      if (!none && dice.chance(0.5))
        view.values.push_back({i, whole(start + span * dice.share(), record.clock), 2 * dice.share() - 1});
    }
    record.attributes.push_back(std::move(view));
  }
}

void add_tie_attributes(Record& record, const RandomRecord& options) {
  Dice dice(options.seed + 1);  // of its own, so that the rest of a record does not depend on it
  TieAttribute stake{"stake", {}};
  for (std::size_t k = 0; k < record.ties.size(); ++k) stake.values.push_back(dice.share());
  record.tie_attributes = {stake};
}

// Between every two a distance, between some of them trade.  Few of them change: what changes makes all sums anew.
void add_pair_attributes(Record& record, const RandomRecord& options, double span) {
  Dice dice(options.seed + 2);
  const Time start = record.clock == Clock::calendar ? first_day : 0;
  record.pair_attributes = {{"distance", {}}, {"trade", {}}};
  for (PairAttribute& attribute : record.pair_attributes) {
    for (ActorId i = 0; i < record.actors.size(); ++i)
      for (ActorId j = 0; j < record.actors.size(); ++j)
        if (i != j && (attribute.name == "distance" || dice.chance(0.5)))
          attribute.values.push_back({{i, j}, always, 2 * dice.share() - 1});
    for (int k = 0; k < 2; ++k) {
      const ActorId i = dice.actor(options.actors);
      const ActorId j = dice.actor(options.actors);
      const Time time = whole(start + span * dice.share(), record.clock);
      if (i != j) attribute.values.push_back({{i, j}, time, dice.share()});
    }
    sort_values(attribute);
  }
}

// A rate, known from the start, and a price, which is not.
void add_series(Record& record, const RandomRecord& options, double span) {
  Dice dice(options.seed + 3);
  const Time start = record.clock == Clock::calendar ? first_day : 0;
  record.series = {{"rate", {{always, dice.share()}}}, {"price", {}}};
  for (Series& series : record.series) {
    std::vector<Time> times{dice.share(), dice.share()};
    std::sort(times.begin(), times.end());
    for (const Time time : times) series.values.push_back({whole(start + span * time, record.clock), dice.share()});
  }
}

struct Change {
  Time time;
  int rank;  // at one time: ends, then starts, then events
  std::size_t index;
};

}  // namespace

Record make_record(const RandomRecord& options) {
  Record record;
  record.clock = options.clock;
  record.types = {{"meet", "Meet", QuadClass::verbal_cooperation},
                  {"help", "Help", QuadClass::material_cooperation},
                  {"blame", "Blame", QuadClass::verbal_conflict},
                  {"hit", "Hit", QuadClass::material_conflict}};
  Dice dice(options.seed);
  const double span = std::max(1.0, options.step * 0.75 * static_cast<double>(options.events));
  add_actors(record, options, dice, span);
  add_events(record, options, dice);
  add_ties(record, options, dice, span);
  add_attributes(record, dice, span);
  add_views(record, options, span);
  add_tie_attributes(record, options);
  add_pair_attributes(record, options, span);
  add_series(record, options, span);
  order_events(record);
  infer_lifetimes(record);
  const bool number = record.clock == Clock::number;
  if (options.observed_from != RandomRecord::default_start)
    record.observed_from = options.observed_from + (number ? 0 : first_day);
  else if (number)
    record.observed_from = 0;
  return record;
}

void relive(Memory& memory, const Record& record, Time until) {
  std::vector<Change> changes;
  for (std::size_t k = 0; k < record.ties.size(); ++k) {
    if (record.ties[k].start >= record.ties[k].end) continue;
    changes.push_back({record.ties[k].start, 1, k});
    if (record.ties[k].end != never) changes.push_back({record.ties[k].end, 0, k});
  }
  for (std::size_t k = 0; k < record.events.size(); ++k) changes.push_back({record.events[k].time, 2, k});
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return a.time != b.time ? a.time < b.time : a.rank < b.rank;
  });
  std::size_t done = 0;
  while (done < changes.size() && changes[done].time <= memory.now()) ++done;
  for (; done < changes.size() && changes[done].time <= until; ++done) {
    const Change& change = changes[done];
    memory.advance(change.time);
    const auto tie = static_cast<TieId>(change.index);
    if (change.rank == 0) memory.end_tie(tie);
    if (change.rank == 1) memory.start_tie(tie);
    if (change.rank == 2) memory.apply(record.events[change.index]);
  }
  memory.advance(until);
}

}  // namespace detente::reference
