#include "forecast/goodness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "log/blank_record.hpp"
#include "simulate/test_record.hpp"

namespace detente::goodness_test {

constexpr Time begin = 0.5;
constexpr double days = 60;

// Twelve actors who act, repeat and answer; one event before all that is simulated, for a type to draw.
Record blank() {
  Record record = blank_record(12);
  record.events = {{begin, 0, 1, 1, 0, Precision::number, 0, 1}};
  return record;
}

ModelSpec model_of(const std::string& formula) {
  HazardText acts{.name = "acts"};
  acts.formula.text = formula;
  ModelSpec spec{.tick = 1, .hazards = {acts}};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 4}};
  return spec;
}

const char* const whole_formula = "log1p(inertia(warm)) + log1p(reciprocity(warm))";

Eigen::VectorXd vector_of(std::initializer_list<double> values) {
  Eigen::VectorXd theta(static_cast<Eigen::Index>(values.size()));
  std::copy(values.begin(), values.end(), theta.data());
  return theta;
}

Record simulated_record(const ModelSpec& spec, const Coefficients& theta, std::uint64_t seed) {
  Record record = blank();
  const Model model = bind_model(spec, record);
  const PathStart start(record, model, begin);
  PathObserver observer;
  std::vector<Event> events;
  observer.on_event = [&](const Event& event, std::size_t) { events.push_back(event); };
  EXPECT_TRUE(run_path(start, theta, {seed, 0}, static_cast<std::size_t>(days), observer));
  record.events.insert(record.events.end(), events.begin(), events.end());
  return record;
}

// Of each statistic, the p-values of records that the model itself made, with the coefficients known.
std::map<std::string, std::vector<double>> p_values_of_true_model(std::size_t records, std::size_t replicates) {
  const ModelSpec spec = model_of(whole_formula);
  const Coefficients theta{vector_of({-4.6, 0.6, 0.6})};
  const Record first = blank();
  const Model model = bind_model(spec, first);
  const PathStart start(first, model, begin);
  const Time end = std::nextafter(days + 1, 0);
  const CoupledLayers none;
  std::vector<std::vector<GoodnessRow>> rows(records);
  for_each_block(records, 0, [&](std::size_t k) {
    const Record record = simulated_record(spec, theta, 1000 + k);
    const EventMakers makers = find_makers(record, model);
    SummaryPlan plan = plan_summary(record, model, makers, 1, end);
    plan.sent_steps = plan.received_steps = plan.dyad_steps = {1, 2, 5, 10};
    const GoodnessOptions options{.replicates = replicates, .seed = 5000 + k, .threads = 1};
    const auto simulated =
        simulate_statistics({start, plan, makers, end, none, [&](std::uint32_t) { return theta; }, 100000}, options);
    rows[k] = compare_statistics(summarize_recorded(plan, record, makers, 1, end).statistics(), simulated);
  });
  std::map<std::string, std::vector<double>> values;
  for (const auto& one : rows)
    for (const GoodnessRow& row : one)
      if (!std::isnan(row.p)) values[row.group + ": " + row.name].push_back(row.p);
  return values;
}

// P(p <= 0.1) is exactly 0.1 for a statistic without ties, less for one of few values: ranks among 40 are all as likely.
TEST(Goodness, p_values_are_uniform_on_records_of_the_model_itself) {
  const auto values = p_values_of_true_model(300, 39);
  ASSERT_GT(values.size(), 20U);
  const auto share_below = [&](const std::vector<double>& p) {
    return static_cast<double>(std::count_if(p.begin(), p.end(), [](double one) { return one <= 0.1 + 1e-12; })) /
           static_cast<double>(p.size());
  };
  const double deviation = std::sqrt(0.1 * 0.9 / 300);
  for (const auto& [name, p] : values) EXPECT_LT(share_below(p), 0.1 + 4 * deviation) << name;
  const std::vector<double>& waits = values.at("waiting: 50 % quantile of waits");  // has no ties
  EXPECT_NEAR(share_below(waits), 0.1, 3 * deviation);
  double mean = 0;
  for (const double p : waits) mean += p / static_cast<double>(waits.size());
  EXPECT_NEAR(mean, 0.525, 3 * std::sqrt(1.0 / 12 / 300));  // of 2/40, 4/40, ..., 1
}

