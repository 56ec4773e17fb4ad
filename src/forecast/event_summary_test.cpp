#include "forecast/event_summary.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "simulate/test_record.hpp"

namespace detente::event_summary_test {

SummaryPlan plan_of(const Record& record, bool directed) {
  SummaryPlan plan{.actors = record.actors.size(), .hazards = {"first", "second"}, .directed = directed, .signs = true};
  for (const EventType& type : record.types) plan.quads.push_back(type.quad);
  plan.sent_steps = plan.received_steps = plan.dyad_steps = {1, 2, 5};
  return plan;
}

std::map<std::string, double> summary_of(const SummaryPlan& plan, const Record& record) {
  EventSummary summary(plan);
  for (const Event& event : record.events) summary.add(event, event.type);
  std::map<std::string, double> values;
  for (const SummaryStatistic& one : summary.statistics()) values[one.group + ": " + one.name] = one.value;
  return values;
}

// Dense and slow: w_ij, and c_ij of cooperation less conflict both ways.
struct Dense {
  std::size_t n;
  std::vector<std::vector<int>> w, c;
  bool directed;

  Dense(const Record& record, bool directed_events)
      : n(record.actors.size()), w(n, std::vector<int>(n, 0)), c(w), directed(directed_events) {
    for (const Event& e : record.events) {
      ++w[e.sender][e.receiver];
      if (!directed) ++w[e.receiver][e.sender];
      const int sign = is_cooperation(record.types[e.type].quad) ? 1 : -1;
      c[e.sender][e.receiver] += sign;
      c[e.receiver][e.sender] += sign;
    }
  }
  template <class Wanted>
  double triples(Wanted wanted) const {  // of different actors, ordered
    double count = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k)
          if (i != j && j != k && i != k && wanted(i, j, k)) ++count;
    return count;
  }
  template <class Wanted>
  double pairs(Wanted wanted) const {  // of different actors; ordered where events have a direction
    double count = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = directed ? 0 : i + 1; j < n; ++j)
        if (i != j && wanted(i, j)) ++count;
    return count;
  }
  double actors(int least, bool out) const {
    double count = 0;
    for (std::size_t i = 0; i < n; ++i) {
      int degree = 0;
      for (std::size_t j = 0; j < n; ++j) degree += out ? w[i][j] : w[j][i];
      count += degree >= least ? 1 : 0;
    }
    return count;
  }
};

void same(double found, double expected) {
  if (std::isnan(expected)) return RC_ASSERT(std::isnan(found));
  RC_ASSERT(std::abs(found - expected) < 1e-12);
}

Record any_small_record() {
  const auto actors = *rc::gen::inRange<std::size_t>(2, 8).as("actors");
  const auto events = *rc::gen::inRange<std::size_t>(0, 60).as("events");
  return test::small_record(actors, events, 30, *rc::gen::inRange<std::uint64_t>(0, 1000).as("seed"));
}

RC_GTEST_PROP(EventSummary, of_directed_events_equals_loops_over_all_triples, ()) {
  const Record record = any_small_record();
  const SummaryPlan plan = plan_of(record, true);
  const Dense dense(record, true);
  const auto& w = dense.w;
  auto values = summary_of(plan, record);
  const auto events = static_cast<double>(record.events.size());
  same(values["events: events"], events);
  same(values["events: events of second"],
       static_cast<double>(
           std::count_if(record.events.begin(), record.events.end(), [](const Event& e) { return e.type == 1; })));
  for (const int k : {1, 2, 5}) {
    same(values[fmt::format("out: actors that sent at least {}", k)], dense.actors(k, true));
    same(values[fmt::format("in: actors that received at least {}", k)], dense.actors(k, false));
    same(values[fmt::format("dyads: dyads with at least {}", k)],
         dense.pairs([&](std::size_t i, std::size_t j) { return w[i][j] >= k; }));
  }
  const double used = dense.pairs([&](std::size_t i, std::size_t j) { return w[i][j] > 0; });
  same(values["dyads: share of events that repeat"], (events - used) / events);
  const double mutual = dense.pairs([&](std::size_t i, std::size_t j) { return w[i][j] > 0 && w[j][i] > 0; });
  same(values["reciprocity: share of dyads answered"], mutual / used);
  double answered = 0;
  for (std::size_t i = 0; i < dense.n; ++i)
    for (std::size_t j = 0; j < dense.n; ++j) answered += i == j ? 0 : std::min(w[i][j], w[j][i]);
  same(values["reciprocity: share of events answered"], answered / events);
  const double two_paths = dense.triples([&](auto i, auto j, auto k) { return w[i][k] > 0 && w[k][j] > 0; });
  const double transitive =
      dense.triples([&](auto i, auto j, auto k) { return w[i][k] > 0 && w[k][j] > 0 && w[i][j] > 0; });
  const double cyclic =
      dense.triples([&](auto i, auto j, auto k) { return w[i][k] > 0 && w[k][j] > 0 && w[j][i] > 0; });
  same(values["triads: two-paths"], two_paths);
  same(values["triads: transitive triads"], transitive);
  same(values["triads: share of two-paths closed"], transitive / two_paths);
  same(values["triads: cyclic triads"], cyclic / 3);
}

