// Every effect of the catalogue against its naive function, and against what it says of itself.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "effects/argument_values.hpp"
#include "effects/catalogue.hpp"
#include "effects/reference/naive_effects.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::effects_test {

using reference::History;
using reference::RandomRecord;

std::vector<TraceSpec> some_traces() {
  return {{.name = "all"},
          {.name = "goodwill",
           .types = {true, true, false, false},
           .fade = Fade::half_life,
           .span = 8,
           .weight = Weight::intensity},
          {.name = "grievance", .types = {false, false, true, true}, .fade = Fade::half_life, .span = 3},
          {.name = "spotlight", .fade = Fade::window, .span = 6, .weight = Weight::intensity},
          {.name = "echo", .fade = Fade::interval, .span = 7, .from = 2, .weight = Weight::intensity}};
}

// What may stand in an argument's place.
std::vector<CallArgument> values_of(const ArgumentDoc& argument, std::string_view effect, Clock clock) {
  const std::string name(argument.name);
  switch (argument.kind) {
    case Argument::trace:
      if (name == "second") return {{name, "grievance"}, {name, "echo"}, {"", "spotlight"}};
      return {{name, "all"}, {name, "goodwill"}, {name, "grievance"}, {name, "echo"}, {"", "spotlight"}};
    case Argument::flag: return {{"", name}};
    case Argument::choice: {
      std::vector<CallArgument> values;
      for (std::size_t at = 0, bar = 0; bar != std::string_view::npos; at = bar + 1) {
        bar = argument.choices.find('|', at);
        values.push_back({name, std::string(argument.choices.substr(at, bar - at))});
      }
      return values;
    }
    case Argument::attribute:
      if (effect != "send" && effect != "receive" && effect != "same") return {{"", "size"}};
      if (effect == "same") return {{"", "camp"}, {"", "kind"}};
      return {{"", "size"}, {"camp", "blue"}, {"kind", "leader"}};
    case Argument::vector: return {{"", "view"}};
    case Argument::reference: return {};  // of a factor as a whole: hazard/factor_levels_test.cpp
    case Argument::tie_attribute: return {{"", "stake"}};
    case Argument::pair_attribute: return {{"", "distance"}, {"", "trade"}};
    case Argument::series: return {{"", "rate"}, {"", "price"}};
    case Argument::moment: return {{name, clock == Clock::calendar ? "2022-01-10" : "7.5"}};
    case Argument::number:
      if (effect == "of_pair") return {{name, "0.5"}, {name, "0"}};
      return {{name, "0.5"}};
    case Argument::duration: return {{name, "5d"}};
    case Argument::actor_kind: return {{name, "company"}};
    case Argument::tie_kind: return {{"", "alliance"}, {name, "litigation"}, {name, "cooperative"}};
  }
  return {};
}

// Calls of an effect with every combination of its arguments; with those that have a default also left out.
std::vector<Call> calls_of(const EffectDoc& doc, Clock clock) {
  std::vector<Call> calls{{std::string(doc.name), 0, {}}};
  for (const ArgumentDoc& argument : doc.arguments) {
    std::vector<Call> longer;
    for (const Call& call : calls) {
      if (!must_be_given(argument)) longer.push_back(call);
      for (const CallArgument& value : values_of(argument, doc.name, clock)) {
        // An argument without a name stands only behind such ones, and behind none that was left out.
        const bool unnamed =
            std::all_of(call.arguments.begin(), call.arguments.end(), [](const auto& a) { return a.key.empty(); });
        const bool all_given =
            unnamed && call.arguments.size() == static_cast<std::size_t>(&argument - doc.arguments.data());
        longer.push_back(call);
        longer.back().arguments.push_back(value);
        if (!all_given && value.key.empty() && argument.kind != Argument::flag)
          longer.back().arguments.back().key = argument.name;
      }
    }
    calls = std::move(longer);
  }
  const auto told_twice = [](const Call& call) {
    const auto has = [&](const std::string& text) {
      return std::any_of(call.arguments.begin(), call.arguments.end(),
                         [&](const CallArgument& a) { return a.key == text || (a.key.empty() && a.value == text); });
    };
    return has("unique") && has("combine");
  };
  calls.erase(std::remove_if(calls.begin(), calls.end(), told_twice), calls.end());
  return calls;
}

// Unknown is equal to unknown.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

std::string to_text(const Call& call) {
  std::string text = call.name + "(";
  for (const CallArgument& a : call.arguments) text += (a.key.empty() ? "" : a.key + "=") + a.value + ",";
  return text + ")";
}

