// Risk sets: which dyads they hold, and that the sums and likelihoods over them equal the dense oracle.
#include "hazard/risk_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "hazard/reference/any_model.hpp"
#include "hazard/reference/dense.hpp"
#include "hazard/replay.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/any_record.hpp"

namespace detente::risk_set_test {

using reference::RandomModel;
using reference::RandomRecord;

constexpr double tolerance = 1e-9;

Record any_record() { return reference::make_record(reference::any_record({2, 6}, {2, 24}, {0, 12})); }

RandomModel any_model() {
  RandomModel options = reference::any_model();
  options.tick = *rc::gen::element(1.0, 0.25, 7.0).as("tick");
  options.directed = *rc::gen::arbitrary<bool>().as("directed");
  const auto any_rule =
      options.directed ? rc::gen::element<std::string>("all", "observed", "allied", "not_allied", "tie(litigation)",
                                                       "not tie(alliance)", "dyads.csv", "bipartite(company, leader)",
                                                       "bipartite(leader, leader)", "from(leader)", "to(company)")
                       : rc::gen::element<std::string>("all", "observed", "allied", "not_allied", "tie(litigation)",
                                                       "not tie(alliance)", "dyads.csv", "bipartite(company, leader)",
                                                       "bipartite(leader, leader)");
  options.at_risk = *any_rule.as("risk set");
  return options;
}

std::string describe(const RandomModel& options, const Hazard& hazard) {
  return options.at_risk + (options.directed ? ", directed: " : ", undirected: ") + hazard.text.formula.text;
}

RC_GTEST_PROP(RiskSet, sums_equal_dense_on_random_records, ()) {
  const Record record = any_record();
  const RandomModel options = any_model();
  const Model model = bind_model(reference::make_model(options, record), record);
  const Hazard& hazard = model.hazards.front();
  const Eigen::VectorXd theta = reference::make_coefficients(options.seed, hazard.terms.size());
  const reference::NaiveTerms terms(hazard.text.formula.text, model.memory.traces);
  const double tick = model.memory.tick.length();
  Memory memory(record, model.memory);
  std::vector<std::unique_ptr<RiskSums>> both;
  for (const Evaluation evaluation : {Evaluation::blocked, Evaluation::automatic})
    both.push_back(make_risk_sums(hazard, memory, evaluation));
  std::uint64_t epoch = 0;
  Time fade_time = always;
  bool fresh = false;
  const auto compare = [&](const reference::History& history) {
    const Eigen::MatrixXd expected = dense_moments(hazard, terms, history, theta);
    for (auto& sums : both) {
      if (!fresh || memory.epoch() != epoch) {
        sums->refresh(memory, std::span(theta.data(), hazard.terms.size()));
      } else {
        sums->update(memory);
        if (memory.fade_time() != fade_time) sums->fade(memory);
      }
      const double total = sums->total_rate();
      if (expected(0, 0) == 0) {  // all taken back: rounding alone may be left
        RC_ASSERT(std::abs(total) < 1e-12);
        continue;
      }
      if (!reference::close(sums->moments(), expected, tolerance) ||
          std::abs(total - expected(0, 0)) > tolerance * expected(0, 0))
        RC_FAIL(describe(options, hazard) + ": " + std::to_string(total) + ", not " + std::to_string(expected(0, 0)));
      const Dyad drawn = sums->locate(0.5);
      if (drawn.sender == no_id || drawn.receiver == no_id)
        RC_FAIL(describe(options, hazard) + ": nothing drawn of " + std::to_string(1e9 * total) + "e-9");
      RC_ASSERT(hazard.risk_set.contains(memory, drawn));
      RC_ASSERT(hazard.risk_set.canonical(drawn) == drawn);
    }
    memory.clear_touched();
    fresh = true;
    epoch = memory.epoch();
    fade_time = memory.fade_time();
  };
  Replay replay(record, 0, never, hazard.risk_set.turns());
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    compare(reference::before_events(record, moment.time, tick, options.directed));
    for (const Event& event : moment.events) memory.apply(event);
    compare(reference::after_events(record, moment.time, tick, options.directed));
  }
}

