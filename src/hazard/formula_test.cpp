// Formulas: what is read, what is refused and where the caret stands; transforms and interactions of what they name.
#include "hazard/formula.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/model.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::formula_test {

FormulaProblem problem_of(std::string_view text) {
  try {
    (void)parse_formula(text);
  } catch (const FormulaProblem& problem) { return problem; }
  return {"no problem", 0, "", ""};
}

TEST(Formula, empty_has_no_terms) {
  EXPECT_TRUE(parse_formula("").terms.empty());
  EXPECT_TRUE(parse_formula(" \n\t").terms.empty());
}

TEST(Formula, reads_terms_calls_and_arguments) {
  const auto terms = parse_formula("inertia + in_degree(spotlight, of=receiver)\n + tie( )").terms;
  ASSERT_EQ(terms.size(), 3U);
  EXPECT_EQ(terms[0].text, "inertia");
  EXPECT_EQ(terms[1].text, "in_degree(spotlight, of=receiver)");
  EXPECT_EQ(terms[1].position, 10U);
  const Call& call = terms[1].factors.front().call;
  EXPECT_EQ(call.name, "in_degree");
  ASSERT_EQ(call.arguments.size(), 2U);
  EXPECT_EQ(call.arguments[0].key, "");
  EXPECT_EQ(call.arguments[0].value, "spotlight");
  EXPECT_EQ(call.arguments[0].position, 20U);
  EXPECT_EQ(call.arguments[1].key, "of");
  EXPECT_EQ(call.arguments[1].value, "receiver");
  EXPECT_TRUE(terms[2].factors.front().call.arguments.empty());
}

TEST(Formula, reads_transforms_and_interactions) {
  const auto terms = parse_formula("log1p(inertia(a)) : sqrt( tie )").terms;
  ASSERT_EQ(terms.size(), 1U);
  ASSERT_EQ(terms[0].factors.size(), 2U);
  EXPECT_EQ(terms[0].factors[0].transform, Transform::log1p);
  EXPECT_EQ(terms[0].factors[1].transform, Transform::sqrt);
  EXPECT_EQ(terms[0].factors[1].call.name, "tie");
}

TEST(Formula, reads_terms_of_actors_and_pairs) {
  const FormulaSyntax formula =
      parse_formula("inertia + by_actor(1 + log1p(reciprocity):tie, of=receiver, correlated) + by_pair( 1 )");
  ASSERT_EQ(formula.terms.size(), 1U);
  ASSERT_EQ(formula.random.size(), 2U);
  const RandomSyntax& actors = formula.random.front();
  EXPECT_EQ(actors.text, "by_actor(1 + log1p(reciprocity):tie, of=receiver, correlated)");
  EXPECT_TRUE(actors.intercept);
  EXPECT_TRUE(actors.correlated);
  EXPECT_EQ(actors.of, "receiver");
  ASSERT_EQ(actors.slopes.size(), 1U);
  EXPECT_EQ(actors.slopes.front().text, "log1p(reciprocity):tie");
  EXPECT_TRUE(formula.random.back().by_pair);
  EXPECT_TRUE(formula.random.back().slopes.empty());
}

TEST(Formula, reads_terms_by_mark_in_their_place) {
  const std::vector<TermSyntax> terms = parse_formula("inertia + by_mark(tie + reciprocity / 2) + otp").terms;
  ASSERT_EQ(terms.size(), 4U);
  const std::vector<bool> by_mark{false, true, true, false};
  for (std::size_t k = 0; k < terms.size(); ++k) EXPECT_EQ(terms[k].by_mark, by_mark[k]) << terms[k].text;
  EXPECT_EQ(terms[2].text, "reciprocity / 2");
  EXPECT_EQ(problem_of("by_mark()").expected, "the name of an effect");
  EXPECT_EQ(problem_of("by_mark(tie").expected, "'+' or ')'");
  EXPECT_EQ(problem_of("by_actor(by_mark(tie))").what, "by_mark does not go into by_actor");
}

TEST(Formula, refuses_terms_of_actors_that_make_no_sense) {
  EXPECT_EQ(problem_of("by_actor(1 + 1)").what, "'1' stands twice");
  EXPECT_EQ(problem_of("by_actor(1 + 1)").position, 13U);
  EXPECT_EQ(problem_of("by_actor(tie + 1 + tie)").what, "'tie' stands twice");
  EXPECT_EQ(problem_of("by_actor(by_pair(1))").what, "by_pair does not go into by_actor");
  EXPECT_EQ(problem_of("by_actor(1):tie").what, "by_actor(...) stands alone, not in a product");
  EXPECT_EQ(problem_of("tie:by_actor(1)").what, "by_actor(...) stands alone, not in a product");
  EXPECT_EQ(problem_of("by_actor(1, of=nobody)").what, "'of=nobody' is no option of by_actor");
  EXPECT_EQ(problem_of("by_pair(1, of=sender)").expected, "correlated");
  EXPECT_EQ(problem_of("by_actor()").expected, "the name of an effect");
  EXPECT_EQ(problem_of("by_actor 1").expected, "'(' after by_actor");
  EXPECT_EQ(problem_of("by_actor(1").what, "the formula ends too early");
}

