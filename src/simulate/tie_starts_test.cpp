// Ties that start on a path: against closed forms, and against the spells of the record that the path writes.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "simulate/path.hpp"
#include "simulate/test_record.hpp"

namespace detente::tie_starts_test {

Eigen::VectorXd values(std::initializer_list<double> given) {
  Eigen::VectorXd v(static_cast<Eigen::Index>(given.size()));
  std::copy(given.begin(), given.end(), v.data());
  return v;
}

// Six actors, 15 pairs; one tie is over, so that its kind is known and every pair is without one.
Record without_ties() {
  Record record = test::small_record(6, 20, 10, 3);
  test::add_tie(record, 0, 1, 1, 5, "rupture");
  return record;
}

struct Moments {
  double mean = 0;
  double error = 0;
};

Moments moments_of(const std::vector<double>& counts) {
  const auto n = static_cast<double>(counts.size());
  double sum = 0, squares = 0;
  for (const double c : counts) sum += c;
  for (const double c : counts) squares += (c - sum / n) * (c - sum / n);
  return {sum / n, std::sqrt(squares / n / n)};
}

TEST(tie_starts, without_endings_are_exponential) {
  const Record record = without_ties();
  const Model model = bind_model({.hazards = {test::start_hazard("formation", PairsAtRisk::all, "")}}, record);
  const PathStart start(record, model, 10 - 1e-9, {true});
  const double rate = 0.01;
  const Coefficients theta{values({std::log(rate)})};
  std::vector<double> counts;
  for (std::uint32_t r = 0; r < 2000; ++r) {
    counts.push_back(0);
    PathObserver observer;
    observer.on_start = [&](std::size_t, TieId, std::size_t) { counts.back() += 1; };
    EXPECT_TRUE(run_path(start, theta, {5, r}, 60, observer));
  }
  const double share = -std::expm1(-rate * 60);
  const Moments found = moments_of(counts);
  EXPECT_NEAR(found.mean, 15 * share, 4 * std::sqrt(15 * share * (1 - share) / 2000));
  EXPECT_NEAR(found.error, std::sqrt(15 * share * (1 - share) / 2000), 0.1 * found.error);  // binomial
}

// A pair goes back and forth between two states, p = 1 - e^-start, q = 1 - e^-end a tick.  Starting without a tie, it starts
// ties p q T / (p + q) + p^2 (1 - (1 - p - q)^T) / (p + q)^2 times in T ticks.
TEST(tie_starts, that_end_start_again_as_a_renewal_process) {
  const Record record = without_ties();
  const Model model = bind_model(
      {.hazards = {test::start_hazard("formation", PairsAtRisk::all, ""), test::end_hazard("rupture", "rupture", "")}},
      record);
  const PathStart start(record, model, 10 - 1e-9, {true, false});
  const double p = -std::expm1(-0.05), q = -std::expm1(-0.1), ticks = 80;
  const Coefficients theta{values({std::log(0.05)}), values({std::log(0.1)})};
  std::vector<double> counts, ends, compensator;
  std::size_t most = 0;
  for (std::uint32_t r = 0; r < 1000; ++r) {
    for (auto* all : {&counts, &ends, &compensator}) all->push_back(0);
    Path path(start, theta, {5, r});
    std::map<std::pair<ActorId, ActorId>, std::size_t> of_pair;
    PathObserver observer;
    observer.on_start = [&](std::size_t tick, TieId tie, std::size_t hazard) {
      const Tie& one = path.memory().ties().tie(tie);
      EXPECT_EQ(hazard, 0U);
      EXPECT_EQ(one.start, start.at(tick));
      EXPECT_EQ(one.kind, "alliance");
      counts.back() += 1;
      most = std::max(most, ++of_pair[{one.a, one.b}]);
    };
    observer.on_new_risk = [&](std::size_t tick, TieId tie, std::span<const double> probability) {
      EXPECT_LT(path.memory().ties().tie(tie).start, start.at(tick));
      EXPECT_NEAR(probability[1], q, 1e-12);
      compensator.back() += probability[1];
    };
    observer.on_new_end = [&](std::size_t, TieId, std::size_t hazard) { ends.back() += hazard == 1 ? 1 : 0; };
    for (std::size_t tick = 0; tick < 80; ++tick) EXPECT_TRUE(path.tick(tick, observer));
  }
  const double expected = p * q * ticks / (p + q) + p * p * (1 - std::pow(1 - p - q, ticks)) / (p + q) / (p + q);
  const Moments started = moments_of(counts);
  EXPECT_NEAR(started.mean, 15 * expected, 4 * started.error);
  EXPECT_LT(started.error, 0.02 * 15 * expected);
  std::vector<double> surprise;
  for (std::size_t r = 0; r < ends.size(); ++r) surprise.push_back(ends[r] - compensator[r]);
  EXPECT_NEAR(moments_of(surprise).mean, 0, 4 * moments_of(surprise).error);
  EXPECT_GE(most, 3U);  // the same pair again
}

// Where two hazards tell of the same ties, the one of fewer pairs speaks for the pair.
TEST(tie_starts, of_a_broken_pair_are_those_of_reconciliation) {
  const Record record = without_ties();
  const Model model = bind_model({.hazards = {test::start_hazard("formation", PairsAtRisk::met, ""),
                                              test::start_hazard("reconciliation", PairsAtRisk::ruptured, "")}},
                                 record);
  const PathStart start(record, model, 10 - 1e-9, {true, true});
  const PathStart alone(record, model, 10 - 1e-9, {true, false});
  ASSERT_EQ(start.starts().hazards(), (std::vector<std::size_t>{1, 0}));
  ASSERT_EQ(start.starts().spells(0).size(), 1U);
  const std::size_t met = start.starts().spells(1).size();
  ASSERT_GT(met, 5U);
  std::vector<std::size_t> by_hazard(2, 0);
  PathObserver observer;
  observer.on_start = [&](std::size_t, TieId, std::size_t hazard) { ++by_hazard[hazard]; };
  const Coefficients never_again{values({std::log(5.0)}), values({-40})};
  EXPECT_TRUE(run_path(start, never_again, {1, 1}, 30, observer));
  EXPECT_EQ(by_hazard, (std::vector<std::size_t>{met - 1, 0}));
  by_hazard = {0, 0};
  EXPECT_TRUE(run_path(start, {values({-40}), values({std::log(5.0)})}, {1, 1}, 30, observer));
  EXPECT_EQ(by_hazard, (std::vector<std::size_t>{0, 1}));
  by_hazard = {0, 0};
  EXPECT_TRUE(run_path(alone, never_again, {1, 1}, 30, observer));
  EXPECT_EQ(by_hazard, (std::vector<std::size_t>{met, 0}));
}

// Two kinds of ties, endings of two kinds, pairs that have not met, an actor who leaves.
struct Busy {
  Busy() {
    record = test::small_record(7, 12, 10, 8);
    record.actors[6].leaves = 30;
    test::add_tie(record, 0, 1, 1, 5, "rupture");
    test::add_tie(record, 0, 2, 1);
    test::add_tie(record, 2, 3, 2, 6, "exit");
    test::add_tie(record, 4, 5, 2);
    record.ties[2].kind = record.ties[3].kind = "office";
    spec = {.tick = 1,
            .traces = {{.name = "warm", .fade = Fade::half_life, .span = 5}},
            .hazards = {test::tie_hazard("all", "all", "tie(alliance)"), test::end_hazard("rupture", "rupture", ""),
                        test::end_hazard("other", "other", ""),
                        test::start_hazard("formation", PairsAtRisk::met, "log1p(inertia(warm))"),
                        test::start_hazard("reconciliation", PairsAtRisk::ruptured, ""),
                        test::start_hazard("office", PairsAtRisk::all, "")}};
    spec.hazards[3].ties = spec.hazards[4].ties = {"alliance"};
    spec.hazards[5].ties = {"office"};
    model = bind_model(spec, record);
  }
  [[nodiscard]] PathStart start() const { return {record, model, 10 - 1e-9, {false, false, false, true, true, true}}; }