// Each receiver of a sender is drawn by the middle of its share of the sender's dyads, whatever keeps the sums.
RC_GTEST_PROP(RiskSet, one_senders_dyads_are_drawn_by_their_shares, ()) {
  const Record record = any_record();
  const RandomModel options = any_model();
  RC_PRE(options.directed);
  const Model model = bind_model(reference::make_model(options, record), record);
  const Hazard& hazard = model.hazards.front();
  const Eigen::VectorXd theta = reference::make_coefficients(options.seed, hazard.terms.size());
  Memory memory(record, model.memory);
  std::vector<std::unique_ptr<RiskSums>> ways;
  ways.push_back(make_risk_sums(hazard, memory, Evaluation::blocked));
  for (const Keep keep : {Keep::rate, Keep::rows})
    ways.push_back(make_risk_sums(hazard, memory, Evaluation::automatic, keep));
  for (auto& sums : ways) sums->refresh(memory, std::span(theta.data(), hazard.terms.size()));
  Replay replay(record, 0, never, hazard.risk_set.turns());
  for (Moment moment; replay.next(moment);) {
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    for (auto& sums : ways) sums->refresh(memory, std::span(theta.data(), hazard.terms.size()));
    memory.clear_touched();
  }
  for (ActorId i = 0; i < memory.actors(); ++i) {
    std::vector<std::pair<ActorId, double>> rates;
    double total = 0;
    for (ActorId j = 0; j < memory.actors(); ++j) {
      if (i == j || !hazard.risk_set.contains(memory, {i, j})) continue;
      std::vector<double> x(hazard.terms.size());
      fill_terms(hazard, memory, {i, j}, x);
      double exponent = 0;
      for (std::size_t p = 0; p < x.size(); ++p) exponent += theta(static_cast<Eigen::Index>(p)) * x[p];
      rates.emplace_back(j, std::exp(exponent));
      total += rates.back().second;
    }
    double before = 0;
    for (const auto& [receiver, rate] : rates) {
      for (auto& sums : ways) {
        const Dyad drawn = sums->locate_from(i, (before + rate / 2) / total);
        RC_ASSERT(drawn == (Dyad{i, receiver}));
      }
      before += rate;
    }
    for (auto& sums : ways)
      if (rates.empty()) RC_ASSERT(sums->locate_from(i, 0.5) == (Dyad{i, no_id}));
  }
}

RC_GTEST_PROP(RiskSet, likelihoods_equal_dense_on_random_records, ()) {
  const Record record = any_record();
  RandomModel options = any_model();
  options.timing = *rc::gen::element(Timing::ordinal, Timing::exact).as("timing");
  options.simultaneous = *rc::gen::element(Simultaneous::breslow, Simultaneous::efron).as("simultaneous");
  const Model model = bind_model(reference::make_model(options, record), record);
  const Hazard& hazard = model.hazards.front();
  TieLikelihoodOptions how;
  how.first = *rc::gen::inRange<std::size_t>(1, 3).as("first");
  how.blocks = *rc::gen::inRange<std::size_t>(1, 4).as("blocks");
  const double after = *rc::gen::element(-4.0, 0.0, 3.5).as("end of observation after the last event, 0 = none");
  if (after != 0) how.until = std::max(record.events.front().time, record.events.back().time + after);
  for (const Evaluation evaluation : {Evaluation::automatic, Evaluation::blocked}) {
    how.evaluation = evaluation;
    const TieLikelihood likelihood(record, model, hazard, how);
    const Eigen::VectorXd coefficients = reference::make_coefficients(options.seed, likelihood.names().size());
    const Likelihood expected =
        reference::dense_tie_likelihood(record, model, hazard, {how.first, how.until}, coefficients);
    const Likelihood value = likelihood(coefficients);
    if (!reference::close(value, expected,
                          reference::integral_tolerance(model, hazard, likelihood.integral_bound(), tolerance)))
      RC_FAIL(describe(options, hazard) + ": " + reference::difference(value, expected));
  }
}