RC_GTEST_PROP(EventSummary, of_signed_pairs_equals_loops_over_all_triples, ()) {
  const Record record = any_small_record();
  const SummaryPlan plan = plan_of(record, true);
  const Dense dense(record, true);
  const auto& c = dense.c;
  auto values = summary_of(plan, record);
  same(values["signs: positive pairs"], dense.pairs([&](auto i, auto j) { return c[i][j] > 0; }) / 2);
  same(values["signs: negative pairs"], dense.pairs([&](auto i, auto j) { return c[i][j] < 0; }) / 2);
  const double all = dense.triples([&](auto i, auto j, auto k) { return c[i][j] * c[j][k] * c[i][k] != 0; });
  const double balanced = dense.triples([&](auto i, auto j, auto k) {
    return c[i][j] != 0 && c[j][k] != 0 && c[i][k] != 0 && ((c[i][j] > 0) == (c[j][k] > 0)) == (c[i][k] > 0);
  });
  same(values["signs: triangles of signed pairs"], all / 6);
  same(values["signs: share of them balanced"], balanced / all);
}

RC_GTEST_PROP(EventSummary, of_events_without_direction_equals_loops_over_all_triples, ()) {
  const Record record = any_small_record();
  const SummaryPlan plan = plan_of(record, false);
  const Dense dense(record, false);
  const auto& w = dense.w;
  auto values = summary_of(plan, record);
  RC_ASSERT(!values.contains("reciprocity: share of dyads answered"));
  for (const int k : {1, 2, 5}) {
    same(values[fmt::format("degree: actors that took part in at least {}", k)], dense.actors(k, true));
    same(values[fmt::format("dyads: pairs with at least {}", k)],
         dense.pairs([&](auto i, auto j) { return w[i][j] >= k; }));
  }
  const double two_paths = dense.triples([&](auto i, auto j, auto k) { return w[i][k] > 0 && w[k][j] > 0; }) / 2;
  const double triangles =
      dense.triples([&](auto i, auto j, auto k) { return w[i][k] > 0 && w[k][j] > 0 && w[i][j] > 0; }) / 6;
  same(values["triads: two-paths"], two_paths);
  same(values["triads: triangles"], triangles);
  same(values["triads: share of two-paths closed"], 3 * triangles / two_paths);
}

TEST(EventSummary, waits_are_between_successive_events_and_in_steps_on_request) {
  Record record = test::small_record(3, 4, 4, 1);
  const std::vector<double> times{0.25, 1.75, 2.0, 5.5};
  for (std::size_t k = 0; k < times.size(); ++k) record.events[k].time = times[k];
  SummaryPlan plan = plan_of(record, true);
  EXPECT_DOUBLE_EQ(summary_of(plan, record)["waiting: 50 % quantile of waits"], 1.5);
  EXPECT_DOUBLE_EQ(summary_of(plan, record)["waiting: longest wait"], 3.5);
  plan.grain = 1;  // 0 1 2 5
  EXPECT_DOUBLE_EQ(summary_of(plan, record)["waiting: 50 % quantile of waits"], 1);
  EXPECT_DOUBLE_EQ(summary_of(plan, record)["waiting: longest wait"], 3);
  plan.grain = 2;  // from 0.25 on: 0, 0, 0, 4
  plan.origin = 0.25;
  EXPECT_DOUBLE_EQ(summary_of(plan, record)["waiting: 50 % quantile of waits"], 0);
  EXPECT_DOUBLE_EQ(summary_of(plan, record)["waiting: longest wait"], 4);
}

TEST(EventSummary, steps_are_round_numbers_that_the_record_reaches) {
  EXPECT_EQ(summary_steps(60), (std::vector<std::size_t>{1, 2, 5, 10, 20, 50}));
  EXPECT_TRUE(summary_steps(0).empty());
}

}  // namespace detente::event_summary_test