  Record record;
  ModelSpec spec;
  Model model;
  Coefficients theta{values({-4.5, 1}), values({std::log(0.05)}), values({std::log(0.03)}),
                     values({-5, 0.8}), values({std::log(0.1)}),  values({std::log(0.01)})};
};

using Spell = std::tuple<ActorId, ActorId, Time>;

std::vector<Spell> at_risk(const std::vector<PairSpell>& spells, Time now) {
  std::vector<Spell> all;
  for (const PairSpell& s : spells)
    if (!s.started && s.at_risk(now)) all.emplace_back(s.pair.sender, s.pair.receiver, s.since);
  std::sort(all.begin(), all.end());
  return all;
}

TEST(tie_starts, keep_the_spells_of_the_record_that_they_write) {
  const Busy busy;
  const PathStart start = busy.start();
  std::size_t started = 0, ended = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    Record grown = busy.record;
    Path path(start, busy.theta, {7, r});
    PathObserver observer;
    observer.on_event = [&](const Event& event, std::size_t) { grown.events.push_back(event); };
    const auto end = [&](Tie& tie, std::size_t tick, std::size_t hazard) {
      tie.end = start.at(tick);
      tie.ending = hazard == 1 ? "rupture" : "exit";
      ++ended;
    };
    observer.on_end = [&](std::size_t tick, std::size_t index, std::size_t hazard) {
      end(grown.ties[start.ties()[index]], tick, hazard);
    };
    observer.on_start = [&](std::size_t, TieId tie, std::size_t) {
      ASSERT_EQ(tie, grown.ties.size());
      grown.ties.push_back(path.memory().ties().tie(tie));
      ++started;
    };
    observer.on_new_end = [&](std::size_t tick, TieId tie, std::size_t hazard) { end(grown.ties[tie], tick, hazard); };
    for (std::size_t tick = 0; tick < 60; ++tick) {
      ASSERT_TRUE(path.tick(tick, observer));
      if (tick % 15 != 14) continue;
      const Model model = bind_model(busy.spec, grown);
      for (std::size_t place = 0; place < path.starts().hazards().size(); ++place) {
        const Hazard& hazard = model.hazards[path.starts().hazards()[place]];
        EXPECT_EQ(at_risk(path.starts().spells(place), start.at(tick + 1)),
                  at_risk(pair_spells(grown, hazard), start.at(tick + 1)))
            << hazard.name << " at tick " << tick;
      }
    }
  }
  EXPECT_GT(started, 200U);
  EXPECT_GT(ended, 100U);
}