Goodness goodness(const Record& record, const std::string& formula, unsigned threads = 0) {
  return goodness_of_fit(record, model_of(formula), {.replicates = 199, .threads = threads, .most_rank_visits = 0});
}

const GoodnessRow& row_of(const Goodness& result, const std::string& name) {
  for (const GoodnessRow& row : result.rows)
    if (row.name == name) return row;
  throw std::out_of_range(name);
}

TEST(Goodness, reciprocity_left_out_of_the_model_falls_outside) {
  const Record record = simulated_record(model_of(whole_formula), {vector_of({-4.6, 0.5, 2.0})}, 3);
  const Goodness without = goodness(record, "log1p(inertia(warm))");
  for (const char* name : {"share of dyads answered", "share of events answered"}) {
    const GoodnessRow& row = row_of(without, name);
    EXPECT_TRUE(row.outside) << name;
    EXPECT_GT(row.recorded, row.simulated.high95) << name;
    EXPECT_LE(row.p, 0.02) << name;  // beyond all of 199, or all but one
  }
  const Goodness with = goodness(record, whole_formula);
  EXPECT_FALSE(row_of(with, "share of events answered").outside);
  EXPECT_FALSE(row_of(with, "events").outside);
  EXPECT_LT(with.outside.recorded, without.outside.recorded);
  EXPECT_GT(with.outside.chance_mean, 0);
  EXPECT_LE(with.outside.chance_mean, 0.05 * static_cast<double>(with.rows.size()) + 1e-9);
}

// Who acts by one hazard, towards whom by another.
TEST(Goodness, of_a_rate_and_a_choice_finds_what_the_choice_leaves_out) {
  const auto steps = [](const std::string& choice) {
    ModelSpec spec = model_of("log1p(out_degree(warm))");
    spec.hazards.front().kind = HazardKind::rate;
    HazardText whom{.name = "whom", .kind = HazardKind::choice, .timing = Timing::ordinal};
    whom.formula.text = choice;
    spec.hazards.insert(spec.hazards.begin(), whom);
    return spec;
  };
  const Record record = simulated_record(steps(whole_formula), {vector_of({0.5, 2.0}), vector_of({-1.6, 0.2})}, 3);
  const GoodnessOptions options{.replicates = 199, .most_rank_visits = 0};
  const Goodness without = goodness_of_fit(record, steps("log1p(inertia(warm))"), options);
  EXPECT_GT(row_of(without, "share of events answered").recorded,
            row_of(without, "share of events answered").simulated.high95);
  const Goodness with = goodness_of_fit(record, steps(whole_formula), options);
  EXPECT_FALSE(row_of(with, "share of events answered").outside);
  EXPECT_FALSE(row_of(with, "events").outside);
  EXPECT_THROW((void)row_of(with, "events of acts"), std::out_of_range);  // one hazard makes all events
}

TEST(Goodness, has_the_same_bits_for_any_number_of_threads) {
  const Record record = simulated_record(model_of(whole_formula), {vector_of({-4.6, 0.5, 1.0})}, 4);
  const Goodness one = goodness(record, whole_formula, 1);
  const Goodness three = goodness(record, whole_formula, 3);
  ASSERT_EQ(one.rows.size(), three.rows.size());
  for (std::size_t k = 0; k < one.rows.size(); ++k) {
    EXPECT_EQ(one.rows[k].simulated.mean, three.rows[k].simulated.mean) << one.rows[k].name;
    EXPECT_EQ(one.rows[k].simulated.high95, three.rows[k].simulated.high95);
    EXPECT_EQ(one.rows[k].p, three.rows[k].p);
  }
}