TEST(Formula, binds_terms_of_actors_to_what_a_hazard_has) {
  const Record record = reference::make_record({});
  const auto problem_with = [&](const std::string& formula, HazardKind kind, bool directed = true) -> std::string {
    ModelSpec spec = reference::make_model({.kind = kind});
    spec.directed = directed;
    spec.hazards.front().formula.text = formula;
    try {
      (void)bind_model(spec, record);
    } catch (const Error& error) { return error.problem().what; }
    return "";
  };
  EXPECT_EQ(problem_with("by_actor(1) + by_actor(1, of=receiver) + by_pair(1)", HazardKind::tie), "");
  EXPECT_EQ(problem_with("by_actor(1) + by_actor(1 + tie)", HazardKind::tie), "'1' stands in 'by_actor(1)' already");
  EXPECT_EQ(problem_with("by_actor(1, of=receiver)", HazardKind::end), "a tie has no sender and no receiver");
  EXPECT_EQ(problem_with("by_actor(1, of=sender)", HazardKind::tie, false),
            "events of an undirected model have no sender");
  EXPECT_EQ(problem_with("by_actor(1 + inertai)", HazardKind::tie), "there is no effect 'inertai'");
}

TEST(Formula, refuses_with_the_place_of_the_character) {
  EXPECT_EQ(problem_of("inertia +").position, 9U);
  EXPECT_EQ(problem_of("inertia +").what, "the formula ends too early");
  EXPECT_EQ(problem_of("inertia + + tie").position, 10U);
  EXPECT_EQ(problem_of("inertia(").expected, "an argument");
  EXPECT_EQ(problem_of("inertia(a").expected, "',' or ')'");
  EXPECT_EQ(problem_of("inertia(of=)").expected, "a value");
  EXPECT_EQ(problem_of("inertia tie").position, 8U);
  EXPECT_EQ(problem_of("log1p inertia").expected, "'(' after log1p");
  EXPECT_EQ(problem_of("log1p(inertia").expected, "')'");
  EXPECT_EQ(problem_of("inertia:").position, 8U);
  EXPECT_EQ(problem_of("2 * inertia").position, 2U);
  EXPECT_EQ(problem_of("\x01").what, "unexpected '\\x01'");
}

TEST(Formula, the_caret_stands_under_the_character_of_its_line) {
  const Error error = formula_error({"bad", 14, "", ""}, "inertia\n + recipro", {"model.toml", 7, 0});
  EXPECT_EQ(error.problem().excerpt, " + recipro\n      ^");
  EXPECT_EQ(error.problem().where.line, 8U);
  EXPECT_EQ(error.problem().where.column, 7U);
  const Error at_end = formula_error({"bad", 9, "", ""}, "inertia +", {"--formula", 0, 0});
  EXPECT_EQ(at_end.problem().excerpt, "inertia +\n         ^");
}

RC_GTEST_PROP(Formula, any_text_gives_terms_or_a_problem_within_it, ()) {
  const std::string alphabet = "ab1(),=:+ \n\t_-.\x80\xff\"{}log1p sqrt";
  const auto letters = *rc::gen::container<std::string>(rc::gen::elementOf(alphabet));
  for (const std::string& text : {letters, *rc::gen::arbitrary<std::string>()}) {
    try {
      for (const TermSyntax& term : parse_formula(text).terms) RC_ASSERT(!term.factors.empty());
    } catch (const FormulaProblem& problem) {
      RC_ASSERT(problem.position <= text.size());
      RC_ASSERT(!problem.what.empty());
      (void)formula_error(problem, text, {});
    }
  }
}

RC_GTEST_PROP(Formula, what_was_read_reads_the_same_again, ()) {
  const auto formula =
      reference::make_model({.seed = *rc::gen::arbitrary<std::uint64_t>(), .terms = 4}).hazards.front().formula.text;
  for (const TermSyntax& term : parse_formula(formula).terms) {
    const auto again = parse_formula(term.text).terms;
    RC_ASSERT(again.size() == 1U);
    RC_ASSERT(again.front().text == term.text);
    RC_ASSERT(again.front().factors.size() == term.factors.size());
  }
}

// Values of one-term formulas after a few events.
class Terms : public testing::Test {
 protected:
  double value(const std::string& formula, Dyad dyad) {
    ModelSpec spec = reference::make_model({});
    spec.hazards.front().formula.text = formula;
    const Model model = bind_model(spec, record_);
    Memory memory(record_, model.memory);
    reference::relive(memory, record_, 19030);
    return model.hazards.front().terms.front().value(memory, dyad);
  }
  Record record_ = reference::make_record({.seed = 12, .actors = 3, .events = 60, .passages = false});
};

