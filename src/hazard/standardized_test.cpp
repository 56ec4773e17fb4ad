// std(term): against closed forms, and against the dense oracle on any risk set, in any kind of hazard of events.
#include "hazard/standardized.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <thread>

#include "hazard/dyad_reader.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/reference/random_model.hpp"
#include "hazard/replay.hpp"
#include "hazard/risk_sums.hpp"
#include "hazard/row_table.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::standardized_test {

using reference::RandomModel;

constexpr double tolerance = 1e-8;  // a difference from a mean loses digits where all are nearly alike

// Actors come and go, ties change, events share their times.
Record any_record() { return reference::make_record(reference::any_record({2, 6}, {2, 16}, {0, 6})); }

std::string any_formula(HazardKind kind) {
  using Words = std::vector<std::string>;
  static const Words of_dyads{"std(inertia)",
                              "std(log1p(in_degree(of=receiver)))",
                              "std(reciprocity(grievance)) + std(inertia(goodwill)) + tie(alliance)",
                              "log1p(std(inertia)):in_degree(of=receiver) + recency",
                              "inertia:std(abs_difference(size))",
                              "std(otp(unique)) / 2 + std(tie(alliance))",
                              "sum(std(inertia(spotlight)) + std(receive(size)))",
                              "std(sum(inertia(goodwill) + receive(camp=blue)))",
                              "std(std(recency):receive(size)) + attention_share(of=receiver)"};
  static const Words of_ties{"std(out_degree)", "std(send(size)) + std(total_degree(goodwill))"};
  static const Words of_senders{"std(out_degree(spotlight))", "std(send(size)) + std(log1p(in_degree))",
                                "std(attention_share(goodwill)) + send(size)",
                                "send(size):std(total_degree(goodwill))"};
  if (kind == HazardKind::rate) return *rc::gen::elementOf(of_senders).as("formula");
  Words all = of_dyads;
  if (kind == HazardKind::tie) all.insert(all.end(), of_ties.begin(), of_ties.end());
  return *rc::gen::elementOf(all).as("formula");
}

ModelSpec any_spec(HazardKind kind, Timing timing, const Record& record) {
  RandomModel options{.kind = kind, .timing = timing};
  options.seed = *rc::gen::inRange<std::uint64_t>(1, 50).as("seed of the model");
  options.tick = *rc::gen::element(1.0, 0.25, 7.0).as("tick");
  if (kind != HazardKind::rate)
    options.at_risk =
        *rc::gen::element<std::string>("all", "observed", "allied", "not_allied", "not tie(alliance)", "dyads.csv")
             .as("risk set");
  if (kind == HazardKind::tie) {
    options.directed = *rc::gen::arbitrary<bool>().as("directed");
    if (timing == Timing::ordinal)
      options.simultaneous = *rc::gen::element(Simultaneous::breslow, Simultaneous::efron).as("simultaneous");
  }
  ModelSpec spec = reference::make_model(options, record);
  spec.hazards.front().formula.text = any_formula(kind);
  return spec;
}

void compare_likelihoods(HazardKind kind, Timing timing) {
  const Record record = any_record();
  const ModelSpec spec = any_spec(kind, timing, record);
  const Model model = bind_model(spec, record);
  const Hazard& hazard = model.hazards.front();
  TieLikelihoodOptions options;
  options.first = *rc::gen::inRange<std::size_t>(1, 3).as("first");
  options.blocks = *rc::gen::inRange<std::size_t>(1, 4).as("blocks");
  const TieLikelihood likelihood(record, model, hazard, options);
  const Eigen::VectorXd at = reference::make_coefficients(7, likelihood.names().size());
  const Likelihood expected =
      reference::dense_tie_likelihood(record, model, hazard, {options.first, options.until}, at);
  const Likelihood value = likelihood(at);
  if (!reference::close(value, expected,
                        reference::integral_tolerance(model, hazard, likelihood.integral_bound(), tolerance)))
    RC_FAIL(fmt::format("{} at risk {}: {}", hazard.text.formula.text, hazard.risk_set.rule(),
                        reference::difference(value, expected)));
}