TEST(Goodness, begins_where_nine_tenths_of_the_events_come_after_or_where_it_is_told) {
  const Record record = simulated_record(model_of(whole_formula), {vector_of({-4.6, 0.5, 0.5})}, 5);
  const Goodness usual = goodness(record, whole_formula);
  EXPECT_GE(10 * usual.compared, 9 * record.events.size());
  EXPECT_EQ(usual.compared + usual.before, record.events.size());
  EXPECT_EQ(usual.begins, std::floor(usual.begins));
  const Goodness told =
      goodness_of_fit(record, model_of(whole_formula), {.from = 29.5, .replicates = 19, .most_rank_visits = 0});
  EXPECT_EQ(told.begins, 30);
  EXPECT_DOUBLE_EQ(row_of(told, "events").recorded, static_cast<double>(told.compared));
  EXPECT_THROW((void)goodness_of_fit(record, model_of(whole_formula), {.from = 1e6}), Error);
}

TEST(Goodness, waits_are_compared_in_the_steps_of_recorded_times) {
  const Record record = blank();
  const Model model = bind_model(model_of(whole_formula), record);
  const auto grain_of = [&](std::initializer_list<Time> times, Precision precision = Precision::number) {
    Record other = record;
    other.events.clear();
    for (const Time time : times) other.events.push_back({time, 0, 1, 1, 0, precision, 0, 1});
    return plan_summary(other, model, find_makers(other, model), 0, 100).grain;
  };
  EXPECT_EQ(grain_of({5, 29, 29, 77}), 24);
  EXPECT_EQ(grain_of({5, 6, 29}), 1);
  EXPECT_EQ(grain_of({5, 6.5, 29}), 0);
  EXPECT_EQ(grain_of({5, 6.5, 29}, Precision::day), 1);  // of a day whose events have an order
}

// Ties and events that no hazard makes are as recorded: with the coefficients huge on them, simulated events follow them.
TEST(Goodness, what_is_not_simulated_is_as_recorded) {
  Record record = blank();
  record.types = {{"act", "Act", QuadClass::none, 1}, {"call", "Call", QuadClass::none, 1}};
  record.events.push_back({20.5, 2, 3, 1, 1, Precision::number, 0, 2});
  test::add_tie(record, 4, 5, 30, 40);
  HazardText acts{.name = "acts", .events = {"act"}};
  acts.formula.text = "inertia(calls) + tie(alliance)";
  ModelSpec spec{.tick = 1, .hazards = {acts}};
  spec.traces = {{.name = "calls", .events = {"call"}, .fade = Fade::none}};
  const Model model = bind_model(spec, record);
  const PathStart start(record, model, begin);
  const EventMakers makers = find_makers(record, model);
  const SummaryPlan plan = plan_summary(record, model, makers, 1, 60);
  const Coefficients theta{vector_of({-12, 12, 12})};
  const CoupledLayers none;
  const auto events_until = [&](Time ends) {
    const auto all =
        simulate_statistics({start, plan, makers, ends, none, [&](std::uint32_t) { return theta; }, 100000},
                            {.replicates = 40, .threads = 1});
    double mean = 0;
    for (const auto& one : all) mean += one.front().value / 40;
    return mean;
  };
  EXPECT_LT(events_until(20), 0.5);           // 132 dyads at exp(-12) a day: none to speak of
  EXPECT_NEAR(events_until(29.9), 9, 2);      // from the tick after the call on, 2 -> 3 acts once a day
  EXPECT_NEAR(events_until(60), 39 + 20, 5);  // and 4 and 5 each, while their tie is in force
}

// Of twelve actors who act upon each other, the model holds of those with a tie alone; all have the same rate.
TEST(Goodness, events_outside_the_risk_set_are_as_recorded) {
  Record record = simulated_record(model_of(""), {vector_of({-2.6})}, 8);
  for (ActorId i = 0; i < 6; ++i) test::add_tie(record, i, (i + 1) % 6, 0, never);
  ModelSpec spec = model_of("");
  spec.hazards.front().at_risk.rule = "allied";
  const Goodness result = goodness_of_fit(record, spec, {.from = 10.5, .replicates = 99, .most_rank_visits = 0});
  std::size_t allied = 0, others = 0, compared = 0;
  for (const Event& event : record.events) {
    const std::size_t apart = (event.sender + 6U - event.receiver) % 6U;
    const bool tied = event.sender < 6 && event.receiver < 6 && (apart == 1 || apart == 5);
    ++(tied ? allied : others);
    compared += tied && event.time >= 11 ? 1 : 0;
  }
  ASSERT_GT(allied, 20U);
  EXPECT_EQ(result.compared + result.before, allied);
  EXPECT_EQ(result.compared, compared);
  EXPECT_EQ(result.not_at_risk, others);
  EXPECT_EQ(result.given, others);
  EXPECT_FALSE(row_of(result, "events").outside);
  EXPECT_LE(row_of(result, "dyads with at least 1").simulated.high95, 12);
}