// Numbers have no days of the week.
bool of_calendar(const Call& call) { return call.name == "weekday" || call.name == "month"; }

// Every call of every effect, bound to one memory.
enum class With : std::uint8_t { wholes, parts };  // parts: of effects that are sums of parts, these too

struct Everything {
  explicit Everything(const Record& record, double tick, With with = With::wholes) : spec{some_traces(), {}, tick} {
    BindContext context = make_bind_context(record, spec);
    for (const CatalogueEntry& entry : catalogue())
      for (const Call& call : calls_of(*entry.doc, record.clock)) {
        if (record.clock == Clock::number && of_calendar(call)) continue;
        if (call.name == "weekday" && tick > 1) continue;  // refused
        calls.push_back(call);
        effects.push_back(bind_effect(call, context));
        if (with == With::wholes) continue;
        std::vector<std::unique_ptr<Effect>> parts = effects.back()->parts();
        for (std::unique_ptr<Effect>& part : parts) {
          calls.push_back(call);
          effects.push_back(std::move(part));
        }
      }
  }
  MemorySpec spec;
  std::vector<Call> calls;
  std::vector<std::unique_ptr<Effect>> effects;
};

std::vector<Dyad> dyads_of(const Record& record) {
  std::vector<Dyad> dyads;
  for (ActorId i = 0; i < record.actors.size(); ++i)
    for (ActorId j = 0; j < record.actors.size(); ++j)
      if (i != j) dyads.push_back({i, j});
  return dyads;
}

RandomRecord any_record() { return reference::any_record({2, 7}, {0, 40}, {0, 8}); }

double any_tick() { return *rc::gen::element(0.0, 1.0, 0.25, 1.0 / 24, 7.0).as("tick"); }

// Times in order, within the record and a little after it.
std::vector<Time> any_times(const RandomRecord& options) {
  const double start = options.clock == Clock::calendar ? 19000 : 0;
  const double span = options.step * static_cast<double>(options.events + 4);
  std::vector<Time> times;
  for (int k = 0; k < 3; ++k) times.push_back(start + span * *rc::gen::inRange(0, 4000).as("share of time") / 4000.0);
  std::sort(times.begin(), times.end());
  return times;
}

TEST(Catalogue, every_effect_has_a_naive_function) {
  for (const CatalogueEntry& entry : catalogue())
    EXPECT_TRUE(reference::has_naive_effect(entry.doc->name)) << entry.doc->name;
}

void compare(const Everything& all, std::size_t k, const Memory& memory, const History& history) {
  const reference::NaiveEffect naive = reference::naive_effect(all.calls[k], all.spec.traces);
  for (const Dyad d : dyads_of(*history.record)) {
    const double expected = naive(history, d.sender, d.receiver);
    const double value = all.effects[k]->value(memory, d);
    if (!same(value, expected) && !(std::abs(value - expected) <= 1e-10 * (1 + std::abs(expected))))
      RC_FAIL(to_text(all.calls[k]) + " is " + std::to_string(value) + ", not " + std::to_string(expected));
  }
}

RC_GTEST_PROP(Effects, equal_their_naive_functions_on_random_records, ()) {
  const RandomRecord options = any_record();
  const double tick = any_tick();
  const Record record = reference::make_record(options);
  const Everything all(record, tick);
  Memory memory(record, all.spec);
  for (const Time now : any_times(options)) {
    reference::relive(memory, record, now);
    const History history = reference::after_events(record, now, tick);
    for (std::size_t k = 0; k < all.calls.size(); ++k) compare(all, k, memory, history);
  }
}

// What `missing` stands for, where the attributes of every other actor are not known.
RC_GTEST_PROP(Effects, read_what_stands_for_a_missing_value, ()) {
  const RandomRecord options = any_record();
  const double tick = any_tick();
  Record record = reference::make_record(options);
  for (Attribute& attribute : record.attributes)
    std::erase_if(attribute.values, [](const auto& v) { return v.actor % 2 == 1; });
  const Everything all(record, tick);
  Memory memory(record, all.spec);
  const Time now = any_times(options).back();
  reference::relive(memory, record, now);
  const History history = reference::after_events(record, now, tick);
  for (std::size_t k = 0; k < all.calls.size(); ++k) {
    const auto& arguments = all.calls[k].arguments;
    if (std::any_of(arguments.begin(), arguments.end(), [](const auto& a) { return a.key == "missing"; }))
      compare(all, k, memory, history);
  }
}

