// Simulate with known coefficients, fit, and see that the intervals cover them as often as they say.  The simulator is
// its own: naive rates of every dyad, one exponential waiting time after the other (Gillespie 1977).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "estimate/fit.hpp"
#include "hazard/reference/dense.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::recovery_test {

constexpr int replicates = 150;
constexpr double z95 = 1.959963984540054;

struct Recovery {
  explicit Recovery(std::size_t coefficients) : sum(coefficients), squares(coefficients), covered(coefficients) {}

  void add(const HazardFit& fit, const std::vector<double>& truth) {
    ASSERT_EQ(fit.newton.status, FitStatus::converged) << fit.newton.message;
    ++runs;
    for (std::size_t p = 0; p < truth.size(); ++p) {
      const double off = fit.newton.estimate(static_cast<Eigen::Index>(p)) - truth[p];
      sum[p] += off;
      squares[p] += off * off;
      covered[p] += std::abs(off) <= z95 * fit.standard_error(p) ? 1 : 0;
    }
  }

  void expect_honest() const {
    ASSERT_EQ(runs, replicates);
    for (std::size_t p = 0; p < sum.size(); ++p) {
      EXPECT_GE(covered[p] / runs, 0.90) << "coefficient " << p;
      EXPECT_LE(covered[p] / runs, 0.99) << "coefficient " << p;
      const double mean = sum[p] / runs;
      const double spread = std::sqrt(squares[p] / runs - mean * mean);
      // Noise of the mean, and the bias of order 1/n that maximum likelihood has.
      EXPECT_LT(std::abs(mean), 4 * spread / std::sqrt(runs) + 0.1 * spread) << "coefficient " << p;
    }
  }

  double runs = 0;
  std::vector<double> sum, squares, covered;
};

Record people(std::size_t actors) {
  return reference::make_record({.clock = Clock::number, .actors = actors, .events = 0, .ties = 0, .passages = false});
}

ModelSpec tie_model(Timing timing, double tick) {
  ModelSpec spec;
  spec.tick = tick;
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 4}};
  HazardText hazard{.name = "acts"};
  hazard.timing = timing;
  hazard.formula.text = "log1p(inertia(warm)) + reciprocity(warm) + receive(size)";
  spec.hazards = {hazard};
  return spec;
}

// Events from the naive rates; hazards change at events and at ticks of the clock.
void simulate_events(Record& record, const Model& model, const Eigen::VectorXd& truth, std::size_t count,
                     std::uint32_t replicate) {
  const reference::NaiveTerms terms(model.hazards.front().text.formula.text, model.memory.traces);
  const double tick = model.memory.tick.length();
  const Eigen::VectorXd theta = truth.tail(truth.size() - 1);
  const auto n = static_cast<ActorId>(record.actors.size());
  Time now = 0;
  for (std::uint32_t step = 0; record.events.size() < count; ++step) {
    const reference::History history = reference::after_events(record, now, tick);
    std::vector<double> upto;
    double total = 0;
    for (ActorId i = 0; i < n; ++i)
      for (ActorId j = 0; j < n; ++j)
        upto.push_back(total += i == j ? 0 : std::exp(truth(0) + theta.dot(terms(history, i, j))));
    const double wait = exponential({7, replicate, Purpose::test, 0, step}) / total;
    const Time next_tick = reference::tick_of(history, now) + tick;
    if (now + wait >= next_tick) {
      now = next_tick;
      continue;
    }
    now += wait;
    const double target = total * uniform({7, replicate, Purpose::test, 1, step});
    const auto k = static_cast<ActorId>(std::upper_bound(upto.begin(), upto.end(), target) - upto.begin());
    record.events.push_back({now, k / n, k % n, 1, 0, Precision::number, 0, 0});
  }
}

void recover(Timing timing) {
  const std::vector<double> truth{-2.5, 0.8, 0.3, 0.5};
  const std::size_t skipped = timing == Timing::exact ? 0 : 1;  // no baseline in the order alone
  Recovery recovery(truth.size() - skipped);
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    Record record = people(6);
    const Model model = bind_model(tie_model(timing, 1), record);
    simulate_events(record, model, Eigen::Map<const Eigen::VectorXd>(truth.data(), 4), 120, replicate);
    const Fit all = fit(record, model, {});
    recovery.add(all.hazards.front(), {truth.begin() + static_cast<std::ptrdiff_t>(skipped), truth.end()});
  }
  recovery.expect_honest();
}

TEST(Recovery, intervals_of_ordinal_fits_cover_the_truth) { recover(Timing::ordinal); }
TEST(Recovery, intervals_of_exact_fits_cover_the_truth) { recover(Timing::exact); }

