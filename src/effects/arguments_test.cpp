// What a formula's call may get wrong, and what the user is told.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "effects/catalogue.hpp"

namespace detente::arguments_test {

Record record_with_attributes() {
  Record record;
  record.types = {{"meet", "Meet", QuadClass::verbal_cooperation}};
  record.actors.resize(2);
  record.actors[0].kind = "leader";
  record.actors[1].kind = "public";
  record.attributes = {{"polity", {}, {{0, always, 3}}}, {"camp", {"red", "blue"}, {{0, always, 0}}}};
  record.pair_attributes = {{"trade", {{{0, 1}, always, 3}}}};
  record.series = {{"rate", {{always, 3}}}};
  Tie tie{};
  tie.b = 1;
  tie.kind = "friendship";
  record.ties = {tie};
  return record;
}

MemorySpec two_traces() { return {{{.name = "goodwill"}, {.name = "grievance"}}, {}, 0}; }

FormulaProblem problem_of(const Call& call, MemorySpec memory = two_traces(), Clock clock = Clock::calendar) {
  Record record = record_with_attributes();
  record.clock = clock;
  BindContext context = make_bind_context(record, memory);
  try {
    (void)bind_effect(call, context);
  } catch (const FormulaProblem& problem) { return problem; }
  return {"no problem", 0, "", ""};
}

TEST(Arguments, an_unknown_effect_is_named_with_a_near_one) {
  const FormulaProblem problem = problem_of({"inertja", 4, {}});
  EXPECT_EQ(problem.what, "there is no effect 'inertja'");
  EXPECT_EQ(problem.hint, "did you mean 'inertia'?");
  EXPECT_EQ(problem.position, 4U);
  EXPECT_EQ(problem_of({"qqqqqqqqqqqq", 0, {}}).hint, "`detente effects` lists them");
}

TEST(Arguments, an_unknown_trace_is_named_with_those_there_are) {
  const FormulaProblem problem = problem_of({"inertia", 0, {{"", "godwill", 8}}});
  EXPECT_EQ(problem.what, "there is no trace 'godwill'");
  EXPECT_EQ(problem.expected, "one of: goodwill, grievance");
  EXPECT_EQ(problem.hint, "did you mean 'goodwill'?");
  EXPECT_EQ(problem.position, 8U);
  EXPECT_EQ(problem_of({"inertia", 0, {{"", "zzzzzzz", 8}}}).hint, "traces are declared in the model's [traces] table");
}

TEST(Arguments, a_trace_left_out_must_exist_by_its_default_name) {
  const FormulaProblem problem = problem_of({"inertia", 3, {}});
  EXPECT_EQ(problem.what, "'inertia' needs to be told which trace to read");
  EXPECT_EQ(problem.expected, "one of: goodwill, grievance");
  EXPECT_EQ(problem.position, 3U);
}

TEST(Arguments, an_unknown_argument_is_named_with_those_there_are) {
  const FormulaProblem problem = problem_of({"in_degree", 0, {{"", "goodwill", 10}, {"off", "sender", 24}}});
  EXPECT_EQ(problem.what, "'in_degree' takes no argument 'off'");
  EXPECT_EQ(problem.expected, "trace, of, unique");
  EXPECT_EQ(problem.hint, "did you mean 'of'?");
  EXPECT_EQ(problem_of({"inertia", 0, {{"", "goodwill", 8}, {"", "grievance", 18}}}).what,
            "'inertia' takes no argument 'grievance'");
}

TEST(Arguments, a_vector_is_all_attributes_of_one_name) {
  const auto problem = [](const std::vector<Attribute>& attributes, const std::string& vector) {
    Record record = record_with_attributes();
    record.attributes = attributes;
    MemorySpec memory = two_traces();
    BindContext context = make_bind_context(record, memory);
    try {
      const auto effect = bind_effect({"distance", 0, {{"", vector, 9}}}, context);
      std::vector<AttributeId> read;
      effect->attributes(read);
      EXPECT_EQ(read, (std::vector<AttributeId>{1, 3}));
    } catch (const FormulaProblem& found) { return found; }
    return FormulaProblem{"no problem", 0, "", ""};
  };
  const Attribute other{"polity", {}, {}};
  EXPECT_EQ(problem({{"view.left", {}, {}}, other, {"view.right", {}, {}}}, "view").what, "no problem");
  EXPECT_EQ(problem({{"view.2", {}, {}}, other, {"view.1", {}, {}}}, "view").what, "no problem");
  EXPECT_EQ(problem({{"view.1", {}, {}}, other, {"view.2", {}, {}}, {"view.2_missing", {}, {}}}, "view").what,
            "no problem");
  const FormulaProblem gap = problem({{"view.1", {}, {}}, other, {"view.3", {}, {}}}, "view");
  EXPECT_EQ(gap.what, "the vector 'view' has no component 'view.2'");
  EXPECT_EQ(gap.expected, "components numbered from view.1 on, without a gap");
  EXPECT_EQ(gap.position, 9U);
  EXPECT_EQ(problem({{"view.1", {}, {}}, {"view.2", {"red", "blue"}, {}}}, "view").what, "'view.2' is a factor");
  const FormulaProblem near = problem({{"view.1", {}, {}}}, "vieu");
  EXPECT_EQ(near.what, "there is no vector 'vieu'");
  EXPECT_EQ(near.expected, "one of: view");
  EXPECT_EQ(near.hint, "did you mean 'view'?");
  EXPECT_EQ(problem({other}, "polity").expected, "attributes polity.1, polity.2, ... or polity.COMPONENT");
  EXPECT_EQ(problem_of({"distance", 3, {}}).what, "'distance' needs a vector");
}

TEST(Arguments, an_argument_stands_once) {
  const FormulaProblem problem = problem_of({"inertia", 0, {{"", "goodwill", 8}, {"trace", "grievance", 24}}});
  EXPECT_EQ(problem.what, "'inertia' is told its trace twice");
  EXPECT_EQ(problem.position, 24U);
  EXPECT_EQ(problem_of({"send", 0, {{"kind", "leader", 10}, {"camp", "red", 23}}}).what,
            "'send' is told its attribute twice");
}

TEST(Arguments, one_without_a_name_takes_the_first_free_place) {
  const Record record = record_with_attributes();
  MemorySpec memory = two_traces();
  BindContext context = make_bind_context(record, memory);
  (void)bind_effect({"friend_of_enemy", 0, {{"goodwill", "grievance"}, {"", "goodwill"}}}, context);
  EXPECT_EQ(memory.two_paths.front().second, 1U);  // the friends' trace, as named
  EXPECT_EQ(memory.two_paths.front().first, 0U);
}

TEST(Arguments, a_flags_name_as_a_value_is_a_value) {
  EXPECT_EQ(problem_of({"otp", 0, {{"trace", "unique", 10}}}).what, "there is no trace 'unique'");
}

TEST(Arguments, a_choice_is_one_of_its_choices) {
  const FormulaProblem problem = problem_of({"in_degree", 0, {{"", "goodwill", 10}, {"of", "reciever", 23}}});
  EXPECT_EQ(problem.what, "'of' cannot be 'reciever'");
  EXPECT_EQ(problem.expected, "one of: sender, receiver");
  EXPECT_EQ(problem.hint, "did you mean 'receiver'?");
}

TEST(Arguments, a_kind_of_actor_is_one_of_the_record_or_the_default) {
  const FormulaProblem problem =
      problem_of({"shift", 0, {{"", "A0-X0", 6}, {"", "goodwill", 13}, {"group", "pubic", 23}}});
  EXPECT_EQ(problem.what, "there is no kind of actor 'pubic'");
  EXPECT_EQ(problem.expected, "one of: leader, public");
  EXPECT_EQ(problem.hint, "did you mean 'public'?");
  EXPECT_EQ(problem.position, 23U);
  EXPECT_EQ(problem_of({"shift", 0, {{"", "A0-X0", 6}, {"", "goodwill", 13}, {"group", "group", 23}}}).what,
            "no problem");
}

TEST(Arguments, a_cap_is_not_below_zero) {
  const FormulaProblem problem = problem_of({"change", 0, {{"", "polity", 7}, {"over", "9", 15}, {"cap", "-1", 23}}});
  EXPECT_EQ(problem.what, "'cap' of 'change' is below 0");
  EXPECT_EQ(problem.position, 23U);
  EXPECT_EQ(problem.expected, "0 or a number above it");
  EXPECT_EQ(problem_of({"change", 0, {{"", "polity", 7}, {"over", "9", 15}, {"cap", "0", 23}}}).what, "no problem");
  EXPECT_EQ(problem_of({"change", 0, {{"", "polity", 7}, {"over", "9", 15}}}).what, "no problem");
}

TEST(Arguments, how_legs_combine_is_told_once) {
  const FormulaProblem problem =
      problem_of({"otp", 0, {{"", "goodwill", 4}, {"", "unique", 14}, {"combine", "sum", 30}}});
  EXPECT_EQ(problem.what, "'otp' is told both 'unique' and 'combine'");
  EXPECT_EQ(problem.position, 30U);
  EXPECT_EQ(problem.expected, "one of them");
  EXPECT_EQ(problem.hint, "remove 'unique'");
}

TEST(Arguments, a_second_leg_without_a_trace_reads_that_of_the_first) {
  const Record record = record_with_attributes();
  MemorySpec memory = two_traces();
  BindContext context = make_bind_context(record, memory);
  (void)bind_effect({"isp", 0, {{"", "grievance"}}}, context);
  (void)bind_effect({"isp", 0, {{"", "grievance"}, {"", "goodwill"}}}, context);
  EXPECT_EQ(memory.two_paths[0].second, 1U);
  EXPECT_EQ(memory.two_paths[1].first, 1U);
  EXPECT_EQ(memory.two_paths[1].second, 0U);
}

TEST(Arguments, an_attribute_must_be_given) {
  const FormulaProblem problem = problem_of({"same", 7, {}});
  EXPECT_EQ(problem.what, "'same' needs an attribute");
  EXPECT_EQ(problem.expected, "such as same(kind)");
  EXPECT_EQ(problem.position, 7U);
}

TEST(Arguments, an_attribute_must_be_one_of_the_record) {
  const FormulaProblem problem = problem_of({"send", 0, {{"", "polty", 5}}});
  EXPECT_EQ(problem.what, "there is no attribute 'polty'");
  EXPECT_EQ(problem.expected, "one of: kind, polity, camp");
  EXPECT_EQ(problem.hint, "did you mean 'polity'?");
}

TEST(Arguments, a_level_must_be_one_of_its_attribute) {
  const FormulaProblem problem = problem_of({"send", 0, {{"kind", "leeder", 10}}});
  EXPECT_EQ(problem.what, "'leeder' is no level of 'kind'");
  EXPECT_EQ(problem.expected, "one of: leader, public");
  EXPECT_EQ(problem.hint, "did you mean 'leader'?");
  EXPECT_EQ(problem_of({"send", 0, {{"polity", "3", 12}}}).expected, "a factor: this attribute is numeric");
}

TEST(Arguments, a_factor_is_no_number) {
  const FormulaProblem problem = problem_of({"send", 0, {{"", "kind", 5}}});
  EXPECT_EQ(problem.what, "'kind' is a factor");
  EXPECT_EQ(problem.expected, "a numeric attribute, or one level");
  EXPECT_EQ(problem.hint, "such as send(kind=leader)");
  EXPECT_EQ(problem.position, 5U);
  EXPECT_EQ(problem_of({"abs_difference", 0, {{"", "camp", 15}}}).hint, "same(camp) compares its levels");
  EXPECT_EQ(problem_of({"same", 0, {{"", "camp", 5}}}).what, "no problem");
}

TEST(Arguments, a_kind_of_tie_is_one_of_the_record_or_a_known_one) {
  const FormulaProblem problem = problem_of({"tie", 0, {{"", "aliance", 4}}});
  EXPECT_EQ(problem.what, "there is no kind of tie 'aliance'");
  EXPECT_EQ(problem.hint, "did you mean 'alliance'?");
  EXPECT_EQ(problem_of({"tie", 0, {{"", "friendship", 4}}}).what, "no problem");
  EXPECT_EQ(problem_of({"tie", 0, {{"kind", "board", 9}}}).what, "no problem");
}

TEST(Arguments, numbers_of_pairs_and_times_are_those_of_the_record) {
  EXPECT_EQ(problem_of({"of_pair", 2, {}}).what, "'of_pair' needs an attribute of pairs");
  const FormulaProblem pair = problem_of({"of_pair", 0, {{"", "trede", 8}}});
  EXPECT_EQ(pair.what, "pairs have no attribute 'trede'");
  EXPECT_EQ(pair.expected, "one of: trade");
  EXPECT_EQ(pair.hint, "did you mean 'trade'?");
  EXPECT_EQ(problem_of({"of_pair", 0, {{"", "trade", 8}, {"", "both", 15}}}).what, "no problem");
  EXPECT_EQ(problem_of({"series", 2, {}}).what, "'series' needs a series");
  EXPECT_EQ(problem_of({"series", 0, {{"", "rat", 7}}}).what, "there is no series 'rat'");
  EXPECT_EQ(problem_of({"series", 0, {{"", "rate", 7}}}).what, "no problem");
}

TEST(Arguments, a_day_or_month_must_be_said_and_needs_a_calendar) {
  EXPECT_EQ(problem_of({"weekday", 2, {}}).what, "'weekday' needs a day");
  EXPECT_EQ(problem_of({"month", 2, {}}).what, "'month' needs a month");
  const FormulaProblem day = problem_of({"weekday", 0, {{"", "sunday", 8}}});
  EXPECT_EQ(day.what, "'day' cannot be 'sunday'");
  EXPECT_EQ(day.expected, "one of: mon, tue, wed, thu, fri, sat, sun, weekend");
  EXPECT_EQ(problem_of({"weekday", 0, {{"", "sun", 8}}}).what, "no problem");
  for (const char* effect : {"weekday", "month"}) {
    const FormulaProblem problem =
        problem_of({effect, 0, {{"", effect == std::string("month") ? "2" : "sun", 6}}}, two_traces(), Clock::number);
    EXPECT_EQ(problem.what, fmt::format("'{}' needs a calendar", effect));
  }
  EXPECT_EQ(problem_of({"time", 0, {{"since", "2020-01", 6}}}).what, "'2020-01' is no moment of this record");
  EXPECT_EQ(problem_of({"time", 0, {{"since", "2020-01-31", 6}}}).what, "no problem");
  EXPECT_EQ(problem_of({"time", 0, {{"since", "2020-01-31", 6}}}, two_traces(), Clock::number).expected, "a number");
}

TEST(Arguments, every_example_of_the_catalogue_names_its_effect) {
  for (const CatalogueEntry& entry : catalogue()) {
    EXPECT_TRUE(entry.doc->example.starts_with(entry.doc->name)) << entry.doc->name;
    EXPECT_FALSE(entry.doc->summary.empty()) << entry.doc->name;
    EXPECT_FALSE(entry.doc->formula.empty()) << entry.doc->name;
  }
}

TEST(Arguments, two_effects_that_ask_for_one_two_path_share_it) {
  const Record record = record_with_attributes();
  MemorySpec memory = two_traces();
  BindContext context = make_bind_context(record, memory);
  const auto one = bind_effect({"shared_ally", 0, {{"", "goodwill"}}}, context);
  const auto two = bind_effect({"shared_enemy", 0, {{"", "goodwill"}}}, context);
  EXPECT_EQ(memory.two_paths.size(), 1U);
}

}  // namespace detente::arguments_test