TEST_F(Terms, transforms_are_odd) {
  for (const Dyad d : {Dyad{0, 1}, Dyad{1, 2}, Dyad{2, 0}}) {
    const double x = value("ledger(goodwill)", d);
    ASSERT_NE(x, 0);
    EXPECT_DOUBLE_EQ(value("log1p(ledger(goodwill))", d), std::copysign(std::log(1 + std::abs(x)), x));
    EXPECT_DOUBLE_EQ(value("log1p(ledger(goodwill))", reversed(d)), -value("log1p(ledger(goodwill))", d));
    EXPECT_DOUBLE_EQ(value("sqrt(ledger(goodwill))", d), std::copysign(std::sqrt(std::abs(x)), x));
    EXPECT_DOUBLE_EQ(value("sqrt(ledger(goodwill))", reversed(d)), -value("sqrt(ledger(goodwill))", d));
  }
}

TEST_F(Terms, interactions_are_products) {
  const Dyad d{0, 2};
  EXPECT_DOUBLE_EQ(value("inertia:log1p(out_degree):send(size)", d),
                   value("inertia", d) * value("log1p(out_degree)", d) * value("send(size)", d));
}

TEST_F(Terms, a_tie_reads_the_mean_of_both_ways) {
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text = "inertia:send(size)";
  const Model model = bind_model(spec, record_);
  Memory memory(record_, model.memory);
  reference::relive(memory, record_, 19030);
  const Term& term = model.hazards.front().terms.front();
  EXPECT_DOUBLE_EQ(term.value_both_ways(memory, memory.link({0, 1})),
                   (term.value(memory, {0, 1}) + term.value(memory, {1, 0})) / 2);
}

std::string error_of(const ModelSpec& spec) {
  const Record record = reference::make_record({});
  try {
    (void)bind_model(spec, record);
  } catch (const Error& error) {
    return error.problem().what + "|" + error.problem().excerpt + "|" + error.problem().hint;
  }
  return "none";
}

TEST(Model, an_unknown_effect_is_shown_in_its_formula) {
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text = "inertia + recipro";
  EXPECT_EQ(error_of(spec), "there is no effect 'recipro'|inertia + recipro\n          ^|`detente effects` lists them");
}

TEST(Model, a_term_stands_once) {
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text = "inertia + tie + inertia";
  EXPECT_EQ(error_of(spec), "'inertia' stands twice|inertia + tie + inertia\n                ^|remove one");
}

TEST(Model, has_at_most_as_many_effects_as_sums_have_room_for) {
  ModelSpec spec = reference::make_model({});
  std::string& formula = spec.hazards.front().formula.text;
  std::string term = formula = "tie";
  for (std::size_t k = 1; k < most_terms; ++k) formula += " + " + (term += ":tie");
  EXPECT_EQ(error_of(spec), "none");
  formula += " + reciprocity";
  const std::string message = error_of(spec);  // with the end of the formula, where the term too many stands
  EXPECT_TRUE(message.starts_with("a hazard has at most 32 effects|... ")) << message;
  EXPECT_NE(message.find("+ reciprocity\n"), std::string::npos) << message;
  EXPECT_TRUE(message.ends_with(" ^|leave out those that matter least")) << message;
}

TEST(Model, unknown_events_are_named) {
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().events = {"conflikt"};
  EXPECT_EQ(error_of(spec), "unknown events 'conflikt'||did you mean 'conflict'?");
  spec.hazards.front().events = {"all"};
  spec.traces.front().events = {"blamed"};
  EXPECT_EQ(error_of(spec), "unknown events 'blamed'||did you mean 'blame'?");
}

TEST(Model, a_hazard_of_ties_that_end_needs_a_tick) {
  const Record record = reference::make_record({.clock = Clock::number});
  ModelSpec spec = reference::make_model({.kind = HazardKind::end});
  try {
    (void)bind_model(spec, record);
    FAIL();
  } catch (const Error& error) { EXPECT_TRUE(error.problem().hint.starts_with("[clock] tick = ")); }
  spec.tick = 0.5;
  EXPECT_EQ(bind_model(spec, record).hazards.size(), 1U);
}

TEST(Model, says_which_terms_do_not_factor) {
  const Record record = reference::make_record({});
  ModelSpec spec = reference::make_model({});
  spec.hazards.front().formula.text =
      "inertia + same(camp) + inertia:same(camp) + abs_difference(size) + "
      "out_degree:in_degree(of=receiver)";
  Model model = bind_model(spec, record);
  Hazard& hazard = model.hazards.front();
  EXPECT_EQ(hazard.blocked_terms(), (std::vector<std::string>{"out_degree:in_degree(of=receiver)"}));
  hazard.actors = 100'000;  // a table of pairs of numbers would be too large, one of pairs of camps is not
  EXPECT_EQ(hazard.blocked_terms(),
            (std::vector<std::string>{"abs_difference(size)", "out_degree:in_degree(of=receiver)"}));
}

}  // namespace detente::formula_test