// One pair a day, after its probability at the end of the day before: each of the two chooses the other.
void simulate_pairs(Record& record, const Model& model, const Eigen::VectorXd& theta, std::uint32_t count,
                    std::uint32_t replicate) {
  const reference::NaiveTerms terms(model.hazards.front().text.formula.text, model.memory.traces);
  const auto n = static_cast<ActorId>(record.actors.size());
  for (std::uint32_t day = 1; day <= count; ++day) {
    const reference::History history = reference::before_events(record, day, 1, false);
    std::vector<std::vector<double>> choice(n, std::vector<double>(n, 0.0));
    for (ActorId i = 0; i < n; ++i) {
      double sum = 0;
      for (ActorId j = 0; j < n; ++j) sum += choice[i][j] = i == j ? 0 : std::exp(theta.dot(terms(history, i, j)));
      for (ActorId j = 0; j < n; ++j) choice[i][j] /= sum;
    }
    double all = 0;
    for (ActorId i = 0; i < n; ++i)
      for (ActorId j = i + 1; j < n; ++j) all += choice[i][j] * choice[j][i];
    double left = all * uniform({13, replicate, Purpose::test, 0, day});
    Dyad drawn{n - 2, n - 1};
    for (ActorId i = 0; i < n && left > 0; ++i)
      for (ActorId j = i + 1; j < n && left > 0; ++j)
        if ((left -= choice[i][j] * choice[j][i]) <= 0) drawn = {i, j};
    record.events.push_back({static_cast<double>(day), drawn.sender, drawn.receiver, 1, 0, Precision::number, 0, 0});
  }
}

TEST(Recovery, intervals_of_fits_of_who_acts_together_cover_the_truth) {
  const std::vector<double> truth{0.6, 0.4, 0.3};
  Recovery recovery(truth.size());
  ModelSpec spec = tie_model(Timing::ordinal, 1);
  spec.directed = false;
  spec.hazards.front().kind = HazardKind::choice;
  spec.hazards.front().formula.text =
      "log1p(inertia(warm)) + receive(size) + abs_difference(size):log1p(in_degree(warm, of=receiver))";
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    Record record = people(7);
    const Model model = bind_model(spec, record);
    simulate_pairs(record, model, Eigen::Map<const Eigen::VectorXd>(truth.data(), 3), 150, replicate);
    recovery.add(fit(record, model, {}).hazards.front(), truth);
  }
  recovery.expect_honest();
}

// Alliances that rupture at a rate that steps up with age and leans on an attribute; each tick, whole.
TEST(Recovery, intervals_of_end_fits_cover_the_truth) {
  const std::vector<double> truth{-4.2, 0.7, 0.6};
  constexpr double last = 60;
  ModelSpec spec;
  spec.tick = 0.25;
  HazardText hazard{.name = "rupture"};
  hazard.kind = HazardKind::end;
  hazard.age_cuts = {10};
  hazard.formula.text = "send(size)";
  spec.hazards = {hazard};
  Recovery recovery(truth.size());
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    Record record = people(10);
    record.attributes[0].values.clear();
    for (ActorId i = 0; i < 10; ++i)
      record.attributes[0].values.push_back({i, always, 2 * uniform({9, replicate, Purpose::test, 2, i})});
    const reference::History start{&record, {}, 0, 0, true};
    std::uint32_t step = 0;
    for (ActorId i = 0; i < 10; ++i)
      for (ActorId j = i + 1; j < 10; ++j, ++step) {
        Tie tie{};
        tie.a = i;
        tie.b = j;
        tie.kind = "alliance";
        const double mean = (reference::attribute(start, "size", i) + reference::attribute(start, "size", j)) / 2;
        const double early = std::exp(truth[0] + truth[2] * mean);
        double wait = exponential({9, replicate, Purpose::test, 3, step}) / early;
        if (wait > 10) wait = 10 + (wait - 10) / std::exp(truth[1]);
        if (wait < last) {
          tie.end = wait;
          tie.ending = "rupture";
        }
        record.ties.push_back(tie);
      }
    const Model model = bind_model(spec, record);
    recovery.add(fit(record, model, {.until = last}).hazards.front(), truth);
  }
  recovery.expect_honest();
}

// Pairs that part and are mended at a rate that leans on an attribute and steps up with the time since; each is apart and
// together in turn, until the record ends.
TEST(Recovery, intervals_of_start_fits_cover_the_truth) {
  const std::vector<double> truth{-3.2, 0.7, 0.6};
  constexpr double last = 80;
  ModelSpec spec;
  spec.tick = 0.25;
  HazardText hazard{.name = "mending", .kind = HazardKind::start};
  hazard.pairs = PairsAtRisk::ruptured;
  hazard.age_cuts = {10};
  hazard.formula.text = "send(size)";
  spec.hazards = {hazard};
  Recovery recovery(truth.size());
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    Record record = people(6);
    record.attributes[0].values.clear();
    for (ActorId i = 0; i < 6; ++i)
      record.attributes[0].values.push_back({i, always, 2 * uniform({11, replicate, Purpose::test, 2, i})});
    const reference::History beginning{&record, {}, 0, 0, true};
    std::uint32_t step = 0;
    for (ActorId i = 0; i < 6; ++i)
      for (ActorId j = i + 1; j < 6; ++j) {
        const double mean =
            (reference::attribute(beginning, "size", i) + reference::attribute(beginning, "size", j)) / 2;
        const double early = std::exp(truth[0] + truth[2] * mean);
        for (double now = 0; now < last; ++step) {
          Tie tie{};
          tie.a = i;
          tie.b = j;
          tie.kind = "alliance";
          tie.start = now;
          tie.end = now + 1 + 4 * uniform({11, replicate, Purpose::test, 3, step});
          tie.ending = "rupture";
          double wait = exponential({11, replicate, Purpose::test, 4, step}) / early;
          if (wait > 10) wait = 10 + (wait - 10) / std::exp(truth[1]);
          now = tie.end + wait;
          record.ties.push_back(tie);
        }
      }
    const Model model = bind_model(spec, record);
    recovery.add(fit(record, model, {.until = last}).hazards.front(), truth);
  }
  recovery.expect_honest();
}

}  // namespace detente::recovery_test
