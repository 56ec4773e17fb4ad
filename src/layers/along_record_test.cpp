#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "layers/along_record.hpp"
#include "log/as_of.hpp"
#include "log/blank_record.hpp"

namespace detente::along_record_test {

constexpr std::size_t actors = 5;

// Acts between the actors on 40 days, some on the same day.
Record some_record(std::uint64_t seed) {
  Record record = blank_record(actors);
  record.clock = Clock::calendar;
  record.types = {{"help", "Help", QuadClass::material_cooperation, 4},
                  {"blame", "Blame", QuadClass::verbal_conflict, -4}};
  for (std::uint32_t k = 0; k < 60; ++k) {
    const auto draw = [&](std::uint32_t what) { return uniform({seed, 0, Purpose::generate, what, k}); };
    const auto sender = static_cast<ActorId>(draw(0) * actors);
    const auto other = static_cast<ActorId>(draw(1) * (actors - 1));
    const auto type = static_cast<TypeId>(draw(2) < 0.5 ? 0 : 1);
    record.events.push_back({1000 + std::floor(40 * k / 60.0), sender, other < sender ? other : other + 1,
                             type == 0 ? 4.F : -4.F, type, Precision::day, 0, k + 2});
  }
  order_events(record);
  return record;
}

Setting words(std::vector<std::string> list) { return {std::move(list), {}}; }

// Feelings of three of the actors, and 50 followers of theirs.
LayerSpecs some_layers(const Record& record) {
  const Setting leaders = words({record.actors[0].id, record.actors[2].id, record.actors[3].id});
  LayerSpecs specs;
  specs.push_back(
      {.layer = "publics",
       .model = "followers",
       .settings = {
           {"leaders", leaders}, {"people", {50.0, {}}}, {"cue_gain", {1.0, {}}}, {"start_spread", {0.5, {}}}}});
  specs.push_back({.layer = "sentiment", .model = "leaders", .settings = {{"leaders", leaders}, {"ego", {0.6, {}}}}});
  return specs;
}

const Attribute& column(const Record& record, const std::string& name) {
  for (const Attribute& attribute : record.attributes)
    if (attribute.name == name) return attribute;
  throw std::runtime_error(name);
}

double value_at(const Attribute& attribute, ActorId actor, Time time) {
  double value = std::nan("");
  for (const AttributeValue& one : attribute.values)
    if (one.actor == actor && one.time <= time) value = one.value;
  return value;
}

TEST(AlongRecord, PublishesWhatLayersSayAfterTheTicksBefore) {
  Record record = some_record(3);
  const LayerSpecs specs = some_layers(record);
  (void)add_layers(record, {.layers = specs, .ticks = {1}, .until = 1045});
  const Attribute& approval = column(record, "approval");
  EXPECT_TRUE(approval.of_layer);

  // By hand: each day's acts are heard, then the day goes by.
  Cast cast;
  for (const Actor& actor : record.actors) cast.actors.push_back(actor.id);
  CoupledLayers layers(specs, "", cast, {1, 0});
  bool moved = false;
  for (std::uint32_t day = 0; day <= 45; ++day) {
    for (const ActorId actor : {0U, 2U, 3U}) {
      const double value = layers.signals().approval[actor];
      EXPECT_EQ(value_at(approval, actor, 1000.5 + day), value) << day;
      moved = moved || std::abs(value - value_at(approval, actor, 0)) > 0.01;
    }
    for (const ActorId silent : {1U, 4U}) EXPECT_EQ(value_at(approval, silent, 1000 + day), 0);
    for (const Event& event : record.events)
      if (std::floor(event.time) == 1000 + day) layers.hear(heard(event, record.types, {1, 0}));
    layers.flow({1000.0 + day, 1, day, {1, 0}});
  }
  EXPECT_TRUE(moved);
}

TEST(AlongRecord, SeesNothingOfWhatComesLater) {
  const Record all = some_record(7);
  const LayerSpecs specs = some_layers(all);
  Record whole = all;
  (void)add_layers(whole, {.layers = specs, .ticks = {1}, .until = 1045});
  for (const Time date : {1003.0, 1011.0, 1030.0}) {
    Record cut = as_of(all, date);
    (void)add_layers(cut, {.layers = specs, .ticks = {1}, .until = date + 0.9, .everybody = all.actors});
    const Record masked = as_of(whole, date);
    const Attribute& own = column(cut, "approval");
    const Attribute& seen = column(masked, "approval");
    for (ActorId actor = 0; actor < cut.actors.size(); ++actor)
      for (Time day = 999.5; day < date + 1; ++day)
        EXPECT_EQ(value_at(own, actor, day), value_at(seen, actor, day)) << cut.actors[actor].id << " " << day;
    EXPECT_EQ(known_until(cut), known_until(as_of(all, date)));
  }
}

TEST(AlongRecord, GoesOnFromItsEnd) {
  Record whole = some_record(5);
  Record cut = as_of(whole, 1020);
  const LayerSpecs specs = some_layers(whole);
  const Record all = whole;
  const CoupledLayers at_end = add_layers(whole, {.layers = specs, .ticks = {1}, .until = 1045});
  CoupledLayers layers = add_layers(cut, {.layers = specs, .ticks = {1}, .until = 1020.9, .everybody = all.actors});
  // By name: the cut record may count its actors otherwise.
  const Cast cast = layer_cast(cut, all.actors, specs);
  for (std::uint32_t day = 21; day <= 45; ++day) {
    for (Event event : all.events) {
      if (std::floor(event.time) != 1000 + day) continue;
      event.sender = cast.find(all.actors[event.sender].id, {});
      event.receiver = cast.find(all.actors[event.receiver].id, {});
      layers.hear(heard(event, all.types, {1, 0}));
    }
    layers.flow({1000.0 + day, 1, day, {1, 0}});
  }
  for (const ActorId actor : {0U, 2U, 3U})
    EXPECT_EQ(layers.signals().approval[cast.find(all.actors[actor].id, {})], at_end.signals().approval[actor]);
}

TEST(AlongRecord, NamesActorsWhoAreNotKnownYet) {
  const Record all = some_record(3);
  LayerSpecs specs = some_layers(all);
  Record early = all;
  early.actors.resize(2);
  early.events.clear();
  EXPECT_EQ(layer_cast(early, all.actors, specs).actors,
            (std::vector<std::string>{all.actors[0].id, all.actors[1].id, all.actors[2].id, all.actors[3].id}));
  EXPECT_EQ(layer_cast(early, {}, specs).actors.size(), 2u);
  EXPECT_THROW((void)add_layers(early, {.layers = specs, .ticks = {1}, .until = 1045}), Error);  // a name nobody has
}

TEST(AlongRecord, RefusesWhatCannotBeCausal) {
  Record record = some_record(3);
  LayerSpecs specs = some_layers(record);
  EXPECT_THROW((void)add_layers(record, {.layers = specs, .ticks = {0}, .until = 1045}), Error);
  specs[1].settings.erase("leaders");
  EXPECT_THROW((void)add_layers(record, {.layers = specs, .ticks = {1}, .until = 1045}), Error);
  specs.pop_back();
  record.attributes.push_back({"approval", {}, {{0, 0, 1}}});
  EXPECT_THROW((void)add_layers(record, {.layers = specs, .ticks = {1}, .until = 1045}), Error);
  const LayerSpecs none;
  EXPECT_TRUE(add_layers(record, {.layers = none, .until = 1045}).empty());
}

}  // namespace detente::along_record_test
