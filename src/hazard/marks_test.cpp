// Marks in one hazard: against the dense oracle, by hand, and as hazards of their own.
#include "hazard/marks.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/event_fit.hpp"
#include "hazard/reference/any_model.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::marks_test {

using reference::RandomModel;

constexpr double tolerance = 1e-9;

RandomModel any_marked(Timing timing, Simultaneous simultaneous) {
  RandomModel options = reference::any_model();
  options.timing = timing;
  options.simultaneous = simultaneous;
  options.tick = *rc::gen::element(1.0, 0.25, 7.0).as("tick");
  options.directed = *rc::gen::element(true, false).as("directed");
  options.at_risk = *rc::gen::element<std::string>("all", "observed", "not_allied").as("at risk");
  options.marks = *rc::gen::element<std::size_t>(2, 3).as("marks");
  return options;
}

void compare(const RandomModel& model_options) {
  const Record record = reference::make_record(reference::any_record({2, 6}, {2, 24}, {0, 6}));
  const Model model = bind_model(reference::make_model(model_options), record);
  const Hazard& hazard = model.hazards.front();
  TieLikelihoodOptions options;
  options.first = *rc::gen::inRange<std::size_t>(1, 4).as("first");
  options.blocks = *rc::gen::inRange<std::size_t>(1, 6).as("blocks");
  options.until = record.events.back().time + *rc::gen::element(0.0, 3.5).as("censored after the last event");
  RC_PRE(options.first <= record.events.size());
  for (const Evaluation evaluation : {Evaluation::automatic, Evaluation::blocked}) {
    options.evaluation = evaluation;
    const TieLikelihood likelihood(record, model, hazard, options);
    const Eigen::VectorXd at = reference::make_coefficients(model_options.seed, likelihood.names().size());
    const Likelihood dense = reference::dense_tie_likelihood(record, model, hazard, {options.first, options.until}, at);
    const Likelihood fast = likelihood(at);
    if (!reference::close(fast, dense,
                          reference::integral_tolerance(model, hazard, likelihood.integral_bound(), tolerance)))
      RC_FAIL(hazard.text.formula.text + ": " + reference::difference(fast, dense));
  }
}

RC_GTEST_PROP(Marks, exact_equals_dense_on_random_records, ()) {
  compare(any_marked(Timing::exact, Simultaneous::breslow));
}

RC_GTEST_PROP(Marks, ordinal_breslow_equals_dense_on_random_records, ()) {
  compare(any_marked(Timing::ordinal, Simultaneous::breslow));
}

RC_GTEST_PROP(Marks, ordinal_efron_equals_dense_on_random_records, ()) {
  compare(any_marked(Timing::ordinal, Simultaneous::efron));
}

Record three_actors() {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  constexpr TypeId help = 1, blame = 2;
  record.events = {{1.0, 0, 1, 1, help, Precision::number, 0, 0},
                   {2.0, 1, 0, 1, blame, Precision::number, 0, 0},
                   {4.0, 0, 1, 1, blame, Precision::number, 0, 0}};
  return record;
}

ModelSpec marked(Timing timing, const std::string& formula) {
  HazardText acts{.name = "acts", .timing = timing, .marks = {{"warm", {"cooperation"}}, {"cold", {"conflict"}}}};
  acts.formula.text = formula;
  return {.tick = 0, .hazards = {acts}};
}

// Six dyads, constant hazards of two marks, observed for 5: n_m log(rate_m) - rate_m x 5 x 6 of each.
TEST(Marks, with_no_effects_are_two_poisson_processes) {
  const Record record = three_actors();
  const Model model = bind_model(marked(Timing::exact, ""), record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {.until = 5});
  EXPECT_EQ(likelihood.names(), (std::vector<std::string>{"baseline [warm]", "baseline [cold]"}));
  const Likelihood value = likelihood(Eigen::Vector2d(std::log(0.2), std::log(0.3)));
  EXPECT_NEAR(value.value, std::log(0.2) - 0.2 * 30 + 2 * std::log(0.3) - 0.3 * 30, 1e-12);
  EXPECT_NEAR(value.gradient(0), 1 - 0.2 * 30, 1e-12);
  EXPECT_NEAR(value.gradient(1), 2 - 0.3 * 30, 1e-12);
  EXPECT_EQ(value.information(0, 1), 0);
  EXPECT_NEAR(likelihood.start()(1), std::log(2 / 30.0), 1e-12);
}