TEST(tie_starts, go_on_from_a_snapshot_to_the_same_bits) {
  const Busy busy;
  const PathStart start = busy.start();
  Path whole(start, busy.theta, {9, 2});
  std::size_t started = 0;
  PathObserver observer;
  observer.on_start = [&](std::size_t, TieId, std::size_t) { ++started; };
  for (std::size_t tick = 0; tick < 25; ++tick) EXPECT_TRUE(whole.tick(tick, observer));
  EXPECT_GT(started, 3U);
  Path copy = whole;
  EXPECT_EQ(copy.memory().fingerprint(), whole.memory().fingerprint());
  for (std::size_t tick = 25; tick < 50; ++tick) EXPECT_TRUE(whole.tick(tick, {}));
  EXPECT_NE(copy.memory().fingerprint(), whole.memory().fingerprint());
  for (std::size_t tick = 25; tick < 50; ++tick) EXPECT_TRUE(copy.tick(tick, {}));
  EXPECT_EQ(copy.memory().fingerprint(), whole.memory().fingerprint());
}

// Kinds: as the pair's last tie; else as a tie between actors of such kinds; else any.
TEST(tie_starts, are_like_recorded_ties) {
  Record record = test::small_record(6, 20, 10, 3);
  for (const ActorId lab : {4U, 5U}) record.actors[lab].kind = "organization";
  test::add_tie(record, 0, 1, 1, 5, "exit");
  test::add_tie(record, 0, 4, 1, 5, "exit");
  test::add_tie(record, 1, 5, 1, 5, "exit");
  test::add_tie(record, 2, 3, 1, 5, "exit");
  const char* const kinds[] = {"alliance", "office", "employment", "investment"};
  for (std::size_t k = 0; k < 4; ++k) record.ties[k].kind = kinds[k];
  const Model model = bind_model({.hazards = {test::start_hazard("formation", PairsAtRisk::all, "")}}, record);
  const PathStart start(record, model, 10 - 1e-9, {true});
  std::map<std::string, std::map<std::string, int>> found;
  for (std::uint32_t r = 0; r < 20; ++r) {
    Path path(start, {values({std::log(5.0)})}, {5, r});
    PathObserver observer;
    observer.on_start = [&](std::size_t, TieId tie, std::size_t) {
      const Tie& one = path.memory().ties().tie(tie);
      ++found[fmt::format("{}{}", one.a, one.b)][one.kind];
    };
    EXPECT_TRUE(path.tick(0, observer));
  }
  ASSERT_EQ(found.size(), 15U);
  EXPECT_EQ(found["04"].size(), 1U);
  EXPECT_GT(found["04"]["office"], 15);
  EXPECT_GT(found["23"]["investment"], 15);
  EXPECT_EQ(found["23"].size(), 1U);
  EXPECT_EQ(found["02"].size(), 2U);  // leaders: an alliance or an investment
  EXPECT_EQ(found["14"].size(), 2U);  // a leader and an organization: an office or employment
  EXPECT_EQ(found["45"].size(), 4U);  // no tie between organizations is known
}

