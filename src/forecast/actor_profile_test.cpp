// Profiles: actors of known behaviour are recovered, windows add up to the whole, and what is too little is not shown.
#include "forecast/actor_profile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.hpp"
#include "log/blank_record.hpp"
#include "simulate/path.hpp"

namespace detente::actor_profile_test {

constexpr std::size_t actors = 10;
constexpr Time begin = 1 - 1e-9;
constexpr std::size_t retaliation = 1, initiative = 0;  // in profile_components()
constexpr std::size_t dominate = 2;                     // in profile_indices()

ModelSpec conflicts(Timing timing) {
  HazardText text{.name = "conflict"};
  text.timing = timing;
  text.formula.text = "log1p(reciprocity(grievance)) + by_actor(1 + log1p(reciprocity(grievance)))";
  ModelSpec spec{.tick = 1, .hazards = {text}};
  spec.traces = {{.name = "grievance", .fade = Fade::half_life, .span = 10}};
  return spec;
}

double gauss(std::uint32_t replicate, ActorId actor, std::uint32_t step) {
  return normal({21, replicate, Purpose::generate, actor, step});
}

struct Simulated {
  Record record;
  std::vector<double> level, slope;  // by actor, less their means, which are the common coefficients'
};

// Actors who differ in how often they turn to conflict and in how they answer it.
Simulated quarrels(std::uint32_t replicate, std::size_t days = 400) {
  Simulated made{blank_record(actors), {}, {}};
  made.record.types.front().quad = QuadClass::verbal_conflict;
  made.record.events = {{begin, 0, 1, 1, 0, Precision::number, 0, 1}};
  const Record known = made.record;
  const Model model = bind_model(conflicts(Timing::exact), known);
  const PathStart start(known, model, begin);
  Coefficients theta{Eigen::Vector2d(-3.8, 0.5)};
  theta.own.resize(2);
  for (ActorId i = 0; i < actors; ++i) {
    made.level.push_back(0.5 * gauss(replicate, i, 0));
    made.slope.push_back(0.6 * gauss(replicate, i, 1));
    theta.own[0].set(i, made.level.back());
    theta.own[1].set(i, made.slope.back());
  }
  PathObserver observer;
  observer.on_event = [&](const Event& event, std::size_t) { made.record.events.push_back(event); };
  EXPECT_TRUE(run_path(start, theta, {31, replicate}, days, observer));
  for (std::vector<double>* values : {&made.level, &made.slope}) {
    const double mean = std::accumulate(values->begin(), values->end(), 0.0) / actors;
    for (double& value : *values) value -= mean;
  }
  return made;
}

ActorProfiles profiles_of(const Record& record, ActorProfileOptions options = {}) {
  options.as_of = time_span(record).last;
  return actor_profiles(record, conflicts(Timing::ordinal), options);
}

struct Agreement {
  double covered = 0, count = 0, xy = 0, xx = 0, yy = 0;
  void add(const ProfileValue& found, double truth) {
    covered += found.low <= truth && truth <= found.high ? 1 : 0;
    count += 1;
    xy += found.value * truth;
    xx += truth * truth;
    yy += found.value * found.value;
  }
  [[nodiscard]] double correlation() const { return xy / std::sqrt(xx * yy); }
};

TEST(ActorProfile, known_retaliation_and_initiative_are_recovered) {
  Agreement answers, index;
  for (std::uint32_t replicate = 0; replicate < 5; ++replicate) {
    const Simulated made = quarrels(replicate);
    const ActorProfiles found = profiles_of(made.record, {.minimum = 1, .windows = 0});
    ASSERT_GT(found.spread[initiative].deviation, 0) << replicate;
    ASSERT_GT(found.spread[retaliation].deviation, 0) << replicate;
    for (const ActorProfile& actor : found.actors) {
      ASSERT_TRUE(actor.shown());
      const double level = made.level[actor.actor] / found.spread[initiative].deviation;
      const double slope = made.slope[actor.actor] / found.spread[retaliation].deviation;
      answers.add(*actor.components[retaliation], slope);
      index.add(*actor.indices[dominate], 0.5 * (level + slope));
    }
  }
  EXPECT_GT(answers.correlation(), 0.75);
  EXPECT_GT(index.correlation(), 0.85);
  for (const Agreement& one : {answers, index}) {
    EXPECT_GE(one.covered / one.count, 0.66);  // of 50 intervals of 80 %: within 2.5 standard errors
    EXPECT_LE(one.covered / one.count, 0.94);
  }
}

// The mode for held common coefficients is, over all events, that of the whole; what was not known of the common ones is
// what its interval lacks.
TEST(ActorProfile, one_window_of_everything_is_the_whole) {
  const ActorProfiles found = profiles_of(quarrels(1).record, {.minimum = 1, .windows = 1});
  ASSERT_EQ(found.windows.size(), 1U);
  for (const ActorProfile& actor : found.actors) {
    const ActorInWindow& window = actor.windows.front();
    EXPECT_EQ(window.events, actor.events);
    EXPECT_NEAR(window.indices[dominate]->value, actor.indices[dominate]->value, 1e-5);
    EXPECT_LE(window.indices[dominate]->error, actor.indices[dominate]->error + 1e-9);
    EXPECT_GT(window.indices[dominate]->error, 0.5 * actor.indices[dominate]->error);
  }
}

TEST(ActorProfile, windows_hold_every_event_once_and_know_less_each) {
  const ActorProfiles found = profiles_of(quarrels(2).record, {.minimum = 20, .windows = 3});
  ASSERT_EQ(found.windows.size(), 3U);
  const ActorProfiles whole = profiles_of(quarrels(2).record, {.minimum = 20, .windows = 0});
  std::size_t full = 0, empty = 0;
  for (std::size_t k = 0; k < found.actors.size(); ++k) {
    const ActorProfile& actor = found.actors[k];
    if (!actor.shown()) continue;
    std::size_t sum = 0;
    for (const ActorInWindow& window : actor.windows) {
      sum += window.events;
      EXPECT_EQ(window.indices[dominate].has_value(), window.events >= found.minimum);
      (window.indices[dominate] ? full : empty) += 1;
      if (window.indices[dominate]) { EXPECT_GT(window.indices[dominate]->error, actor.indices[dominate]->error); }
    }
    EXPECT_EQ(sum, actor.events);
    EXPECT_EQ(actor.components[retaliation]->events, whole.actors[k].components[retaliation]->events);
    EXPECT_LE(actor.components[retaliation]->events, actor.components[initiative]->events);
    EXPECT_EQ(actor.components[initiative]->events, actor.events);
  }
  EXPECT_GT(full, 0U);
  EXPECT_GT(empty, 0U);
}

TEST(ActorProfile, too_few_events_are_not_shown_and_say_how_many_are_needed) {
  Record record = quarrels(4).record;
  std::size_t kept = 0;
  std::erase_if(record.events, [&](const Event& event) { return event.sender == 7 && ++kept > 4; });
  const ActorProfiles found = profiles_of(record, {.minimum = 12});
  const ActorProfile& few = found.actors.back();
  EXPECT_EQ(few.actor, 7U);
  EXPECT_EQ(few.events, 4U);
  EXPECT_EQ(few.needed, 8U);
  EXPECT_FALSE(few.shown());
  EXPECT_TRUE(few.indices.empty() && few.components.empty() && few.windows.empty());
  EXPECT_EQ(found.actors.front().shown(), found.actors.front().events >= 12);
}

TEST(ActorProfile, ranks_are_those_of_pairs_compared_one_by_one) {
  const ActorProfiles found = profiles_of(quarrels(0).record, {.minimum = 1, .windows = 0});
  std::size_t ranked = 0;
  for (const ActorProfile& actor : found.actors) {
    const IndexValue& one = *actor.indices[dominate];
    std::size_t above = 0, below = 0, order = 1;
    for (const ActorProfile& other : found.actors) {
      const IndexValue& two = *other.indices[dominate];
      const double margin = 1.2815515655 * std::sqrt(one.error * one.error + two.error * two.error);
      above += two.value - one.value > margin ? 1 : 0;
      below += one.value - two.value > margin ? 1 : 0;
      order += two.value > one.value ? 1 : 0;
    }
    EXPECT_EQ(one.rank_low, above + 1);
    EXPECT_EQ(one.rank_high, actors - below);
    EXPECT_EQ(one.rank.has_value(), one.rank_high - one.rank_low < 3);
    if (one.rank) { EXPECT_EQ(*one.rank, order); }
    ranked += one.rank ? 1 : 0;
  }
  EXPECT_LT(ranked, actors);
}

TEST(ActorProfile, components_outside_the_model_are_said_and_an_index_of_them_alone_is_nothing) {
  const ActorProfiles found = profiles_of(quarrels(0).record, {.minimum = 1, .windows = 0});
  EXPECT_FALSE(found.actors.front().indices[3]);  // eco
  EXPECT_TRUE(found.actors.front().indices[0]);   // ego, by two of its parts
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_TRUE(found.notes.front().starts_with("not in the model")) << found.notes.front();
}

TEST(ActorProfile, an_index_that_rests_on_a_hazard_without_events_is_nothing) {
  Record record = quarrels(0).record;
  record.types.push_back({"help", "Help", QuadClass::material_cooperation, 1});
  ModelSpec spec = conflicts(Timing::ordinal);
  spec.hazards.front().events = {"conflict"};
  spec.hazards.push_back(spec.hazards.front());
  spec.hazards.back().name = "cooperation";
  spec.hazards.back().events = {"cooperation"};
  spec.traces.push_back({.name = "spotlight"});
  spec.hazards.back().formula.text = "by_actor(1 + sqrt(attention_share(spotlight, of=receiver)))";
  const ActorProfiles found =
      actor_profiles(record, spec, {.as_of = time_span(record).last, .minimum = 1, .windows = 0});
  EXPECT_FALSE(found.actors.front().indices[0]);  // ego
  EXPECT_TRUE(found.actors.front().indices[dominate]);
  EXPECT_TRUE(found.notes.front().starts_with("the hazard 'cooperation' was not estimated")) << found.notes.front();
}

TEST(ActorProfile, before_the_first_event_is_refused) {
  Record record = quarrels(0, 20).record;
  Tie tie{};
  tie.id = "older than any event";
  tie.b = 1;
  tie.kind = "alliance";
  tie.start = begin - 5;
  record.ties = {tie};
  try {
    (void)actor_profiles(record, conflicts(Timing::ordinal), {.as_of = begin - 1});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.problem().what.find("no event is known yet"), std::string::npos) << error.what();
    EXPECT_EQ(error.problem().where.file, "--as-of");
  }
}