// inertia (any act) of the dyad that acts and of the others, before each event: 0 of all; 0, where 0 -> 1 has 1; 1, where
// 1 -> 0 has 1 too.  Six dyads twice, as warm and as cold acts, of which the cold ones alone feel it.
TEST(Marks, in_ordinal_timing_share_one_choice_of_dyad_and_mark) {
  const Record record = three_actors();
  const Model model = bind_model(marked(Timing::ordinal, "by_mark(inertia)"), record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_EQ(likelihood.names(), (std::vector<std::string>{"baseline [cold]", "inertia [warm]", "inertia [cold]"}));
  const double b = 0.4, warm = -0.3, cold = 0.7;
  const double first = 6 + 6 * std::exp(b);
  const double second = 5 + std::exp(warm) + std::exp(b) * (5 + std::exp(cold));
  const double third = 4 + 2 * std::exp(warm) + std::exp(b) * (4 + 2 * std::exp(cold));
  const double expected = -std::log(first) + b - std::log(second) + b + cold - std::log(third);
  EXPECT_NEAR(likelihood(Eigen::Vector3d(b, warm, cold)).value, expected, 1e-12);
}

// The third event, once the likelihood's numbers are those above.
TEST(Marks, of_an_event_compete_with_all_dyads_and_marks) {
  const Record record = three_actors();
  const Model model = bind_model(marked(Timing::ordinal, "by_mark(inertia)"), record);
  const double b = 0.4, warm = -0.3, cold = 0.7;
  std::vector<EventFit> fits;
  (void)for_each_event_fit(record, model, model.hazards.front(), {.ranks = true}, Eigen::Vector3d(b, warm, cold),
                           [&](const EventFit& fit) { fits.push_back(fit); });
  ASSERT_EQ(fits.size(), 3U);
  const double third = 4 + 2 * std::exp(warm) + std::exp(b) * (4 + 2 * std::exp(cold));
  EXPECT_NEAR(fits[2].log_probability, b + cold - std::log(third), 1e-12);
  EXPECT_EQ(fits[2].x, Eigen::Vector3d(1, 0, 1));
  EXPECT_NEAR(fits[2].mean(1), 2 * std::exp(warm) / third, 1e-12);
  EXPECT_EQ(fits[2].at_risk, 12U);
  EXPECT_EQ(fits[2].rank, 1.5);  // level with its answer
}

// What nothing shares are hazards of their own: values add up, and neither mark's coefficients move the other's.
TEST(Marks, that_share_nothing_are_separate_hazards) {
  const Record record = reference::make_record({.seed = 4, .actors = 6, .events = 120, .ties = 4});
  const std::string terms = "log1p(inertia) + send(size) + reciprocity(all)";
  ModelSpec together = marked(Timing::exact, fmt::format("by_mark({})", terms));
  const Model joint = bind_model(together, record);
  const TieLikelihood all(record, joint, joint.hazards.front(), {});
  const Eigen::VectorXd at = reference::make_coefficients(4, all.names().size());
  const Likelihood value = all(at);
  const MarkPlaces joint_places(joint.hazards.front());
  double sum = 0;
  for (std::size_t mark = 0; mark < 2; ++mark) {
    ModelSpec alone = marked(Timing::exact, terms);
    alone.hazards.front().events = together.hazards.front().marks[mark].events;
    alone.hazards.front().marks.clear();
    const Model model = bind_model(alone, record);
    const TieLikelihood one(record, model, model.hazards.front(), {});
    Eigen::VectorXd theta(4);
    const std::vector<std::size_t>& places = joint_places.of(mark);
    for (std::size_t p = 0; p < 4; ++p) theta(static_cast<Eigen::Index>(p)) = at(static_cast<Eigen::Index>(places[p]));
    const Likelihood part = one(theta);
    sum += part.value;
    for (std::size_t p = 0; p < 4; ++p)
      EXPECT_NEAR(value.gradient(static_cast<Eigen::Index>(places[p])), part.gradient(static_cast<Eigen::Index>(p)),
                  1e-8 * (1 + std::abs(part.gradient(static_cast<Eigen::Index>(p)))));
  }
  EXPECT_NEAR(value.value, sum, 1e-8 * std::abs(sum));
}

TEST(Marks, refuse_what_they_cannot_be) {
  const Record record = three_actors();
  const auto refused = [&](const ModelSpec& spec) {
    try {
      (void)bind_model(spec, record);
    } catch (const Error& error) { return std::string(error.what()); }
    return std::string();
  };
  const auto with = [&](std::vector<MarkText> marks, const std::string& formula = "inertia") {
    ModelSpec spec = marked(Timing::exact, formula);
    spec.hazards.front().marks = std::move(marks);
    return spec;
  };
  const auto says = [&](const ModelSpec& spec, const std::string& what) {
    const std::string message = refused(spec);
    EXPECT_NE(message.find(what), std::string::npos) << message;
  };
  says(with({{"warm", {"cooperation"}}}), "one mark alone");
  says(with({{"warm", {"cooperation"}}, {"all", {"all"}}}), "events of type 'meet' have two marks: 'warm' and 'all'");
  says(with({{"warm", {"cooperation"}}, {"hot", {"conflcit"}}}), "did you mean 'conflict'");
  says(with({}, "by_mark(inertia)"), "the hazard 'acts' has no marks");
  says(marked(Timing::exact, "by_mark(inertia):send(size)"), "by_mark(...) stands alone, not in a product");
  says(marked(Timing::exact, "send(size):by_mark(inertia)"), "by_mark(...) stands alone, not in a product");
  says(marked(Timing::exact, "by_actor(1, of=sender)"), "coefficients by actor or pair and marks");
  ModelSpec rate = marked(Timing::exact, "send(size)");
  rate.hazards.front().kind = HazardKind::rate;
  says(rate, "marks are for kind tie");
  ModelSpec sampled = marked(Timing::ordinal, "inertia");
  sampled.hazards.front().sampling.controls = 5;
  says(sampled, "sampled controls and marks");
  EXPECT_EQ(refused(marked(Timing::exact, "by_mark(inertia) + send(size)")), "");
}

}  // namespace detente::marks_test