RC_GTEST_PROP(Standardized, ordinal_likelihood_equals_dense_on_any_risk_set, ()) {
  compare_likelihoods(HazardKind::tie, Timing::ordinal);
}

RC_GTEST_PROP(Standardized, exact_likelihood_equals_dense_on_any_risk_set, ()) {
  compare_likelihoods(HazardKind::tie, Timing::exact);
}

RC_GTEST_PROP(Standardized, likelihood_of_a_choice_equals_dense_on_any_risk_set, ()) {
  compare_likelihoods(HazardKind::choice, Timing::ordinal);
}

RC_GTEST_PROP(Standardized, likelihood_of_a_rate_equals_dense, ()) {
  compare_likelihoods(HazardKind::rate, *rc::gen::element(Timing::ordinal, Timing::exact).as("timing"));
}

// What a simulation, a table, a sample of controls and an explanation read, as events and ties change it.
RC_GTEST_PROP(Standardized, one_dyad_the_total_and_a_draw_are_those_of_the_dense_risk_set, ()) {
  const Record record = any_record();
  const ModelSpec spec = any_spec(HazardKind::tie, Timing::ordinal, record);
  const Model model = bind_model(spec, record);
  const Hazard& hazard = model.hazards.front();
  const Eigen::VectorXd theta = reference::make_coefficients(3, hazard.terms.size());
  const reference::NaiveTerms terms(hazard.text.formula.text, model.memory.traces, hazard);
  MemorySpec without_sums = model.memory;
  without_sums.maintain_two_paths = false;
  Memory memory(record, model.memory), plain(record, without_sums);
  const auto sums = make_risk_sums(hazard, memory, Evaluation::automatic, Keep::rate);
  DyadReader reader(hazard);
  Replay replay(record, 0, never, hazard.risk_set.turns());
  for (Moment moment; replay.next(moment);) {
    for (Memory* one : {&memory, &plain}) {
      enter(*one, moment);
      for (const Event& event : moment.events) one->apply(event);
    }
    const auto history = reference::after_events(record, moment.time, model.memory.tick.length(), spec.directed);
    sums->refresh(memory, std::span(theta.data(), hazard.terms.size()));
    const double total = reference::dense_moments(hazard, terms, history, theta)(0, 0);
    RC_ASSERT(std::abs(sums->total_rate() - total) <= tolerance * (1 + total));
    std::vector<Dyad> dyads;
    RiskList list(hazard.risk_set);
    list.refresh(memory);
    for_each_at_risk(hazard.risk_set, list, memory, [&](Dyad dyad) { dyads.push_back(dyad); });
    if (!dyads.empty()) RC_ASSERT(hazard.risk_set.contains(memory, sums->locate(0.5)));
    std::vector<double> all, x(hazard.terms.size());
    reader.read(plain, dyads, all);
    for (std::size_t k = 0; k < dyads.size(); ++k) {
      const Dyad dyad = dyads[k];
      Eigen::VectorXd expected = terms(history, dyad.sender, dyad.receiver);
      if (!spec.directed) expected = (expected + terms(history, dyad.receiver, dyad.sender)) / 2;
      fill_terms(hazard, memory, dyad, x);
      for (std::size_t p = 0; p < x.size(); ++p) {
        const double wanted = expected(static_cast<Eigen::Index>(p));
        RC_ASSERT(std::abs(x[p] - wanted) <= tolerance * (1 + std::abs(wanted)));
        RC_ASSERT(std::abs(all[p * dyads.size() + k] - wanted) <= tolerance * (1 + std::abs(wanted)));
      }
    }
    memory.clear_touched();
  }
}

