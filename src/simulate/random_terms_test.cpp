// Coefficients by actor and pair: what is fitted is what is simulated, and paths written with known ones give them back.
#include <gtest/gtest.h>

#include <cmath>

#include "estimate/fit.hpp"
#include "hazard/clock.hpp"
#include "hazard/random_terms.hpp"
#include "log/blank_record.hpp"
#include "simulate/path.hpp"
#include "simulate/test_record.hpp"

namespace detente::random_terms_test {

constexpr Time begin = 1 - 1e-9;

// Actors, a type, and one event before everything that is simulated.
Record empty_record(std::size_t actors) {
  Record record = blank_record(actors);
  record.events = {{begin, 0, 1, 1, 0, Precision::number, 0, 1}};
  return record;
}

HazardText acts(const std::string& formula, Timing timing = Timing::exact) {
  HazardText text{.name = "acts"};
  text.formula.text = formula;
  text.timing = timing;
  return text;
}

ModelSpec spec_of(std::vector<HazardText> hazards) {
  ModelSpec spec{.tick = 1, .hazards = std::move(hazards)};
  spec.traces = {{.name = "warm", .fade = Fade::half_life, .span = 8}};
  return spec;
}

double gauss(std::uint64_t seed, std::uint32_t entity, std::uint32_t step) {
  return normal({seed, 0, Purpose::generate, entity, step});
}

TEST(random_terms, an_actor_one_above_acts_e_times_as_often) {
  const Record record = empty_record(6);
  for (const char* formula : {"by_actor(1)", "by_actor(1, of=receiver)", "by_pair(1)"}) {
    const Model model = bind_model(simulated(spec_of({acts(formula)})), record);
    const PathStart start(record, model, begin);
    Coefficients theta{Eigen::VectorXd::Constant(1, std::log(0.05))};
    theta.own.resize(1);
    theta.own[0].set(2, 1);
    theta.own[0].set_pair({2, 3}, 1);
    double favoured = 0, others = 0;
    PathObserver observer;
    observer.on_event = [&](const Event& event, std::size_t) {
      const std::string name = formula;
      const bool pair = std::min(event.sender, event.receiver) == 2 && std::max(event.sender, event.receiver) == 3;
      const bool is = name == "by_actor(1)" ? event.sender == 2 : name == "by_pair(1)" ? pair : event.receiver == 2;
      (is ? favoured : others) += 1;
    };
    EXPECT_TRUE(run_path(start, theta, {3, 1}, 4000, observer));
    const double groups = std::string(formula) == "by_pair(1)" ? 15 : 6;
    const double expected = (favoured + others) * std::exp(1) / (std::exp(1) + groups - 1);
    EXPECT_NEAR(favoured, expected, 4 * std::sqrt(expected)) << formula;
  }
}

// A slope multiplies what the actor remembers; checked on rates, for both kinds of hazard.
TEST(random_terms, own_slopes_and_ties_are_those_of_the_exponent) {
  Record record = test::small_record(5, 40, 20, 2);
  test::add_tie(record, 1, 3, 0);
  ModelSpec spec{.traces = {{.name = "blame", .events = {"blame"}, .fade = Fade::half_life, .span = 20}},
                 .hazards = {test::end_hazard("rupture", "rupture", "by_actor(1 + inertia(blame)) + by_pair(1)")}};
  const Model model = bind_model(simulated(spec), record);
  Memory memory = PathStart(record, model, 20 - 1e-9).memory();
  std::vector<double> x;
  const Hazard& hazard = model.hazards.front();
  const Eigen::VectorXd theta = Eigen::VectorXd::Constant(1, -4);
  EXPECT_NEAR(std::log(end_rate(hazard, memory, 0, theta, x)), -4, 1e-12);
  std::vector<OwnValues> own(3);
  own[0].set(1, 0.5);
  own[0].set(3, 0.25);
  own[0].set(0, 9);  // of neither
  own[1].set(3, 0.1);
  own[2].set_pair({3, 1}, 0.75);
  memory.set_own_values(own);
  const double inertia = hazard.random.front().slopes.front().value_of_tie(memory, 0);
  ASSERT_GT(inertia, 0);
  EXPECT_NEAR(std::log(end_rate(hazard, memory, 0, theta, x)), -4 + 0.75 + 0.1 * inertia + 0.75, 1e-12);
}

// The sums that paths are drawn from, which factorise, against every dyad's own exponent.
TEST(random_terms, sums_over_the_risk_set_are_those_of_each_dyad) {
  const Record record = test::small_record(7, 60, 20, 3);
  for (const bool directed : {true, false})
    for (const std::string own : {"by_actor(1 + inertia(blame))", "by_pair(1 + inertia(blame))"}) {
      ModelSpec spec{.directed = directed,
                     .traces = {{.name = "blame", .events = {"blame"}, .fade = Fade::half_life, .span = 20}},
                     .hazards = {test::tie_hazard("acts", "all", "reciprocity(blame) + " + own)}};
      const Model model = bind_model(simulated(spec), record);
      Memory memory = PathStart(record, model, 20 - 1e-9).memory();
      std::vector<OwnValues> values(2);
      for (ActorId i = 0; i < 7; ++i)
        for (std::uint32_t slot = 0; slot < 2; ++slot) {
          values[slot].set(i, gauss(4, i, slot));
          for (ActorId j = i + 1; j < 7; ++j) values[slot].set_pair({i, j}, gauss(5 + i, j, slot));
        }
      memory.set_own_values(values);
      const Hazard& hazard = model.hazards.front();
      const Hazard with_own = with_own_effects(hazard);
      const auto sums = make_risk_sums(with_own, memory, Evaluation::automatic, Keep::rate);
      sums->refresh(memory, std::vector<double>{0.3, 1, 1});
      double total = 0;
      for (ActorId i = 0; i < 7; ++i)
        for (ActorId j = directed ? 0 : i + 1; j < 7; ++j) {
          if (i == j) continue;
          const Link link = memory.link({i, j});
          const double inertia = hazard.value(hazard.random.front().slopes.front(), memory, link);
          const Membership member = members(hazard.random.front().grouping, link);
          double exponent = 0.3 * hazard.value(hazard.terms.front(), memory, link);
          for (std::size_t m = 0; m < member.count; ++m) {
            const Group& g = member.group[m];
            const bool pair = g.b != no_id;
            const auto of = [&](std::size_t slot) {
              return pair ? values[slot].of_pair({g.a, g.b}) : values[slot].of(g.a);
            };
            exponent += of(0) + of(1) * inertia;
          }
          total += std::exp(exponent);
        }
      EXPECT_NEAR(sums->total_rate(), total, 1e-9 * total) << own << (directed ? "" : " undirected");
      EXPECT_EQ(with_own.factors(), own.starts_with("by_actor"));
    }
}

struct Found {
  double sum = 0, squares = 0, covered = 0, count = 0;
  void add(double estimate, double truth, double error) {
    sum += estimate;
    squares += (estimate - truth) * (estimate - truth);
    covered += std::abs(estimate - truth) <= 1.96 * error ? 1 : 0;
    count += 1;
  }
};

// Senders with levels of spread 0.8 and slopes of spread 0.5, from many short records; fitted as waiting times and as an order.
void recover_events(Timing timing) {
  constexpr std::size_t actors = 16;
  const std::string slope = "receive(size)";
  const std::string formula = slope + " + by_actor(1 + " + slope + ")";
  Found level, spread, slope_spread, own, own_slope;
  for (std::uint32_t replicate = 0; replicate < 8; ++replicate) {
    Record record = empty_record(actors);
    record.attributes = {{.name = "size", .levels = {}, .values = {}}};
    for (ActorId i = 0; i < actors; ++i) record.attributes[0].values.push_back({i, always, gauss(90, i, 2)});
    const Record known = record;
    const Model model = bind_model(simulated(spec_of({acts(formula)})), known);
    const PathStart start(known, model, begin);
    Coefficients theta{Eigen::Vector2d(-4.8, 0.7)};
    theta.own.resize(2);
    for (ActorId i = 0; i < actors; ++i) {
      theta.own[0].set(i, 0.8 * gauss(5 + replicate, i, 0));
      theta.own[1].set(i, 0.5 * gauss(5 + replicate, i, 1));
    }
    PathObserver observer;
    observer.on_event = [&](const Event& event, std::size_t) { record.events.push_back(event); };
    ASSERT_TRUE(run_path(start, theta, {7, replicate}, 220, observer));
    ASSERT_GT(record.events.size(), 200U);
    const Model again = bind_model(simulated(spec_of({acts(formula, timing)})), record);
    const HazardFit found = fit(record, again, {.first = 2}).hazards.front();
    ASSERT_EQ(found.newton.status, FitStatus::converged) << found.newton.message;
    const auto last = found.newton.estimate.size() - 1;
    level.add(found.newton.estimate(last), 0.7, found.standard_error(static_cast<std::size_t>(last)));
    const RandomEffects& effects = found.random.front();
    spread.add(std::sqrt(effects.covariance(0, 0)), 0.8, 0);
    slope_spread.add(std::sqrt(effects.covariance(1, 1)), 0.5, 0);
    // The means of what was drawn go into the coefficients of all.
    double mean = 0, slope_mean = 0;
    for (ActorId i = 0; i < actors; ++i) {
      mean += theta.own[0].of(i) / actors;
      slope_mean += theta.own[1].of(i) / actors;
    }
    for (std::size_t g = 0; g < effects.groups.size(); ++g) {
      const auto k = static_cast<Eigen::Index>(g);
      const ActorId actor = effects.groups[g].a;
      own.add(effects.estimate(k, 0), theta.own[0].of(actor) - mean, std::sqrt(effects.conditional[g](0, 0)));
      own_slope.add(effects.estimate(k, 1), theta.own[1].of(actor) - slope_mean,
                    std::sqrt(effects.conditional[g](1, 1)));
    }
  }
  EXPECT_NEAR(level.sum / level.count, 0.7, 0.15);
  EXPECT_GE(level.covered, 6);
  EXPECT_NEAR(spread.sum / spread.count, 0.8, 0.12);
  EXPECT_NEAR(slope_spread.sum / slope_spread.count, 0.5, 0.12);
  EXPECT_GE(own.covered / own.count, 0.90);
  EXPECT_LE(own.covered / own.count, 0.995);
  EXPECT_LT(std::sqrt(own.squares / own.count), 0.35);
  EXPECT_GE(own_slope.covered / own_slope.count, 0.88);
  EXPECT_LE(own_slope.covered / own_slope.count, 0.995);
}

TEST(random_terms, waiting_times_give_back_levels_and_slopes) { recover_events(Timing::exact); }
TEST(random_terms, an_order_gives_back_levels_and_slopes) { recover_events(Timing::ordinal); }

// Ties among actors who let go more or less easily: both partners' coefficients add up.
TEST(random_terms, ends_give_back_the_levels_of_partners) {
  constexpr std::size_t actors = 24;
  const ModelSpec spec = spec_of({{.name = "rupture", .kind = HazardKind::end, .formula = {"by_actor(1)"}}});
  Found level, spread, own;
  for (std::uint32_t replicate = 0; replicate < 12; ++replicate) {
    Record record = empty_record(actors);
    for (ActorId a = 0; a < actors; ++a)
      for (ActorId b = a + 1; b < actors; ++b) test::add_tie(record, a, b, 0);
    const Record known = record;
    const Model model = bind_model(simulated(spec), known);
    const PathStart start(known, model, begin);
    Coefficients theta{Eigen::VectorXd::Constant(1, -4.5)};
    theta.own.resize(1);
    double mean = 0;
    for (ActorId i = 0; i < actors; ++i) {
      theta.own[0].set(i, 0.6 * gauss(50 + replicate, i, 0));
      mean += theta.own[0].of(i) / actors;
    }
    PathObserver observer;
    observer.on_end = [&](std::size_t tick, std::size_t index, std::size_t) {
      Tie& tie = record.ties[start.ties()[index]];
      tie.end = start.first_tick() + static_cast<double>(tick);
      tie.ending = "rupture";
    };
    ASSERT_TRUE(run_path(start, theta, {9, replicate}, 60, observer));
    const HazardFit found = fit(record, bind_model(simulated(spec), record), {.until = 61 - 1e-9}).hazards.front();
    ASSERT_EQ(found.newton.status, FitStatus::converged) << found.newton.message;
    level.add(found.newton.estimate(0), -4.5 + 2 * mean, found.standard_error(0));
    const RandomEffects& effects = found.random.front();
    spread.add(std::sqrt(effects.covariance(0, 0)), 0.6, 0);
    for (std::size_t g = 0; g < effects.groups.size(); ++g)
      own.add(effects.estimate(static_cast<Eigen::Index>(g), 0), theta.own[0].of(effects.groups[g].a) - mean,
              std::sqrt(effects.conditional[g](0, 0)));
  }
  EXPECT_NEAR(level.sum / level.count, -4.5, 0.25);
  EXPECT_NEAR(spread.sum / spread.count, 0.6, 0.1);
  EXPECT_GE(own.covered / own.count, 0.91);
  EXPECT_LE(own.covered / own.count, 0.995);
}

// Draws are of all coefficients jointly: their mean and spread are those of the posterior.
TEST(random_terms, draws_have_the_mean_and_covariance_of_the_posterior) {
  Record record = empty_record(8);
  const ModelSpec spec = spec_of({acts("by_actor(1)")});
  const Record known = record;
  const Model model = bind_model(simulated(spec), known);
  const PathStart start(known, model, begin);
  Coefficients theta{Eigen::VectorXd::Constant(1, -4)};
  theta.own.resize(1);
  for (ActorId i = 0; i < 8; ++i) theta.own[0].set(i, gauss(3, i, 0));
  PathObserver observer;
  observer.on_event = [&](const Event& event, std::size_t) { record.events.push_back(event); };
  ASSERT_TRUE(run_path(start, theta, {7, 1}, 150, observer));
  const Fit found = fit(record, bind_model(simulated(spec), record), {.first = 2});
  const RandomEffects& effects = found.hazards.front().random.front();
  ASSERT_GT(effects.covariance(0, 0), 0);
  EXPECT_EQ(estimated_coefficients(found).own[0].of(3), effects.estimate(3, 0));
  constexpr int draws = 4000;
  double mean = 0, square = 0, product = 0;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    const Coefficients drawn = draw_coefficients(found, 5, draw);
    const double b = drawn.own[0].of(3) - effects.estimate(3, 0);
    mean += b / draws;
    square += b * b / draws;
    product += b * (drawn[0](0) - found.hazards.front().newton.estimate(0)) / draws;
  }
  const double variance = effects.conditional[3](0, 0);
  EXPECT_NEAR(mean, 0, 1e-9);  // antithetic
  EXPECT_NEAR(square, variance, 0.1 * variance);
  EXPECT_NEAR(product, effects.with_fixed(3, 0), 0.15 * std::abs(effects.with_fixed(3, 0)) + 0.02 * variance);
}

}  // namespace detente::random_terms_test