// Effects see a tie that started as they see one of the record: two records that differ in nothing but who has the tie.
TEST(tie_starts, are_read_like_ties_of_the_record) {
  Busy busy;
  busy.theta.fixed[0] = values({-4.5, 3});
  const PathStart start = busy.start();
  Path path(start, busy.theta, {3, 1});
  ASSERT_TRUE(path.tick(0, {}));
  const TieId tie = path.start_tie(0, {5, 3}, 0);
  const Memory& memory = path.memory();
  EXPECT_TRUE(memory.ties().in_force(tie));
  EXPECT_EQ(memory.ties().newest({3, 5}), tie);
  const Term& allied = busy.model.hazards[0].terms.front();
  EXPECT_EQ(allied.value(memory, memory.link({3, 5})), 1);
  EXPECT_EQ(allied.value(memory, memory.link({5, 3})), 1);
  std::vector<double> probability(6), room;
  EXPECT_NEAR(end_probabilities(busy.model, memory, tie, busy.theta, probability, room), -std::expm1(-0.08), 1e-12);
  EXPECT_TRUE(path.end_tie(tie, true));
  EXPECT_FALSE(path.end_tie(tie, true));
  EXPECT_EQ(allied.value(memory, memory.link({3, 5})), 0);
}

TEST(tie_starts, change_nothing_where_they_are_not_asked_for) {
  const Busy busy;
  const PathStart off(busy.record, busy.model, 10 - 1e-9);
  const PathStart none(busy.record, busy.model, 10 - 1e-9, std::vector<bool>(6, false));
  Path a(off, busy.theta, {2, 2});
  Path b(none, busy.theta, {2, 2});
  for (std::size_t tick = 0; tick < 40; ++tick) {
    EXPECT_TRUE(a.tick(tick, {}));
    EXPECT_TRUE(b.tick(tick, {}));
  }
  EXPECT_EQ(a.memory().fingerprint(), b.memory().fingerprint());
  EXPECT_EQ(a.memory().ties().size(), busy.record.ties.size());
}

}  // namespace detente::tie_starts_test