Record three_actors() {
  Record record =
      reference::make_record({.clock = Clock::number, .actors = 3, .events = 0, .ties = 0, .passages = false});
  for (const Time time : {1.0, 2.5, 4.0}) record.events.push_back(Event{time, 0, 1, 1, 0, Precision::number, 0, 0});
  return record;
}

Model of_formula(const Record& record, const std::string& formula, HazardKind kind = HazardKind::tie,
                 bool directed = true) {
  ModelSpec spec = reference::make_model({.kind = kind, .directed = directed});
  spec.hazards.front().formula.text = formula;
  spec.hazards.front().events = {"all"};
  return bind_model(spec, record);
}

double read(const Model& model, const Memory& memory, Dyad dyad) {
  const Hazard& hazard = model.hazards.front();
  return hazard.value(hazard.terms.front(), memory, memory.link(dyad));
}

// One of six dyads has acted: mean 1/6, variance (1 - 1/6) / 5 = 1/6.
TEST(Standardized, is_in_sample_standard_deviations_from_the_mean) {
  const Record record = three_actors();
  const Model model = of_formula(record, "std(inertia)");
  Memory memory(record, model.memory);
  memory.advance(1);
  EXPECT_EQ(read(model, memory, {0, 1}), 0);  // all alike
  memory.apply(record.events[0]);
  EXPECT_NEAR(read(model, memory, {0, 1}), 5 / std::sqrt(6.0), 1e-14);
  EXPECT_NEAR(read(model, memory, {2, 1}), -1 / std::sqrt(6.0), 1e-14);
  memory.advance(2.5);
  memory.apply(record.events[1]);  // twice as much changes nothing
  EXPECT_NEAR(read(model, memory, {0, 1}), 5 / std::sqrt(6.0), 1e-14);
}

// Of two options of the sender one; of three pairs one.
TEST(Standardized, is_over_the_options_of_a_choice_and_over_pairs_without_direction) {
  const Record record = three_actors();
  const Model choice = of_formula(record, "std(inertia)", HazardKind::choice);
  const Model pairs = of_formula(record, "std(inertia)", HazardKind::tie, false);
  Memory by_choice(record, choice.memory), by_pairs(record, pairs.memory);
  for (Memory* memory : {&by_choice, &by_pairs}) {
    memory->advance(1);
    memory->apply(record.events[0]);
  }
  EXPECT_NEAR(read(choice, by_choice, {0, 1}), 1 / std::sqrt(2.0), 1e-14);
  EXPECT_EQ(read(choice, by_choice, {1, 0}), 0);
  EXPECT_NEAR(read(pairs, by_pairs, {1, 0}), 2 / std::sqrt(3.0), 1e-14);
  EXPECT_NEAR(read(pairs, by_pairs, {1, 2}), -1 / std::sqrt(3.0), 1e-14);
}

// Where nobody comes, goes or changes, std() is another unit and another zero: the fit is the same.
TEST(Standardized, of_what_never_changes_is_a_change_of_unit) {
  const Record record = reference::make_record({.seed = 3, .actors = 8, .events = 60, .ties = 0, .passages = false});
  Record constant = record;
  for (Attribute& attribute : constant.attributes)
    std::erase_if(attribute.values, [](const AttributeValue& v) { return v.time != always; });
  const Model raw = of_formula(constant, "receive(size)");
  const Model scaled = of_formula(constant, "std(receive(size))");
  Memory memory(constant, raw.memory);
  memory.advance(constant.events.front().time);
  const double x = read(raw, memory, {0, 1}), y = read(raw, memory, {0, 2});
  ASSERT_NE(x, y);
  const double unit = (read(scaled, memory, {0, 1}) - read(scaled, memory, {0, 2})) / (x - y);
  const TieLikelihood in_raw(constant, raw, raw.hazards.front(), {});
  const TieLikelihood in_scaled(constant, scaled, scaled.hazards.front(), {});
  for (const double theta : {-0.3, 0.8}) {
    const double expected = in_raw(Eigen::VectorXd::Constant(1, theta * unit)).value;
    EXPECT_NEAR(in_scaled(Eigen::VectorXd::Constant(1, theta)).value, expected, 1e-9 * std::abs(expected));
  }
}