TEST(ActorProfile, a_model_without_such_coefficients_is_refused) {
  ModelSpec spec = conflicts(Timing::ordinal);
  spec.hazards.front().formula.text = "reciprocity(grievance)";
  spec.path = "plain.toml";
  const Record record = quarrels(0, 20).record;
  try {
    (void)actor_profiles(record, spec, {.as_of = time_span(record).last});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("no coefficients that a profile is made of"), std::string::npos);
  }
}

TEST(ProfileWindows, of_one_length_end_with_the_as_of_date) {
  Record record = blank_record(2);
  for (const double time : {3.0, 8.0, 14.0, 29.0}) record.events.push_back({time, 0, 1, 1, 0, Precision::number, 0, 1});
  const std::vector<ProfileWindow> windows = windows_of_length(record, 10, 30);
  ASSERT_EQ(windows.size(), 3U);
  EXPECT_EQ(windows[0].from, 3);
  EXPECT_EQ(windows[0].to, 10);
  EXPECT_EQ(windows[2].from, 20);
  EXPECT_EQ(windows[2].to, 30);
  EXPECT_FALSE(within(windows[0], false, 10));
  EXPECT_TRUE(within(windows[1], false, 10));
  EXPECT_TRUE(within(windows[2], true, 30));
  EXPECT_THROW((void)windows_of_length(record, 0.1, 30), Error);
}

TEST(ProfileWindows, of_as_many_events_cut_between_times) {
  Record record = blank_record(2);
  for (const double time : {1.0, 2.0, 2.0, 2.0, 2.0, 9.0})
    record.events.push_back({time, 0, 1, 1, 0, Precision::number, 0, 1});
  const std::vector<EventId> all{0, 1, 2, 3, 4, 5};
  const std::vector<ProfileWindow> windows = windows_of_events(record, all, 3, 9);
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[0].to, 2);
  EXPECT_EQ(windows[1].from, 2);
  EXPECT_EQ(windows[1].to, 9);
  EXPECT_TRUE(windows_of_events(record, {}, 3, 9).empty());
}

}  // namespace detente::actor_profile_test