RC_GTEST_PROP(Effects, of_one_actor_ignore_the_other, ()) {
  const RandomRecord options = any_record();
  const Record record = reference::make_record(options);
  const Everything all(record, any_tick(), With::parts);
  Memory memory(record, all.spec);
  reference::relive(memory, record, any_times(options).back());
  for (std::size_t k = 0; k < all.calls.size(); ++k) {
    const Scope scope = all.effects[k]->traits().scope;
    for (const Dyad d : dyads_of(record)) {
      const double value = all.effects[k]->value(memory, d);
      if (scope == Scope::sender) RC_ASSERT(same(value, all.effects[k]->value(memory, {d.sender, d.sender})));
      if (scope == Scope::receiver) RC_ASSERT(same(value, all.effects[k]->value(memory, {d.receiver, d.receiver})));
    }
  }
}

RC_GTEST_PROP(Effects, that_are_sparse_are_zero_until_touched, ()) {
  const RandomRecord options = any_record();
  const Record record = reference::make_record(options);
  const Everything all(record, any_tick(), With::parts);
  Memory memory(record, all.spec);
  reference::relive(memory, record, any_times(options).back());
  std::set<std::pair<ActorId, ActorId>> touched;
  for (const Dyad d : memory.touched()) touched.insert({d.sender, d.receiver});
  for (const TwoPathChange& c : memory.two_path_changes()) touched.insert({c.dyad.sender, c.dyad.receiver});
  std::set<std::pair<ActorId, ActorId>> numbered;  // either way
  for (const PairAttribute& attribute : record.pair_attributes)
    for (const PairValue& v : attribute.values) {
      numbered.insert({v.dyad.sender, v.dyad.receiver});
      numbered.insert({v.dyad.receiver, v.dyad.sender});
    }
  for (std::size_t k = 0; k < all.calls.size(); ++k)
    for (const Dyad d : dyads_of(record))
      if (const Traits traits = all.effects[k]->traits();
          traits.sparse && !touched.contains({d.sender, d.receiver}) &&
          !(traits.of_pairs && numbered.contains({d.sender, d.receiver})))
        if (all.effects[k]->value(memory, d) != 0) RC_FAIL(to_text(all.calls[k]));
}

RC_GTEST_PROP(Effects, that_do_not_drift_stay_when_only_time_passes, ()) {
  const RandomRecord options = any_record();
  const Record record = reference::make_record(options);
  const Everything all(record, any_tick(), With::parts);
  Memory memory(record, all.spec);
  reference::relive(memory, record, any_times(options).back());
  Memory later = memory;
  later.advance(memory.now() + *rc::gen::inRange(0, 1000) / 10.0);
  RC_PRE(later.epoch() == memory.epoch());
  for (std::size_t k = 0; k < all.calls.size(); ++k)
    for (const Dyad d : dyads_of(record)) {
      if (all.effects[k]->traits().drifts) continue;
      const double before = all.effects[k]->value(memory, d);
      if (std::abs(all.effects[k]->value(later, d) - before) > 1e-14 * std::abs(before)) RC_FAIL(to_text(all.calls[k]));
    }
}

// What the sums over the risk set rest on: an event changes only what was touched, or the two who took part.
RC_GTEST_PROP(Effects, change_by_an_event_only_where_they_say, ()) {
  const RandomRecord options = any_record();
  const Record record = reference::make_record(options);
  RC_PRE(!record.events.empty());
  const Everything all(record, any_tick(), With::parts);
  Memory memory(record, all.spec);
  reference::relive(memory, record, any_times(options).back());
  Memory after = memory;
  Event event = record.events[*rc::gen::inRange<std::size_t>(0, record.events.size())];
  after.clear_touched();
  after.apply(event);
  const auto touched = [&](Dyad d) {
    const auto among = [&](std::span<const Dyad> dyads) {
      return std::find(dyads.begin(), dyads.end(), d) != dyads.end();
    };
    const auto changes = after.two_path_changes();
    return among(after.touched()) ||
           std::any_of(changes.begin(), changes.end(), [&](const TwoPathChange& c) { return c.dyad == d; });
  };
  const auto of_touched = [&](ActorId actor) {
    const std::span<const Dyad> dyads = after.touched();
    return std::any_of(dyads.begin(), dyads.end(), [&](Dyad d) { return d.sender == actor; });
  };
  for (std::size_t k = 0; k < all.calls.size(); ++k) {
    const Traits traits = all.effects[k]->traits();
    if (traits.shifts_all) continue;
    for (const Dyad d : dyads_of(record)) {
      const bool may_change = traits.scope == Scope::sender ? of_touched(d.sender)
                              : traits.scope == Scope::receiver
                                  ? of_touched(d.receiver)
                                  : touched(d) || (traits.spreads && (of_touched(d.sender) || of_touched(d.receiver)));
      if (!may_change && !same(all.effects[k]->value(memory, d), all.effects[k]->value(after, d)))
        RC_FAIL(to_text(all.calls[k]));
    }
  }
}

