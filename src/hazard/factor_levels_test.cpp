// A factor in a formula stands for one term for each of its levels but one.
#include <gtest/gtest.h>

#include "hazard/model.hpp"
#include "hazard/reference/random_model.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::factor_levels_test {

// camp is red, blue or green; a wing has one level.
Record three_camps() {
  Record record = reference::make_record({.seed = 5, .actors = 6, .events = 20, .passages = false});
  Attribute& camp = record.attributes[1];
  camp.levels.emplace_back("green");
  camp.values[2].value = 2;
  record.attributes.push_back({"wing", {"left"}, {{0, always, 0}}});
  return record;
}

Model bound(const std::string& formula, const Record& record) {
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text = formula;
  return bind_model(spec, record);
}

std::vector<std::string> names_of(const std::string& formula) {
  const Model model = bound(formula, three_camps());
  std::vector<std::string> names;
  for (const Term& term : model.hazards.front().terms) names.push_back(term.name());
  return names;
}

using Names = std::vector<std::string>;

TEST(FactorLevels, are_named_without_the_first) {
  EXPECT_EQ(names_of("inertia + send(camp) + tie"), (Names{"inertia", "send(camp=blue)", "send(camp=green)", "tie"}));
  EXPECT_EQ(names_of("receive(attribute=camp)"), (Names{"receive(camp=blue)", "receive(camp=green)"}));
  EXPECT_EQ(names_of("send(kind)"), (Names{"send(kind=company)", "send(kind=public)"}));
}

TEST(FactorLevels, are_named_without_the_reference_asked_for) {
  EXPECT_EQ(names_of("send( camp ,  reference=blue )"), (Names{"send(camp=red)", "send(camp=green)"}));
  EXPECT_EQ(names_of("send(reference=green, camp)"), (Names{"send(camp=red)", "send(camp=blue)"}));
}

TEST(FactorLevels, multiply_in_products_and_stand_within_transforms) {
  EXPECT_EQ(names_of("send(camp):reciprocity / 2"),
            (Names{"send(camp=blue):reciprocity / 2", "send(camp=green):reciprocity / 2"}));
  EXPECT_EQ(names_of("inertia : sqrt(receive(camp, reference=red))"),
            (Names{"inertia : sqrt(receive(camp=blue))", "inertia : sqrt(receive(camp=green))"}));
  EXPECT_EQ(names_of("send(camp):receive(camp, reference=blue)"),
            (Names{"send(camp=blue):receive(camp=red)", "send(camp=blue):receive(camp=green)",
                   "send(camp=green):receive(camp=red)", "send(camp=green):receive(camp=green)"}));
}

TEST(FactorLevels, stand_among_coefficients_by_actor) {
  const Model model = bound("inertia + by_pair(1 + send(camp))", three_camps());
  EXPECT_EQ(model.hazards.front().random.front().term_names(), (Names{"1", "send(camp=blue)", "send(camp=green)"}));
}

TEST(FactorLevels, have_the_values_of_those_written_out) {
  const Record record = three_camps();
  const Model whole = bound("send(camp) + receive(camp, reference=blue):send(size)", record);
  const Model written = bound(
      "send(camp=blue) + send(camp=green) + receive(camp=red):send(size) + receive(camp=green):send(size)", record);
  Memory memory(record, whole.memory);
  reference::relive(memory, record, 19010);
  ASSERT_EQ(whole.hazards[0].terms.size(), 4U);
  for (std::size_t p = 0; p < 4; ++p)
    for (ActorId i = 0; i < record.actors.size(); ++i)
      for (ActorId j = 0; j < record.actors.size(); ++j)
        EXPECT_EQ(whole.hazards[0].terms[p].value(memory, Dyad{i, j}),
                  written.hazards[0].terms[p].value(memory, Dyad{i, j}));
}

std::string error_of(const std::string& formula, Record record = three_camps()) {
  try {
    (void)bound(formula, record);
  } catch (const Error& error) {
    const Problem& problem = error.problem();
    return problem.what + "|" + problem.expected + "|" + problem.hint + "|" + std::to_string(problem.where.column);
  }
  return "none";
}

TEST(FactorLevels, of_an_unknown_reference_are_refused_with_its_place) {
  EXPECT_EQ(error_of("tie + send(camp, reference=bleu)"),
            "'bleu' is no level of 'camp'|one of: red, blue, green|did you mean 'blue'?|28");
}

TEST(FactorLevels, are_refused_where_there_is_nothing_to_compare) {
  EXPECT_EQ(error_of("send(wing)"), "'wing' has no level but 'left'|a factor with two levels or more||6");
  EXPECT_EQ(error_of("send(size, reference=red)"),
            "'reference' is for a factor as a whole|such as send(camp, reference=red)||22");
  EXPECT_EQ(error_of("send(camp=blue, reference=red)"),
            "'reference' is for a factor as a whole|such as send(camp, reference=red)||27");
  EXPECT_EQ(error_of("sum(tie + send(camp))"),
            "'camp' is a factor|a numeric attribute, or one level|such as send(camp=red)|16");
}

TEST(FactorLevels, that_stand_twice_are_refused) {
  EXPECT_EQ(error_of("send(camp) + send(camp=blue)"), "'send(camp=blue)' stands twice||remove one|14");
}

TEST(FactorLevels, are_at_most_as_many_as_a_hazard_has_effects) {
  Record record = three_camps();
  std::vector<std::string>& levels = record.attributes[1].levels;
  while (levels.size() < most_terms + 1) levels.push_back("c" + std::to_string(levels.size()));
  EXPECT_EQ(error_of("send(camp)", record), "none");
  EXPECT_EQ(error_of("tie + send(camp)", record),
            "a hazard has at most 32 effects||leave out those that matter least|7");
  EXPECT_EQ(
      error_of("send(camp):receive(camp)", record),
      "'send(camp):receive(camp)' stands for 1024 effects, one for each level|at most 32 effects in a hazard|ask for "
      "the levels that matter|1");
}

}  // namespace detente::factor_levels_test