// The list that is kept up, the list made anew and the question dyad by dyad agree; what changed is told.
RC_GTEST_PROP(RiskList, follows_the_memory, ()) {
  const Record record = any_record();
  const RandomModel options = any_model();
  const Model model = bind_model(reference::make_model(options, record), record);
  const RiskSet& risk_set = model.hazards.front().risk_set;
  Memory memory(record, model.memory);
  RiskList list(risk_set);
  list.refresh(memory);
  Replay replay(record, 0, never, risk_set.turns());
  for (Moment moment; replay.next(moment);) {
    const std::vector<Dyad> before(list.dyads().begin(), list.dyads().end());
    enter(memory, moment);
    for (const Event& event : moment.events) memory.apply(event);
    list.advance(memory);
    memory.clear_touched();
    RiskList anew(risk_set);
    anew.refresh(memory);
    RC_ASSERT(std::equal(list.dyads().begin(), list.dyads().end(), anew.dyads().begin(), anew.dyads().end()));
    const auto holds = [](std::span<const Dyad> dyads, Dyad d) {
      return std::find(dyads.begin(), dyads.end(), d) != dyads.end();
    };
    std::vector<Dyad> at_risk;
    for_each_at_risk(risk_set, list, memory, [&](Dyad dyad) { at_risk.push_back(dyad); });
    RC_ASSERT(at_risk.size() == list.size(memory));
    for (ActorId i = 0; i < memory.actors(); ++i)
      for (ActorId j = 0; j < memory.actors(); ++j) {
        const Dyad dyad{i, j};
        if (i == j || risk_set.canonical(dyad) != dyad) continue;
        RC_ASSERT(holds(at_risk, dyad) == risk_set.contains(memory, dyad));
        RC_ASSERT(risk_set.directed() || risk_set.contains(memory, reversed(dyad)) == holds(at_risk, dyad));
        if (holds(before, dyad) != holds(list.dyads(), dyad)) RC_ASSERT(holds(list.changed(), dyad));
      }
  }
}

Record four_actors() {
  return reference::make_record({.clock = Clock::number, .actors = 4, .events = 0, .ties = 0, .passages = false});
}

void act(Record& record, Time time, ActorId i, ActorId j) {
  record.events.push_back(Event{time, i, j, 1, 0, Precision::number, 0, 0});
}

ModelSpec constant_hazard(const std::string& rule, bool directed = true) {
  ModelSpec spec = reference::make_model({.timing = Timing::exact, .at_risk = rule, .directed = directed});
  spec.hazards.front().formula.text = "";
  spec.hazards.front().events = {"all"};
  return spec;
}

double value_at_zero(const Record& record, const ModelSpec& spec) {
  const Model model = bind_model(spec, record);
  return TieLikelihood(record, model, model.hazards.front(), {})(Eigen::VectorXd::Zero(1)).value;
}

TEST(RiskSet, an_undirected_model_has_half_the_dyads) {
  Record record = four_actors();
  for (const Time time : {2.0, 10.0}) act(record, time, 1, 0);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("all")), -10 * 12, 1e-9);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("all", false)), -10 * 6, 1e-9);
}

// Of a0 ... a3 the first and the last are leaders, a1 a company, a2 a public.
TEST(RiskSet, of_kinds_is_a_product_of_two_sets_of_actors) {
  Record record = four_actors();
  for (const Time time : {2.0, 10.0}) act(record, time, 0, 1);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("bipartite(leader, company)")), -10 * 2, 1e-9);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("bipartite(leader,company)", false)), -10 * 2, 1e-9);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("bipartite(leader, leader)")), -10 * 2, 1e-9);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("bipartite(leader, leader)", false)), -10 * 1, 1e-9);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("from(leader)")), -10 * 6, 1e-9);
  EXPECT_NEAR(value_at_zero(record, constant_hazard("to(company)")), -10 * 3, 1e-9);
}

