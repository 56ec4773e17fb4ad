// Participation shifts by hand: which forms each dyad makes after one act, and after two at once.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "effects/catalogue.hpp"

namespace detente::shift_test {

constexpr auto forms = {"AB-BA", "AB-B0", "AB-BY", "A0-X0", "A0-XA", "A0-XY", "AB-X0",
                        "AB-XA", "AB-XB", "AB-XY", "A0-AY", "AB-A0", "AB-AY", "AB-AB"};

Event act(Time time, ActorId sender, ActorId receiver) {
  return {.time = time,
          .sender = sender,
          .receiver = receiver,
          .intensity = 1,
          .type = 0,
          .precision = Precision::number,
          .order = 0,
          .line = 0};
}

// Four persons, then two groups.
struct Turns {
  explicit Turns(bool directed = true) {
    record.clock = Clock::number;
    record.types = {{"say", "Say", QuadClass::verbal_cooperation}};
    record.actors.resize(6);
    record.actors[4].kind = record.actors[5].kind = "group";
    spec = {{{.name = "all"}}, {}, 0, directed};
    BindContext context = make_bind_context(record, spec);
    for (const char* form : forms) effects[form] = bind_effect({"shift", 0, {{"", form}}}, context);
  }
  // The forms that i -> j makes after these acts.
  [[nodiscard]] std::set<std::string> made(const std::vector<Event>& acts, Dyad next) const {
    Memory memory(record, spec);
    for (const Event& event : acts) {
      memory.advance(event.time);
      memory.apply(event);
    }
    std::set<std::string> made;
    for (const auto& [form, effect] : effects)
      if (effect->value(memory, next) == 1) made.insert(form);
    return made;
  }
  Record record;
  MemorySpec spec;
  std::map<std::string, std::unique_ptr<Effect>> effects;
};

using Forms = std::set<std::string>;

TEST(Shift, follows_an_act_between_two_persons) {
  const Turns turns;
  const std::vector<Event> acts{act(1, 2, 3), act(2, 0, 1)};
  EXPECT_EQ(turns.made(acts, {1, 0}), Forms{"AB-BA"});
  EXPECT_EQ(turns.made(acts, {1, 4}), Forms{"AB-B0"});
  EXPECT_EQ(turns.made(acts, {1, 2}), Forms{"AB-BY"});
  EXPECT_EQ(turns.made(acts, {2, 4}), Forms{"AB-X0"});
  EXPECT_EQ(turns.made(acts, {2, 0}), Forms{"AB-XA"});
  EXPECT_EQ(turns.made(acts, {2, 1}), Forms{"AB-XB"});
  EXPECT_EQ(turns.made(acts, {2, 3}), Forms{"AB-XY"});
  EXPECT_EQ(turns.made(acts, {0, 4}), Forms{"AB-A0"});
  EXPECT_EQ(turns.made(acts, {0, 2}), Forms{"AB-AY"});
  EXPECT_EQ(turns.made(acts, {0, 1}), Forms{"AB-AB"});
  EXPECT_EQ(turns.made(acts, {4, 2}), Forms{});
}

TEST(Shift, follows_an_act_towards_a_group) {
  const Turns turns;
  const std::vector<Event> acts{act(1, 2, 3), act(2, 0, 4)};
  EXPECT_EQ(turns.made(acts, {1, 4}), Forms{"A0-X0"});
  EXPECT_EQ(turns.made(acts, {1, 5}), Forms{"A0-X0"});
  EXPECT_EQ(turns.made(acts, {1, 0}), Forms{"A0-XA"});
  EXPECT_EQ(turns.made(acts, {1, 2}), Forms{"A0-XY"});
  EXPECT_EQ(turns.made(acts, {0, 1}), Forms{"A0-AY"});
  EXPECT_EQ(turns.made(acts, {0, 4}), Forms{});
  EXPECT_EQ(turns.made(acts, {4, 0}), Forms{});
}

TEST(Shift, exactly_one_form_is_made_between_two_persons_after_one_act) {
  const Turns turns;
  for (const Dyad before : {Dyad{0, 1}, Dyad{0, 4}})
    for (ActorId i = 0; i < 4; ++i)
      for (ActorId j = 0; j < 4; ++j) {
        if (i == j) continue;
        EXPECT_EQ(turns.made({act(1, before.sender, before.receiver)}, {i, j}).size(), 1U);
      }
}

TEST(Shift, nothing_is_made_before_the_first_act) { EXPECT_EQ(Turns().made({}, {0, 1}), Forms{}); }

TEST(Shift, at_one_moment_any_act_may_be_followed) {
  const Turns turns;
  const std::vector<Event> acts{act(1, 0, 1), act(1, 2, 3)};
  EXPECT_EQ(turns.made(acts, {1, 0}), (Forms{"AB-BA", "AB-XY"}));
  EXPECT_EQ(turns.made(acts, {1, 2}), (Forms{"AB-BY", "AB-XA"}));
}

TEST(Shift, without_directions_both_acts_are_read_either_way) {
  const Turns turns(false);
  const std::vector<Event> acts{act(1, 0, 1)};
  EXPECT_EQ(turns.made(acts, {1, 0}), (Forms{"AB-AB", "AB-BA"}));
  const Forms one_stays{"AB-AY", "AB-BY", "AB-XA", "AB-XB"};
  for (const Dyad next : {Dyad{0, 2}, Dyad{2, 0}, Dyad{1, 2}, Dyad{2, 1}}) EXPECT_EQ(turns.made(acts, next), one_stays);
  EXPECT_EQ(turns.made(acts, {2, 3}), Forms{"AB-XY"});
}

}  // namespace detente::shift_test