// A rate of all senders and a choice among those of a tie: an act is made where both steps can make it.
TEST(Goodness, an_act_in_two_steps_is_made_where_both_hold_it_at_risk) {
  Record record = blank();
  record.events.push_back({5, 1, 2, 1, 0, Precision::number, 0, 2});
  record.events.push_back({9, 3, 2, 1, 0, Precision::number, 0, 3});
  test::add_tie(record, 1, 2, 0, never);
  ModelSpec spec = model_of("");
  spec.hazards.front().kind = HazardKind::rate;
  HazardText whom{.name = "whom", .kind = HazardKind::choice, .timing = Timing::ordinal};
  whom.formula.text = "inertia(warm)";
  whom.at_risk.rule = "allied";
  spec.hazards.push_back(whom);
  const EventMakers makers = find_makers(record, bind_model(spec, record));
  EXPECT_EQ(makers.hazard, (std::vector<std::size_t>{no_id, 0, no_id}));
  EXPECT_EQ(makers.not_at_risk, 2U);
}

TEST(Goodness, refuses_what_cannot_be_simulated) {
  const Record record = simulated_record(model_of(whole_formula), {vector_of({-4.6, 0.5, 0.5})}, 6);
  ModelSpec ordinal = model_of(whole_formula);
  ordinal.hazards.front().timing = Timing::ordinal;
  EXPECT_THROW((void)goodness_of_fit(record, ordinal, {}), Error);
  ModelSpec rate = model_of("log1p(out_degree(warm))");
  rate.hazards.front().kind = HazardKind::rate;
  EXPECT_THROW((void)goodness_of_fit(record, rate, {}), Error);
  ModelSpec twice = model_of(whole_formula);
  twice.hazards.push_back(twice.hazards.front());
  twice.hazards.back().name = "again";
  EXPECT_THROW((void)goodness_of_fit(record, twice, {}), Error);
  ModelSpec none = model_of("");
  none.hazards.front().kind = HazardKind::end;
  EXPECT_THROW((void)goodness_of_fit(record, none, {}), Error);
}

// Counts that feed on themselves: each act makes the next one 55 times as likely.
TEST(Goodness, replicates_that_explode_are_left_out_and_most_of_them_are_an_error) {
  const ModelSpec spec = model_of("inertia(warm)");
  const Record record = blank();
  const Model model = bind_model(spec, record);
  const PathStart start(record, model, begin);
  const EventMakers makers = find_makers(record, model);
  const SummaryPlan plan = plan_summary(record, model, makers, 1, 60);
  const CoupledLayers none;
  const auto explode_from = [&](std::uint32_t first) {
    const auto theta = [&](std::uint32_t replicate) {
      return Coefficients{vector_of({-4.6, replicate < first ? 0.0 : 4.0})};
    };
    return simulate_statistics({start, plan, makers, 60, none, theta, 100000}, {.replicates = 20, .threads = 1});
  };
  auto few = explode_from(15);
  EXPECT_EQ(drop_exploded(few), 5U);
  EXPECT_EQ(few.size(), 15U);
  auto most = explode_from(5);
  EXPECT_THROW((void)drop_exploded(most), Error);
}

TEST(Goodness, stops_when_it_is_cancelled) {
  const Record record = simulated_record(model_of(whole_formula), {vector_of({-4.6, 0.5, 0.5})}, 7);
  const Goodness result = goodness_of_fit(record, model_of(whole_formula), {.cancelled = [] { return true; }});
  EXPECT_TRUE(result.cancelled);
  EXPECT_TRUE(result.rows.empty());
}

}  // namespace detente::goodness_test