RC_GTEST_PROP(Effects, of_parts_are_their_sums, ()) {
  const RandomRecord options = any_record();
  const Record record = reference::make_record(options);
  const Everything all(record, any_tick());
  Memory memory(record, all.spec);
  reference::relive(memory, record, any_times(options).back());
  for (std::size_t k = 0; k < all.calls.size(); ++k) {
    const std::vector<std::unique_ptr<Effect>> parts = all.effects[k]->parts();
    if (parts.empty()) continue;
    for (const Dyad d : dyads_of(record)) {
      double sum = 0;
      for (const std::unique_ptr<Effect>& part : parts) sum += part->value(memory, d);
      if (sum != all.effects[k]->value(memory, d)) RC_FAIL(to_text(all.calls[k]));
    }
  }
}

TEST(Effects, of_parts_have_parts_that_factor) {
  const Record record = reference::make_record({.actors = 5, .events = 0});
  const Everything all(record, 1);
  std::set<std::string> in_parts;
  for (std::size_t k = 0; k < all.calls.size(); ++k) {
    const std::vector<std::unique_ptr<Effect>> parts = all.effects[k]->parts();
    for (const std::unique_ptr<Effect>& part : parts) {
      EXPECT_TRUE(part->traits().scope != Scope::dyad || part->traits().sparse) << to_text(all.calls[k]);
      in_parts.insert(all.calls[k].arguments.front().value);
    }
  }
  EXPECT_EQ(in_parts, (std::set<std::string>{"AB-AY", "AB-BY", "AB-XA", "AB-XB"}));
}

TEST(Effects, name_the_events_they_rest_on) {
  const Record record = reference::make_record({.seed = 11, .actors = 5, .events = 40});
  const Everything all(record, 1);
  Memory memory(record, all.spec);
  reference::relive(memory, record, 19040);
  for (std::size_t k = 0; k < all.calls.size(); ++k)
    for (const Dyad d : dyads_of(record)) {
      std::vector<Source> sources;
      all.effects[k]->sources(memory, d, sources);
      const auto arguments = find_effect(all.calls[k].name)->doc->arguments;
      const bool from_events =
          std::any_of(arguments.begin(), arguments.end(), [](const auto& a) { return a.kind == Argument::trace; });
      const bool needs_one = from_events && all.effects[k]->value(memory, d) != 0;
      EXPECT_TRUE(!needs_one || !sources.empty()) << to_text(all.calls[k]);
      for (const Source& source : sources) EXPECT_LT(source.trace, all.spec.traces.size());
    }
}

// Where the tie at issue is the newest between the two, an effect of ties reads the same as between its actors.
RC_GTEST_PROP(Effects, of_the_newest_tie_are_those_between_its_actors, ()) {
  const RandomRecord options = any_record();
  const Record record = reference::make_record(options);
  const Everything all(record, any_tick());
  Memory memory(record, all.spec);
  reference::relive(memory, record, any_times(options).back());
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Dyad pair{record.ties[id].a, record.ties[id].b};
    if (memory.ties().newest(pair) != id) continue;
    for (std::size_t k = 0; k < all.calls.size(); ++k)
      for (const Dyad d : {pair, reversed(pair)})
        if (!same(all.effects[k]->value_of_tie(memory, id, memory.link(d)), all.effects[k]->value(memory, d)))
          RC_FAIL(to_text(all.calls[k]));
  }
}

TEST(TieAge, is_never_negative_where_a_tie_starts_within_a_tick) {
  Record record = reference::make_record({.actors = 2, .events = 0, .ties = 0, .passages = false});
  Tie tie{};
  tie.b = 1;
  tie.kind = "alliance";
  tie.start = 19008;
  record.ties = {tie};
  MemorySpec spec{some_traces(), {}, 7};
  BindContext context = make_bind_context(record, spec);
  const auto effect = bind_effect({"tie_age", 0, {}}, context);
  Memory memory(record, spec);
  reference::relive(memory, record, 19009);  // the week began on 19005
  EXPECT_EQ(effect->value(memory, {0, 1}), 0);
}

}  // namespace detente::effects_test