TEST(RiskSet, events_between_other_kinds_are_counted_and_left_out) {
  Record record = four_actors();
  act(record, 2, 0, 1);
  act(record, 3, 1, 0);
  act(record, 4, 0, 3);
  const Model model = bind_model(constant_hazard("bipartite(leader, company)"), record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_EQ(likelihood.outside_risk_set(), 2U);
  EXPECT_EQ(likelihood.mean_at_risk(), 2);
}

TEST(RiskSet, of_a_rate_is_of_senders_and_of_a_choice_of_receivers) {
  Record record = four_actors();
  for (const Time time : {2.0, 10.0}) act(record, time, 0, 1);
  ModelSpec spec = constant_hazard("bipartite(leader, public)");
  act(record, 10, 3, 2);
  spec.hazards.front().kind = HazardKind::rate;
  EXPECT_NEAR(value_at_zero(record, spec), -10 * 2, 1e-9);
  spec = constant_hazard("to(leader)");
  act(record, 10, 1, 3);
  spec.hazards.front().kind = HazardKind::choice;
  spec.hazards.front().timing = Timing::ordinal;
  const Model model = bind_model(spec, record);
  EXPECT_NEAR(TieLikelihood(record, model, model.hazards.front(), {})(Eigen::VectorXd(0)).value, -std::log(2), 1e-12);
}

TEST(RiskSet, observed_holds_the_dyads_of_the_hazards_own_events) {
  Record record = four_actors();
  for (const Time time : {2.0, 10.0}) act(record, time, 1, 0);
  act(record, 10, 2, 3);
  record.events.back().type = 3;
  EXPECT_NEAR(value_at_zero(record, constant_hazard("observed")), -10 * 2, 1e-9);
  ModelSpec meetings = constant_hazard("observed");
  meetings.hazards.front().events = {"meet"};
  EXPECT_NEAR(value_at_zero(record, meetings), -10, 1e-9);
}

TEST(RiskSet, time_at_risk_follows_the_file_between_events) {
  Record record = four_actors();
  act(record, 10, 1, 0);
  ModelSpec spec = constant_hazard("dyads.csv");
  spec.hazards.front().at_risk.dyads = {{.sender = "a1", .receiver = "a0"},
                                        {.sender = "a0", .receiver = "a1", .from = "3", .until = "7"},
                                        {.sender = "a2", .receiver = "a1", .until = "4.5"}};
  EXPECT_NEAR(value_at_zero(record, spec), -(10 + 4 + 4.5), 1e-9);
  spec.directed = false;  // a0 and a1 are listed both ways, once for all time
  EXPECT_NEAR(value_at_zero(record, spec), -(10 + 4.5), 1e-9);
}

TEST(RiskSet, a_file_lists_from_inclusive_until_exclusive) {
  Record record = four_actors();
  for (const Time time : {3.0, 7.0}) act(record, time, 0, 1);
  ModelSpec spec = constant_hazard("dyads.csv");
  spec.hazards.front().at_risk.dyads = {{.sender = "a0", .receiver = "a1", .from = "3", .until = "7"}};
  const Model model = bind_model(spec, record);
  const TieLikelihood likelihood(record, model, model.hazards.front(), {});
  EXPECT_EQ(likelihood.events(), 1U);
  EXPECT_EQ(likelihood.outside_risk_set(), 1U);
  EXPECT_EQ(likelihood.outside_lifetime(), 0U);
}

TEST(RiskSet, a_month_in_a_file_is_its_first_day) {
  Record record = reference::make_record({.actors = 2, .events = 0, .ties = 0, .passages = false});
  record.events.push_back(Event{static_cast<Time>(days_from_civil(2022, 7, 1)), 0, 1, 1, 0, Precision::day, 0, 0});
  ModelSpec spec = constant_hazard("dyads.csv");
  spec.hazards.front().at_risk.dyads = {{.sender = "a0", .receiver = "a1", .from = "2022-03", .until = "2022-06"}};
  const Model model = bind_model(spec, record);
  const std::span<const Time> turns = model.hazards.front().risk_set.turns();
  ASSERT_EQ(turns.size(), 2U);
  EXPECT_EQ(format_time(turns[0], Clock::calendar), "2022-03-01");
  EXPECT_EQ(format_time(turns[1], Clock::calendar), "2022-06-01");
}

TEST(RiskSet, rows_of_actors_not_known_yet_are_left_out_of_a_forecast) {
  Record known = four_actors();
  known.actors.pop_back();
  RiskSetText text{.rule = "dyads.csv",
                   .dyads = {{.sender = "a0", .receiver = "a1"}, {.sender = "a3", .receiver = "a1"}}};
  EXPECT_EQ(keep_known(text, known), 1U);
  ASSERT_EQ(text.dyads.size(), 1U);
  EXPECT_EQ(text.dyads.front().sender, "a0");
}

std::string error_of(RiskSetText text, Clock clock = Clock::number, bool directed = true, bool kinds = true) {
  Record record = four_actors();
  for (Actor& actor : record.actors)
    if (!kinds) actor.kind.clear();
  record.clock = clock;
  text.where = {.file = "model.toml", .line = 4, .column = 12};
  try {
    static_cast<void>(RiskSet(text, record, {}, directed));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

TEST(RiskSet, mistakes_are_told_with_their_place) {
  EXPECT_EQ(error_of({.rule = "not_alied"}),
            "error: model.toml:4:12: unknown risk set 'not_alied'\n"
            "  expected: all, observed, allied, not_allied, tie(KIND), not tie(KIND), bipartite(FROM, TO), from(KIND), "
            "to(KIND) or a .csv file of dyads\n"
            "  hint: did you mean 'not_allied'?");
  EXPECT_EQ(error_of({.rule = "tie (alliance)"}),
            "error: model.toml:4:12: unknown risk set 'tie (alliance)'\n"
            "  expected: all, observed, allied, not_allied, tie(KIND), not tie(KIND), bipartite(FROM, TO), from(KIND), "
            "to(KIND) or a .csv file of dyads\n"
            "  hint: did you mean 'tie(alliance)'?");
  EXPECT_EQ(error_of({.rule = "not tie(aliance)"}),
            "error: model.toml:4:20: unknown kind of tie 'aliance'\n"
            "  expected: one of: cooperative, alliance, office, employment, investment, founding, board, inferred, "
            "litigation\n"
            "  hint: did you mean 'alliance'?");
}

TEST(RiskSet, a_kind_that_no_actor_has_is_told) {
  EXPECT_EQ(error_of({.rule = "bipartite(leader, compny)"}),
            "error: model.toml:4:29: unknown kind of actor 'compny'\n"
            "  expected: one of: leader, company, public\n"
            "  hint: did you mean 'company'?");
  EXPECT_EQ(error_of({.rule = "from(leader)"}, Clock::number, true, false),
            "error: model.toml:4:17: unknown kind of actor 'leader'\n"
            "  expected: actors with kinds\n"
            "  hint: a column 'kind' in actors.csv");
  EXPECT_EQ(error_of({.rule = "bipartite(leader)"}),
            "error: model.toml:4:12: bipartite needs two kinds of actor\n"
            "  got: 'bipartite(leader)'\n"
            "  expected: bipartite(FROM, TO)");
  EXPECT_EQ(error_of({.rule = "to(leader)"}, Clock::number, false),
            "error: model.toml:4:12: the risk set 'to(leader)' needs events with a sender\n"
            "  hint: bipartite(FROM, TO), or directed = true");
}

TEST(RiskSet, mistakes_in_a_file_are_told_with_their_line) {
  const auto with = [](DyadText row, Clock clock = Clock::number) {
    row.where = {.file = "dyads.csv", .line = 7};
    return error_of({.rule = "dyads.csv", .dyads = {row}}, clock);
  };
  EXPECT_EQ(with({.sender = "b2", .receiver = "a1"}),
            "error: dyads.csv:7: unknown actor 'b2' in column 'sender'\n"
            "  expected: an actor of the record\n"
            "  hint: a similar actor exists: 'a2'");
  EXPECT_EQ(with({.sender = "a1", .receiver = "a1"}),
            "error: dyads.csv:7: a dyad of 'a1' with itself\n"
            "  expected: two actors that differ");
  EXPECT_EQ(with({.sender = "a1", .receiver = "a2", .from = "soon"}, Clock::calendar),
            "error: dyads.csv:7: unreadable date in column 'from'\n"
            "  got: 'soon'\n"
            "  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z");
  EXPECT_EQ(with({.sender = "a1", .receiver = "a2", .from = "5", .until = "5"}),
            "error: dyads.csv:7: the dyad is at risk at no time\n"
            "  got: from 5 until 5\n"
            "  expected: an until after from: it is the first moment that is not at risk");
}

}  // namespace detente::risk_set_test