TEST(Standardized, does_not_factor_nor_does_what_it_is_multiplied_with) {
  const Record record = three_actors();
  for (const char* formula : {"std(inertia)", "inertia:std(reciprocity)", "sum(std(inertia) + reciprocity)",
                              "inertia:sum(std(tie) + tie)", "std(out_degree)"})
    EXPECT_FALSE(of_formula(record, formula).hazards.front().factors()) << formula;
}

TEST(Standardized, threads_that_read_one_memory_and_copies_of_it_find_the_same_bits) {
  const Record record = reference::make_record({.seed = 3, .actors = 30, .events = 400, .ties = 6});
  const Model model = of_formula(record, "std(log1p(inertia):in_degree(of=receiver))");
  Memory memory(record, model.memory);
  reference::relive(memory, record, record.events[300].time);
  const Dyad dyad{record.events[300].sender, record.events[300].receiver};
  std::vector<double> found(4);
  std::vector<std::thread> threads;
  threads.reserve(found.size());
  for (double& one : found) threads.emplace_back([&] { one = read(model, memory, dyad); });
  for (std::thread& thread : threads) thread.join();
  const Memory copy = memory;
  found.push_back(read(model, copy, dyad));
  EXPECT_NE(found.front(), 0);
  for (const double one : found) EXPECT_EQ(one, found.front());
  Memory later = memory;
  memory.apply(record.events[301]);
  later.apply(record.events[301]);
  EXPECT_EQ(read(model, memory, dyad), read(model, later, dyad));
  later = copy;
  EXPECT_EQ(read(model, later, dyad), found.front());
}

TEST(Standardized, likelihood_is_the_same_bits_for_any_number_of_threads) {
  const Record record = reference::make_record({.seed = 3, .actors = 8, .events = 900, .ties = 6});
  const Model model = of_formula(record, "std(inertia) + std(out_degree(goodwill)):tie");
  const auto at = [&](unsigned threads) {
    const TieLikelihood likelihood(record, model, model.hazards.front(), {.threads = threads});
    return likelihood(reference::make_coefficients(1, likelihood.names().size()));
  };
  const Likelihood one = at(1), many = at(3);
  EXPECT_EQ(one.value, many.value);
  EXPECT_EQ(one.information, many.information);
}

// A table of rows reads it as the likelihood does.
TEST(Standardized, may_differ_by_actor) {
  const Record record = reference::make_record({.seed = 3, .actors = 5, .events = 20, .ties = 3});
  const Model model = of_formula(record, "std(reciprocity) + by_actor(std(inertia), of=sender)");
  const RowTable table = RowTable::of_events(record, model, model.hazards.front(), {});
  EXPECT_GT(table.rows(), 0U);
}

std::string refused(const std::string& formula, HazardKind kind) {
  const Record record = three_actors();
  try {
    (void)of_formula(record, formula, kind);
  } catch (const Error& error) { return error.what(); }
  return "";
}

TEST(Standardized, is_refused_where_it_has_no_meaning) {
  const auto says = [](const std::string& error, const std::string& words) {
    EXPECT_NE(error.find(words), std::string::npos) << error;
  };
  says(refused("std(inertia)", HazardKind::end), "std() is not for a hazard of kind end");
  says(refused("sum(tie + std(inertia))", HazardKind::start), "std() is not for a hazard of kind start");
  says(refused("std(send(size))", HazardKind::choice), "is the same whomever the sender chooses");
  says(refused("std(inertia)", HazardKind::rate), "depends on towards whom");
  says(refused("std(inertia + tie)", HazardKind::tie), "unexpected '+'");
  says(refused("std", HazardKind::tie), "the formula ends too early");
  EXPECT_EQ(refused("std(send(size)):inertia", HazardKind::choice), "");
}

}  // namespace detente::standardized_test
